"""Posts from WARC files that others wrote, and from our own when something in them is wrong."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.config import Config
from crawler.core.model import Status
from crawler.posts import read_post
from crawler.work.extract import extracted
from tests.site.repeating import BACKGROUND, LEGAL, LETTER, MORE, PAGES, QUOTE, READ_MORE, SERIES, repeating

# warcio leaves its buffer to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in.*SpooledTemporaryFile")

AT = datetime(2026, 11, 3, tzinfo=UTC)
URL = "https://news.example.org/2024/harbour.html"
TEXT = "The harbour was dredged in the spring, and the ferries now leave on time even at the lowest tide of the year."


def article(title: str, *paragraphs: str) -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs or (TEXT, TEXT.upper(), TEXT[::-1]))
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


@pytest.fixture
def foreign(tmp_path):
    """Writes a WARC with warcio, which is not ours: a response a page, a day apart."""

    def write(name: str, *pages: tuple[str, bytes]):
        path = tmp_path / name
        with path.open("wb") as file:
            writer = WARCWriter(file, gzip=True)
            for days, (url, html) in enumerate(pages):
                headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
                date = f"{AT - timedelta(days=30 - days):%Y-%m-%dT%H:%M:%SZ}"
                writer.write_record(
                    writer.create_warc_record(
                        url,
                        "response",
                        payload=io.BytesIO(html),
                        http_headers=headers,
                        warc_headers_dict={"WARC-Date": date},
                    )
                )
        return path

    return write


def test_a_foreign_page_becomes_a_post_dated_by_its_warc_date(foreign, tmp_path):
    warc = foreign("a.warc.gz", (URL, article("The Harbour Was Dredged")))
    (one,) = extracted([warc], Config(output=tmp_path), AT)
    assert one.outcome.status is Status.ARCHIVED
    assert one.outcome.post == "_posts/2026-10-04-The Harbour Was Dredged.md"
    post = read_post(tmp_path / one.outcome.post)
    assert post.get("title") == "The Harbour Was Dredged"
    assert post.get("from") == URL
    assert post.get("archived_at") == "2026-10-04T00:00:00.000Z"
    assert TEXT in post.body


def test_a_second_time_nothing_is_written_and_a_post_that_is_gone_comes_back(foreign, tmp_path):
    warc = foreign("a.warc.gz", (URL, article("The Harbour Was Dredged")))
    (first,) = extracted([warc], Config(output=tmp_path), AT)
    path = tmp_path / str(first.outcome.post)
    data = path.read_bytes()
    path.unlink()
    (again,) = extracted([warc], Config(output=tmp_path), AT)
    assert again.outcome.status is Status.ARCHIVED
    assert path.read_bytes() == data


def test_without_write_nothing_is_written(foreign, tmp_path):
    warc = foreign("a.warc.gz", (URL, article("The Harbour Was Dredged")))
    (one,) = extracted([warc], Config(output=tmp_path), AT, write=False)
    assert one.post
    assert not (tmp_path / "_posts").exists()


def test_two_pages_of_one_title_get_two_names(foreign, tmp_path):
    pages = [
        (f"{URL}?page={number}", article("The Harbour", TEXT, f"{TEXT} {number}", TEXT[::-1])) for number in (1, 1)
    ]
    warc = foreign("a.warc.gz", pages[0], (URL, pages[1][1]))
    names = [one.outcome.post for one in extracted([warc], Config(output=tmp_path), AT)]
    assert len(set(names)) == 2


def test_what_is_no_article_or_no_page_is_told_and_the_rest_goes_on(foreign, tmp_path):
    warc = foreign(
        "a.warc.gz", (URL + "?1", b"<p>hi"), ("urn:x:y", article("No address")), (URL, article("Harbour News"))
    )
    outcomes = [one.outcome for one in extracted([warc], Config(output=tmp_path), AT)]
    assert [outcome.status for outcome in outcomes] == [Status.NO_ARTICLE, Status.FAILED, Status.ARCHIVED]


def test_a_torn_file_gives_what_is_whole_and_names_the_place(foreign, tmp_path):
    pages = [(f"{URL}?page={number}", article(f"Harbour News {number}")) for number in range(3)]
    warc = foreign("a.warc.gz", *pages)
    warc.write_bytes(warc.read_bytes()[:-40])
    outcomes = [one.outcome for one in extracted([warc], Config(output=tmp_path), AT)]
    assert [outcome.status for outcome in outcomes if outcome.post] == [Status.ARCHIVED] * 2
    (failed,) = [outcome for outcome in outcomes if outcome.status is Status.FAILED]
    assert failed.url.startswith("a.warc.gz:")


def test_a_robots_txt_that_is_a_page_makes_no_post(foreign, tmp_path):
    warc = foreign("a.warc.gz", ("https://news.example.org/robots.txt", article("Welcome to Our Site")))
    (one,) = extracted([warc], Config(output=tmp_path), AT)
    assert one.outcome.status is Status.NO_ARTICLE
    assert not (tmp_path / "_posts").exists()


@pytest.mark.parametrize("other", ["The harbour, the tide", "THE HARBOUR: THE TIDE"])
def test_names_that_a_disk_or_a_publisher_would_take_for_one_are_two(foreign, tmp_path, other):
    warc = foreign("a.warc.gz", (URL, article("The Harbour the Tide")), (URL + "?2", article(other)))
    warc_too = foreign("b.warc.gz", (URL + "?3", article(other)))
    posts = [one.outcome.post for one in extracted([warc, warc_too], Config(output=tmp_path), AT)]
    slugs = {re.sub(r"\W+", "-", str(post).casefold()) for post in posts}
    assert len(slugs) == 3


COURIER = [("https://courier.example.net" + page.path, page.html.encode()) for page in map(repeating, range(PAGES))]


def bodies(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in (folder / "_posts").iterdir()}


def test_what_a_site_says_on_every_page_is_learned_first_and_is_in_no_post(foreign, tmp_path):
    warc = foreign("a.warc.gz", *COURIER, (URL, article("Another Site", TEXT, LEGAL, TEXT[::-1], TEXT.upper())))
    outcomes = [one.outcome.status for one in extracted([warc], Config(output=tmp_path), AT)]
    assert outcomes == [Status.ARCHIVED] * (PAGES + 1)
    posts = bodies(tmp_path)
    other = posts.pop("2026-10-29-Another Site.md")
    assert LEGAL in other
    for text in (LEGAL, LETTER, MORE, READ_MORE):
        assert not [name for name, post in posts.items() if text in post]
    whole = "".join(posts.values())
    for text in (SERIES, QUOTE, BACKGROUND):
        assert whole.count(text) == sum(text in repeating(number).true for number in range(PAGES))


def test_a_page_is_read_the_same_whichever_files_it_is_extracted_with(foreign, tmp_path):
    one = foreign("a.warc.gz", *COURIER[:9])
    two = foreign("b.warc.gz", *COURIER[9:])
    list(extracted([one], Config(output=tmp_path / "1"), AT))
    before = bodies(tmp_path / "1")
    assert {each.outcome.status for each in extracted([one, two], Config(output=tmp_path / "1"), AT)} == {
        Status.UNCHANGED,
        Status.ARCHIVED,
    }
    after = bodies(tmp_path / "1")
    assert len(after) == PAGES
    assert {name: after[name] for name in before} == before
