"""An answer that repeats an earlier one: what is kept of it, and what every reader makes of that."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawler.core.model import Ending, Page
from crawler.core.visit import Earlier
from crawler.warc import read_pages
from crawler.warc.check import check
from crawler.warc.digest import sha256
from crawler.warc.exchange import repeats
from tests.warc.samples import AT, by_fastwarc, by_warcio, exchange, member, run, store

URL = "http://news.example.org/a"
HTML = b"Content-Type: text/html\r\n"
PAGE = b"<html><body><p>This page is as it was.</p></body></html>"
WHOLE = b"HTTP/1.1 200 OK\r\n" + HTML + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE
CHUNKED = (
    b"HTTP/1.1 200 OK\r\n"
    + HTML
    + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(PAGE)
    + PAGE
    + b"\r\n0\r\nT: 1\r\n\r\n"
)
ZIPPED = b"HTTP/1.1 200 OK\r\n" + HTML + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE, mtime=0)
UNMODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nContent-Length: 56\r\n\r\n'
EARLIER = Earlier(URL, "urn:uuid:00000000-0000-4000-8000-00000000000a", AT, sha256(PAGE), '"1"')


def later(**changes):
    day = AT + timedelta(days=1)
    return exchange(**{"url": URL, "started": day, "ended": day} | changes)


def twice(folder, first, again, *, etag=None, **changes):
    """The captures of a page and of its repetition, and their file."""
    with store(folder) as target:
        original = target.append(exchange(url=URL, response=first))
        earlier = Earlier(URL, original.record_id, original.date, original.payload_digest, etag)
        captures = [original, target.append(later(response=again, **changes), earlier)]
    (path,) = folder.glob("*.warc.gz")
    return captures, path


def types(path):
    return [kind for kind, _, _ in by_warcio(path.read_bytes())]


def test_the_records_of_both_kinds_are_these_bytes(tmp_path):
    with store(tmp_path) as target:
        captures = [target.append(later(response=block), EARLIER) for block in (UNMODIFIED, WHOLE)]
    (path,) = tmp_path.glob("*.warc.gz")
    records = b"".join(member(path, capture.offset, capture.length) for capture in captures)
    assert records.decode() == (Path(__file__).parent / "golden_revisit.warc").read_bytes().decode()
    assert [(capture.status, capture.payload_digest) for capture in captures] == [(304, None), (200, sha256(PAGE))]


@pytest.mark.parametrize("again", [WHOLE, CHUNKED], ids=["whole", "chunked"])
@pytest.mark.parametrize("first", [WHOLE, CHUNKED], ids=["whole", "chunked"])
def test_the_same_payload_in_another_framing_is_the_same(tmp_path, first, again):
    (original, repeated), path = twice(tmp_path, first, again)
    assert types(path) == ["warcinfo", "request", "response", "request", "revisit"]
    (*_, (_, _, block)) = by_warcio(path.read_bytes())
    assert block == again[: again.index(b"\r\n\r\n") + 4]
    pages = [found for found in read_pages([path]) if isinstance(found, Page)]
    assert {page.capture.record_id: page.body for page in pages} == {original.record_id: PAGE, repeated.record_id: PAGE}


def test_a_compressed_payload_is_read_back_undone(tmp_path):
    (_, repeated), path = twice(tmp_path, ZIPPED, ZIPPED)
    assert types(path)[-1] == "revisit"
    bodies = {page.capture.record_id: page.body for page in read_pages([path]) if isinstance(page, Page)}
    assert bodies[repeated.record_id] == PAGE


def test_another_compression_of_the_same_page_is_kept_whole(tmp_path):
    _, path = twice(tmp_path, ZIPPED, ZIPPED.replace(gzip.compress(PAGE, mtime=0), gzip.compress(PAGE, 1, mtime=9)))
    assert types(path)[-1] == "response"


@pytest.mark.parametrize(
    ("again", "changes"),
    [
        (WHOLE, {"ending": Ending.DISCONNECT}),
        (WHOLE, {"ending": Ending.TIME}),
        (WHOLE, {"ending": Ending.LENGTH}),
        (WHOLE, {"ending": Ending.FAILED}),
        (UNMODIFIED, {"ending": Ending.DISCONNECT}),
        (WHOLE[: -len(PAGE)], {"request": b"HEAD /a HTTP/1.1\r\n\r\n"}),
        (UNMODIFIED, {"request": b"HEAD /a HTTP/1.1\r\n\r\n"}),
        (WHOLE, {"url": URL + "?page=2"}),
        (UNMODIFIED, {"url": URL + "?page=2"}),
        (WHOLE.replace(b"200 OK", b"203 Changed on the way"), {}),
        (WHOLE.replace(b"200 OK", b"404 Not Found"), {}),
        (WHOLE.replace(b"as it was", b"as it is!"), {}),
        (b"HTTP/1.1 204 No Content\r\n\r\n", {}),
        (b"no HTTP at all", {}),
        (b"HTTP/1.1 30", {}),
    ],
)  # fmt: skip
def test_what_is_cut_or_asked_for_otherwise_or_no_repetition_is_kept_whole(tmp_path, again, changes):
    _, path = twice(tmp_path, WHOLE, again, etag='"1"', **changes)
    kind, _, block = list(by_warcio(path.read_bytes()))[-1]
    assert (kind, block) == ("response", again)


def test_what_never_came_is_no_repetition(tmp_path):
    _, path = twice(tmp_path, WHOLE, b"", ending=Ending.FAILED, reason="refused")
    assert types(path)[-1] == "metadata"


def test_not_modified_counts_only_where_there_was_something_to_ask_by():
    for validators, is_repeated in (({"etag": '"1"'}, True), ({"modified": "yesterday"}, True), ({}, False)):
        earlier = replace(EARLIER, **{"etag": None, "modified": None} | validators)
        assert repeats(earlier, URL, 304, None) is is_repeated
    assert repeats(replace(EARLIER, etag=None), URL, 200, EARLIER.payload_digest)


def test_two_answers_without_a_payload_digest_are_not_the_same():
    assert not repeats(replace(EARLIER, payload_digest=None), URL, 200, None)


def test_no_text_of_the_state_file_breaks_out_of_its_line(tmp_path):
    bad = Earlier(URL, "urn:x>\r\nWARC-Type: response\r\n\r\nevil \ud800", AT, sha256(PAGE))
    with store(tmp_path) as target:
        target.append(later(response=WHOLE), bad)
    (path,) = tmp_path.glob("*.warc.gz")
    assert types(path) == ["warcinfo", "request", "revisit"]


@pytest.mark.parametrize("again", [WHOLE, CHUNKED, ZIPPED, UNMODIFIED], ids=["whole", "chunked", "gzip", "304"])
def test_every_reader_finds_a_sound_revisit(tmp_path, again):
    first = ZIPPED if again is ZIPPED else WHOLE
    (original, repeated), path = twice(tmp_path, first, again, etag='"1"')
    data = path.read_bytes()
    assert list(by_fastwarc(data)) == list(by_warcio(data))
    with path.open("rb") as file:
        *_, last = [(record.rec_type, record.rec_headers, record.http_headers) for record in ArchiveIterator(file)]
    kind, fields, http = last
    assert (kind, http.get_statuscode()) == ("revisit", str(repeated.status))
    assert fields.get_header("WARC-Refers-To") == f"<{original.record_id}>"
    assert fields.get_header("WARC-Refers-To-Target-URI") == URL
    assert fields.get_header("WARC-Refers-To-Date") == "2026-11-12T01:02:03.000040Z"
    assert list(check(path)) == []
    assert run("fastwarc", "check", str(path)).returncode == 0
    checker = Checker(type("Arguments", (), {"inputs": [str(path)], "verbose": False})())
    checker.process_all()
    assert checker.exit_value == 0


def test_the_same_repetition_gives_the_same_bytes(tmp_path):
    files = [twice(tmp_path / name, WHOLE, WHOLE)[1].read_bytes() for name in ("one", "two")]
    assert files[0] == files[1]


def test_a_repetition_costs_a_head_and_no_body(tmp_path):
    large = WHOLE[: -len(PAGE)].replace(b"56", b"500000") + bytes(500_000)
    (_, repeated), path = twice(tmp_path, large, large)
    assert repeated.length < 700
    assert path.stat().st_size < 10_000
