"""Names of new posts where several processes give them out, and after a crash."""

from datetime import UTC, datetime

import pytest

from crawler.core.errors import PostError
from crawler.core.model import Post, Reading, Seed
from crawler.posts import render
from crawler.work.shelf import Shelf, sha256
from tests.warc.samples import exchange, store

AT = datetime(2026, 11, 3, tzinfo=UTC)
NAME = "2026-11-03-The Harbour.md"


class Book:
    """What the ledger keeps of names: the promise of `Names`, in memory."""

    def __init__(self):
        self.rows = []

    def reserve(self, folded, key, path):
        found = next((row for row in self.rows if row[0] == folded), None)
        if found is None:
            self.rows.append((folded, key, path))
        return found is None or found[1:] == (key, path)

    def given_to(self, key):
        return next((path for _, owner, path in reversed(self.rows) if owner == key), None)

    def written(self, path):
        return None


@pytest.fixture
def shelf(tmp_path):
    def opened(names=None):
        (tmp_path / "_posts").mkdir(exist_ok=True)
        return Shelf(tmp_path / "_posts", tmp_path, list, names)

    return opened


def test_a_name_is_reserved_under_the_path_that_outcomes_have(shelf):
    book = Book()
    assert shelf(book).reserved("k", "The Harbour", AT) == NAME
    assert [(key, path) for _, key, path in book.rows] == [("k", f"_posts/{NAME}")]


def test_two_processes_never_give_one_name_to_two_urls_in_any_spelling(shelf):
    book = Book()
    names = [
        shelf(book).reserved(f"k{n}", title, AT)
        for n, title in enumerate(("The Harbour", "The harbour", "THE: HARBOUR"))
    ]
    assert len({name.casefold() for name in names}) == 3
    assert names[0] == NAME


def test_after_a_crash_before_the_writing_the_name_is_the_same_whatever_the_title_is_now(shelf):
    book = Book()
    first = shelf(book).reserved("k", "The Harbour", AT)
    assert shelf(book).reserved("k", "Another Title", AT) == first
    again = shelf(book)
    assert again.reserved("k", "Another Title", AT) == again.reserved("k", "A Third", AT) == first


def test_once_it_is_written_a_further_post_of_the_url_gets_another(shelf, tmp_path):
    book = Book()
    first = shelf(book).reserved("k", "The Harbour", AT)
    (tmp_path / "_posts" / first).write_text("---\nfrom: a\n---\n", encoding="utf-8")
    second = shelf(book).reserved("k", "The Harbour", AT)
    assert second != first
    assert shelf(book).reserved("k", "The Harbour", AT) == second


def test_a_file_that_another_process_wrote_meanwhile_is_seen(shelf, tmp_path):
    one = shelf()
    assert one.versions("k") == ()
    (tmp_path / "_posts" / NAME).write_text("theirs", encoding="utf-8")
    assert one.reserved("k", "The Harbour", AT) != NAME


def test_a_post_that_another_process_wrote_before_it_was_killed_is_the_urls_post(tmp_path):
    book = Book()
    posts, archive = tmp_path / "_posts", tmp_path / "archive"
    one, two = (Shelf(posts, tmp_path, lambda: sorted(archive.glob("*.warc.gz")), book) for _ in range(2))
    assert two.versions("k") == ()
    name = one.reserved("k", "The Harbour", AT)
    post = Post(path=name, fields=(("from", "k"),), body="")
    with store(archive) as target:
        capture = target.append(exchange())
        digest = sha256(render(post))
        seed = Seed(url=capture.url, key="k")
        reading = Reading(seed, capture.url, capture.record_id, AT, (), (), post=name, post_sha256=digest)
        target.append_reading(reading, None, AT)
    one.put(post, "k")
    two.look("k")
    assert two.versions("k") == (posts / name,)
    assert two.untouched("k") == posts / name
    assert two.versions("another") == ()


def test_a_reserved_path_leads_nowhere_but_into_the_folder(shelf):
    book = Book()
    book.rows.append(("f", "k", "../../etc/passwd"))
    assert shelf(book).reserved("k", "The Harbour", AT) == "passwd"


def test_where_every_name_is_anothers_that_is_an_error(shelf):
    class Full(Book):
        def reserve(self, *_):
            return False

    with pytest.raises(PostError, match="taken"):
        shelf(Full()).reserved("k", "The Harbour", AT)
