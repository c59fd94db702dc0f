"""WARC files from strangers claim things about pages and posts; none of it touches what is ours."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.config import Config
from crawler.core.model import Ending, Exchange, Reading, Seed, Status
from crawler.posts import read_post
from crawler.work.extract import extracted
from crawler.work.shelf import sha256
from tests.warc.samples import AT, closed, ids, store
from tests.work.test_extract import article

URL = "https://news.example.org/2024/harbour.html"


def page(url: str, title: str) -> Exchange:
    body = article(title)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return Exchange(
        url=url, started=AT, ended=AT, ending=Ending.COMPLETE, request=b"GET / HTTP/1.1\r\n\r\n", response=head + body
    )


def reading(**changes) -> Reading:
    values = {
        "seed": Seed(url=URL, key=URL),
        "page_url": URL,
        "page_record_id": "urn:uuid:none",
        "fetched": AT,
        "settings": (),
        "versions": (("permapress", "0.1.0"),),
        "post": "2026-11-12-Harbour.md",
        "post_sha256": "0" * 64,
    }
    return Reading(**values | changes)


def evil(folder, title="Buy Now", url="https://evil.example/buy", **claims):
    """A foreign WARC: a page, and a reading record that claims something of it."""
    with store(folder, pid=666) as target:
        capture = target.append(page(url, title))
        target.append_reading(reading(**{"page_record_id": capture.record_id} | claims), None, AT + timedelta(days=1))
    (path,) = folder.glob("*.warc.gz")
    return path


def outcomes(warcs, output):
    return [one.outcome for one in extracted(warcs, Config(output=output), datetime(2026, 12, 1, tzinfo=UTC))]


def test_a_claimed_digest_overwrites_no_post(tmp_path):
    mine = tmp_path / "out/_posts/2026-11-12-Harbour.md"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(f'---\ntitle: "Mine"\nfrom: {URL}\n---\nMy own words.\n'.encode())
    words = mine.read_bytes()
    (told,) = outcomes([evil(tmp_path / "evil", post_sha256=sha256(words))], tmp_path / "out")
    assert mine.read_bytes() == words
    assert told.status is Status.ARCHIVED
    assert told.post != "_posts/2026-11-12-Harbour.md"


def test_a_record_speaks_for_no_page_in_another_file(tmp_path):
    (capture,), ours = closed(tmp_path / "ours", page(URL, "The Harbour"))
    with store(tmp_path / "evil", pid=666, new_id=ids()) as target:
        target.append(page("https://evil.example/", "Evil"))
        stolen = reading(
            page_record_id=capture.record_id, seed=Seed("http://evil.example/buy", "http://evil.example/buy")
        )
        target.append_reading(stolen, None, AT + timedelta(days=9))
    (claim,) = (tmp_path / "evil").glob("*.warc.gz")
    outcomes([ours, claim], tmp_path / "out")
    posts = [read_post(path) for path in (tmp_path / "out/_posts").iterdir()]
    assert URL in [post.get("from") for post in posts]
    assert "http://evil.example/buy" not in [post.get("from") for post in posts if "Harbour" in str(post.get("title"))]


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00:00+23:59", "2026-01-01T00:00:00", "yesterday", "9999-12-31T23:59:59-23:59"]
)
def test_a_time_that_is_none_is_one_pages_failure(tmp_path, time):
    warc = evil(tmp_path / "evil", settings=(("modified", time),))
    (told,) = outcomes([warc], tmp_path / "out")
    assert told.status is Status.FAILED
    assert "not in UTC" in told.reason or "isoformat" in told.reason


def test_a_page_that_was_read_once_and_no_more_is_a_failure(tmp_path):
    with store(tmp_path / "w", pid=3) as target:
        body = b"<p>hi"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n"
        capture = target.append(
            Exchange(url=URL, started=AT, ended=AT, ending=Ending.COMPLETE, request=b"", response=head + body)
        )
        target.append_reading(reading(page_record_id=capture.record_id), None, AT)
    (told,) = outcomes(list((tmp_path / "w").glob("*.warc.gz")), tmp_path / "out")
    assert told.status is Status.FAILED


def test_a_foreign_file_read_again_and_again_gives_one_post(tmp_path):
    warc = evil(tmp_path / "foreign", title="The Harbour", url=URL, post=None, post_sha256=None)
    statuses = [outcomes([warc], tmp_path / "out")[0].status for _ in range(3)]
    assert statuses == [Status.ARCHIVED, Status.UNCHANGED, Status.UNCHANGED]
    assert len(list((tmp_path / "out/_posts").iterdir())) == 1


def test_what_is_no_file_in_a_posts_place_is_one_pages_failure(tmp_path):
    (tmp_path / "out/_posts/2026-11-12-Harbour.md").mkdir(parents=True)
    (told,) = outcomes([evil(tmp_path / "evil")], tmp_path / "out")
    assert told.status is Status.FAILED
    assert "no file" in told.reason


def test_a_page_that_a_crawl_died_on_is_no_second_post(tmp_path):
    """Fetched and not read, then fetched again and read: the archive tells of one post."""
    with store(tmp_path / "ours", pid=1) as target:
        target.append(page(URL, "The Harbour"))
    with store(tmp_path / "ours", pid=2) as target:
        capture = target.append(page(URL, "The Harbour"))
        label = Seed(url=URL, key=URL, label="Tower Weekly")
        target.append_reading(reading(page_record_id=capture.record_id, seed=label), None, AT)
    told = outcomes(sorted((tmp_path / "ours").glob("*.warc.gz")), tmp_path / "out")
    assert [outcome.status for outcome in told] == [Status.UNCHANGED, Status.ARCHIVED]
    (post,) = (tmp_path / "out/_posts").iterdir()
    assert read_post(post).get("tags") == ("Tower Weekly",)


def test_what_a_stranger_says_of_an_address_keeps_no_page_of_ours_from_being_read(tmp_path):
    (_,), ours = closed(tmp_path / "ours", page(URL, "The Harbour"))
    claim = evil(tmp_path / "evil", page_url=URL)
    assert outcomes([ours, claim], tmp_path / "out")[0].status is Status.ARCHIVED
