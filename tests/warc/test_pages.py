from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.core.errors import WarcError
from crawler.core.model import Article, Ending, Page, Reading, Seed, Status
from crawler.warc.decode import decoded
from crawler.warc.digest import sha256
from crawler.warc.found import Damage
from crawler.warc.pages import read_pages, read_readings
from crawler.warc.reading import CONTENT_TYPE
from tests.warc.made import packed, warc
from tests.warc.samples import AT, closed, exchange, store

HTML = "<!doctype html><title>渡口</title><p>The ferry left at six.</p>".encode()


def http(body: bytes = HTML, status: str = "200 OK", content_type: str | None = "text/html", head: str = "") -> bytes:
    sent = "" if content_type is None else f"Content-Type: {content_type}\r\n"
    return f"HTTP/1.1 {status}\r\n{sent}{head}\r\n".encode() + body


def pages(folder, *parts: bytes, name: str = "a.warc.gz") -> list[Page | Damage]:
    (folder / name).write_bytes(packed(*parts))
    return list(read_pages([folder / name]))


def response(number: int | str, block: bytes, **fields: str | None) -> bytes:
    return warc(
        number, block, **({"WARC_Type": "response", "Content_Type": "application/http; msgtype=response"} | fields)
    )


def test_our_pages_come_back_as_the_crawl_read_them(tmp_path):
    blocks = [
        http(content_type="text/html; charset=GB2312"),
        http(gzip.compress(HTML), head="Content-Encoding: gzip\r\n"),
        http(b"3\r\n<p>\r\n0\r\n\r\n", head="Transfer-Encoding: chunked\r\n", content_type="application/xhtml+xml"),
        http(content_type=None),
    ]
    captures, path = closed(
        tmp_path, *[exchange(response=block, url=f"http://a.example/{block[-1]}") for block in blocks]
    )
    live = [decoded(block) for block in blocks]
    expected = [
        Page(found.url, each.body, each.content_type, found) for found, each in zip(captures, live, strict=True)
    ]
    assert list(read_pages([path])) == expected


@pytest.mark.parametrize(
    ("block", "is_page"),
    [
        (http(), True),
        (http(status="203 Changed"), True),
        (http(status="206 Partial Content", head="Content-Range: bytes 0-9/99\r\n"), False),
        (http(content_type="Text/HTML;charset=x"), True),
        (http(content_type="text/html, text/html"), True),
        (http(content_type=None), True),
        (http(b"\xef\xbb\xbf \n<p>", content_type=None), True),
        (http(b"", content_type="text/html"), True),
        (http(content_type="text/plain"), True),
        (http(content_type="application/octet-stream"), True),
        (http(b"<?xml version='1.0'?><html/>", content_type="application/xml; charset=utf-8"), True),
        (http("<p>渡口".encode("utf-16"), content_type=None), True),
        (http(b"Words. <p>", content_type="text/plain"), True),
        (http(b"wOFF\0\1<p>", content_type="application/octet-stream"), False),
        (http(b"words", content_type=None), False),
        (http(b"words, 1 < 2", content_type=""), False),
        (http(b"words", content_type="text/plain"), False),
        (http(content_type="text/htmlx"), False),
        (http(content_type="application/json"), False),
        (http(content_type="image/png"), False),
        (http(status="404 Not Found"), False),
        (http(status="201 Created"), True),
        (http(b"", status="204 No Content", content_type=None), False),
        (http(status="300 Choose"), False),
        (b"HTTP/1.1 103 Early\r\n\r\n", False),
        (http(status="301 Moved"), False),
    ],
)
def test_whole_html_that_was_found_is_a_page_and_nothing_else(tmp_path, block, is_page):
    found = pages(tmp_path, response(1, block))
    assert [type(each) for each in found] == ([Page] if is_page else [])


@pytest.mark.parametrize(
    ("fields", "is_page"),
    [
        ({"WARC_Type": "request", "Content_Type": "application/http; msgtype=request"}, False),
        ({"WARC_Type": "metadata"}, False),
        ({"WARC_Type": "conversion"}, False),
        ({"WARC_Type": "resource", "WARC_Target_URI": "urn:view:http://a.example/"}, False),
        ({"WARC_Type": "resource", "Content_Type": "image/png"}, False),
        ({"WARC_Type": "resource", "Content_Type": "text/html; charset=utf-8"}, True),
        ({"WARC_Type": "response", "WARC_Target_URI": "dns:a.example", "Content_Type": "text/dns"}, False),
    ],
)
def test_other_records_are_no_pages_but_for_html_resources(tmp_path, fields, is_page):
    found = pages(tmp_path, warc(1, HTML, **fields))
    assert [type(each) for each in found] == ([Page] if is_page else [])


def test_a_resource_is_cited_with_digests_of_its_own(tmp_path):
    (page,) = pages(tmp_path, warc(1, HTML))
    assert (page.body, page.content_type, page.url) == (HTML, "text/html", "http://a.example/")
    assert page.capture.status is None
    assert page.capture.block_digest == page.capture.payload_digest == sha256(HTML)


def test_a_page_without_digests_gets_those_of_what_was_read(tmp_path):
    block = http(b"3\r\n<p>\r\n0\r\n\r\n", head="Transfer-Encoding: chunked\r\n")
    (page,) = pages(tmp_path, response(1, block))
    assert (page.capture.block_digest, page.capture.payload_digest) == (sha256(block), sha256(b"<p>"))
    assert (page.capture.status, page.capture.date) == (200, datetime(2026, 11, 12, 1, 2, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    ("fields", "block", "reason"),
    [
        ({"WARC_Truncated": "time"}, http(), "not whole: cut off when it was fetched (time)"),
        ({}, http(head="Content-Length: 999\r\n"), "not whole: "),
        ({}, http(gzip.compress(HTML)[:-9], head="Content-Encoding: gzip\r\n"), "not whole: gzip: it breaks off"),
        ({"WARC_Block_Digest": "sha1:AAAA"}, http(), "the block digest is wrong: 'sha1:AAAA'"),
        ({"WARC_Record_ID": None}, http(), "nothing could cite it"),
        ({"WARC_Date": "yesterday"}, http(), "nothing could cite it"),
        ({"WARC_Target_URI": None}, http(), "nothing could cite it"),
        ({}, b"<html>", "no HTTP response head"),
    ],
)
def test_a_page_that_is_not_whole_or_not_provable_is_told_instead(tmp_path, fields, block, reason):
    (damage,) = pages(tmp_path, response("p", block, **fields))
    assert isinstance(damage, Damage)
    assert reason in damage.reason
    assert damage.record_id == (None if "WARC_Record_ID" in fields else "urn:uuid:p")


def test_a_digest_of_an_unknown_kind_is_no_reason_not_to_read(tmp_path):
    (page,) = pages(tmp_path, response(1, http(), WARC_Block_Digest="blake3:AAAA"))
    assert page.capture.block_digest == "blake3:AAAA"


def test_our_truncated_pages_are_told_with_their_reason(tmp_path):
    _, path = closed(
        tmp_path,
        exchange(response=http(), ending=Ending.DISCONNECT),
        exchange(response=http(b"x", content_type="image/png"), ending=Ending.TIME),
    )
    (damage,) = read_pages([path])
    assert damage.reason == "not whole: cut off when it was fetched (disconnect)"


REVISIT = {
    "WARC_Type": "revisit",
    "Content_Type": "application/http; msgtype=response",
    "WARC_Date": "2026-11-13T00:00:00Z",
}
BY_ID = {"WARC_Refers_To": "<urn:uuid:original>"}
BY_PLACE = {"WARC_Refers_To_Target_URI": "http://a.example/", "WARC_Refers_To_Date": "2026-11-12T01:02:03Z"}


@pytest.mark.parametrize("refers", [BY_ID, BY_PLACE])
@pytest.mark.parametrize("head", [b"", http(b""), http(b"", status="304 Not Modified", content_type=None)])
@pytest.mark.parametrize("first", ["original", "revisit"])
def test_a_revisit_is_a_page_with_its_own_evidence_and_the_originals_body(tmp_path, refers, head, first):
    both = [
        response("original", http()),
        warc("again", head, **REVISIT, **refers, WARC_Target_URI="http://a.example/#2"),
    ]
    original, again = pages(tmp_path, *(both if first == "original" else reversed(both)))
    assert original.capture.record_id == "urn:uuid:original"
    assert (again.url, again.body, again.content_type) == ("http://a.example/#2", HTML, "text/html")
    assert (again.capture.record_id, again.capture.status) == ("urn:uuid:again", 200)
    assert again.capture.date == datetime(2026, 11, 13, tzinfo=UTC)
    assert again.capture.payload_digest == sha256(HTML)


def test_a_revisit_finds_its_original_in_another_file(tmp_path):
    (tmp_path / "b.warc.gz").write_bytes(packed(response("original", http())))
    (tmp_path / "a.warc.gz").write_bytes(packed(warc("again", b"", **REVISIT, **BY_ID)))
    found = list(read_pages([tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"]))
    assert [(each.capture.record_id, each.capture.file) for each in found] == [
        ("urn:uuid:original", "b.warc.gz"),
        ("urn:uuid:again", "a.warc.gz"),
    ]


@pytest.mark.parametrize(
    ("original", "fields", "reason"),
    [
        (b"", BY_ID, "the record that holds its payload is not in these files"),
        (response("original", http()), {}, "names no record that holds its payload"),
        (response("original", http(), WARC_Truncated="time"), BY_ID, "its payload is in a damaged record"),
        (
            response("original", http(), WARC_Payload_Digest="sha1:AAA"),
            BY_ID | {"WARC_Payload_Digest": "sha1:BBB"},
            "holds another payload",
        ),
        (response("original", http()), BY_ID | {"WARC_Date": "?"}, "nothing could cite it"),
    ],
)
def test_a_revisit_without_its_page_says_why(tmp_path, original, fields, reason):
    revisit = warc("again", b"", **(REVISIT | fields))
    found = pages(tmp_path, *filter(None, [original]), revisit)
    (damage,) = (each for each in found if isinstance(each, Damage) and each.record_id == "urn:uuid:again")
    assert reason in damage.reason


@pytest.mark.parametrize("head", [http(b"", content_type="image/png"), http(b"", status="404 Not Found")])
def test_a_revisit_of_what_is_no_page_is_none(tmp_path, head):
    assert pages(tmp_path, warc("again", head, **REVISIT, **BY_ID)) == []


def test_damage_in_a_file_is_told_once_though_revisits_make_two_passes(tmp_path):
    found = pages(tmp_path, response("original", http()), b"rubbish", warc("again", b"", **REVISIT, **BY_ID))
    assert [type(each) for each in found] == [Page, Damage, Page]


def reading(**changes) -> Reading:
    seed = Seed(url="http://news.example.org/a", key="http://news.example.org/a", title="渡口")
    values = {
        "seed": seed,
        "page_url": seed.url,
        "page_record_id": "urn:uuid:1",
        "fetched": AT,
        "settings": (),
        "versions": (("permapress", "0.1.0"),),
    }
    return Reading(**(values | changes))


def test_readings_come_back_newest_last(tmp_path):
    first, second, third = (reading(reason=str(number), status=Status.ARCHIVED) for number in range(3))
    with store(tmp_path) as target:
        target.append_reading(second, Article(second.page_url, "t", "<p>", "x"), AT + timedelta(hours=1))
        target.append_reading(third, None, AT + timedelta(hours=2))
    with store(tmp_path, pid=8) as target:
        target.append_reading(first, None, AT)
    assert list(read_readings(sorted(tmp_path.glob("*.gz")))) == [first, second, third]


def test_a_hostile_reading_is_told_and_passed_over(tmp_path):
    path = tmp_path / "a.warc.gz"
    with store(tmp_path / "ours") as target:
        target.append_reading(reading(), None, AT)
    good = next((tmp_path / "ours").glob("*.gz")).read_bytes()
    kind = {"WARC_Type": "metadata", "Content_Type": CONTENT_TYPE}
    path.write_bytes(
        packed(
            warc(1, b"{", **kind),
            warc(2, b"{}", **kind, WARC_Block_Digest="sha256:AAA"),
            warc(3, b"{}", **kind, WARC_Date="?"),
        )
        + good
    )
    *damages, last = read_readings([path])
    assert [each.record_id for each in damages] == ["urn:uuid:1", "urn:uuid:2", "urn:uuid:3"]
    assert "no JSON" in damages[0].reason
    assert "digest" in damages[1].reason
    assert last == reading()


def test_pages_and_readings_of_several_files_come_in_their_order(tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.warc.gz").write_bytes(packed(response(name, http())))
    found = list(read_pages(iter([tmp_path / "b.warc.gz", tmp_path / "a.warc.gz"])))
    assert [each.capture.record_id for each in found] == ["urn:uuid:b", "urn:uuid:a"]
    assert replace(found[0].capture, record_id="", file="") == replace(found[1].capture, record_id="", file="")


ARTICLE = (
    b"<!doctype html><title>Ferry</title><article><h1>Ferry</h1>"
    + b"<p>The lamp was lit, and the ferry left at six.</p>" * 9
)
TYPES = [
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/xml",
    "application/xml",
    "application/octet-stream",
    "",
    None,
]
OTHER_TYPES = ["image/svg+xml", "application/rss+xml", "text/css", "application/json", "multipart/mixed", "x"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("content_type", TYPES + OTHER_TYPES)
def test_whatever_is_read_as_an_article_is_a_page(tmp_path, content_type, encoding):
    from crawler.extraction import extract

    body = ARTICLE.decode().encode(encoding)
    is_article = isinstance(extract(body, "http://a.example/2026/ferry", content_type), Article)
    assert is_article == (content_type in TYPES)
    assert bool(pages(tmp_path, response(1, http(body, content_type=content_type)))) == is_article


ODD_TYPES = [
    "text/html charset=utf-8",
    "text/html\tcharset=utf-8",
    " text/HTML ; charset=utf-8",
    "text/html,text/plain",
    "text/plain charset=utf-8",
    ";charset=utf-8",
    ", text/html",
    "application/xml-dtd",
    "application/xml-external-parsed-entity",
    "text/html/x",
    "text/html+x",
    "text/htmlx",
    "\xa0text/html",
]


@pytest.mark.parametrize("content_type", [*TYPES, *OTHER_TYPES, *ODD_TYPES])
@pytest.mark.parametrize(
    "body",
    [
        ARTICLE,
        b"\0" + ARTICLE,
        ARTICLE[:40] + b"\0" + ARTICLE[40:],
        b"Words\0" + ARTICLE,
        b"\xef\xbb\xbf\0 " + ARTICLE,
        b"\0" * 600 + ARTICLE,
        ARTICLE.decode().encode("utf-16-le"),
        ARTICLE.decode().encode("utf-32"),
    ],
)
def test_the_crawl_and_the_offline_reader_agree_on_what_may_be_an_article(tmp_path, content_type, body):
    from crawler.extraction import extract

    block = http(body, content_type=content_type)
    live = decoded(block)
    is_article = isinstance(extract(live.body, "http://a.example/2026/ferry", live.content_type), Article)
    found = pages(tmp_path, response(1, block))
    assert found or not is_article
    if body == ARTICLE:
        assert bool(found) == is_article


@pytest.mark.parametrize("content_type", ODD_TYPES[:7])
def test_a_type_is_read_whatever_stands_behind_it(tmp_path, content_type):
    assert [type(each) for each in pages(tmp_path, response(1, http(content_type=content_type)))] == [Page]


@pytest.mark.parametrize("content_type", ["text/plain", None])
def test_a_stray_nul_before_the_first_tag_hides_no_page(tmp_path, content_type):
    assert [type(each) for each in pages(tmp_path, response(1, http(b"\0" + HTML, content_type=content_type)))] == [
        Page
    ]


@pytest.mark.parametrize(
    "data", [b"filedesc://old.arc 0.0.0.0 20260101000000 text/plain 76\n", b"\x28\xb5\x2f\xfd zstd"]
)
def test_a_file_of_another_format_is_told_and_the_others_are_read(tmp_path, data):
    with store(tmp_path) as target:
        target.append(exchange(response=http()))
        target.append_reading(reading(), None, AT)
    (ours,) = tmp_path.glob("*.warc.gz")
    (tmp_path / "old.warc.gz.open").write_bytes(data)
    paths = [tmp_path / "old.warc.gz.open", ours]
    damage, page = read_pages(paths)
    assert (damage.file, damage.offset, damage.record_id) == ("old.warc.gz", 0, None)
    assert "which is not read" in damage.reason
    assert isinstance(page, Page)
    assert list(read_readings(paths)) == [damage, reading()]


@pytest.mark.parametrize("read", [read_pages, read_readings])
def test_a_file_that_is_not_there_ends_the_reading(tmp_path, read):
    with pytest.raises(WarcError, match=r"cannot read .*none"):
        list(read([tmp_path / "none.warc.gz"]))
