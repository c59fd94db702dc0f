from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from crawler.warc.decode import decoded
from crawler.warc.unpack import MAX_BODY_BYTES

PAGE = "<!doctype html><p>渡口的灯亮了。The ferry's lamp was lit.</p>".encode() * 40
RAW_DEFLATE = zlib.compress(PAGE)[2:-4]


def response(body: bytes, coding: str = "", head: str = "") -> bytes:
    lines = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gb2312\r\n{head}"
    return (lines + (f"Content-Encoding: {coding}\r\n" if coding else "") + "\r\n").encode() + body


def stored(body: bytes) -> bytes:
    """A gzip member whose deflate block is the body itself."""
    return gzip.compress(body, 0)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("", PAGE),
        ("identity", PAGE),
        ("gzip", gzip.compress(PAGE)),
        ("GZip", gzip.compress(PAGE)),
        ("x-gzip", stored(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", RAW_DEFLATE),
        ("gzip", zlib.compress(PAGE)),
        ("deflate", gzip.compress(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("zstd", zstd.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:500]) + gzip.compress(PAGE[500:])),
        ("zstd", zstd.compress(PAGE[:500]) + zstd.compress(PAGE[500:])),
        ("gzip", gzip.compress(PAGE) + b"\0\0 and a footer"),
        ("zstd", zstd.compress(PAGE) + b"a footer"),
        ("gzip, identity, br", brotli.compress(gzip.compress(PAGE))),
        ("gzip, deflate, gzip", gzip.compress(zlib.compress(gzip.compress(PAGE)))),
    ],
)
def test_every_coding_gives_the_page(coding, body):
    payload = decoded(response(body, coding))
    assert (payload.status, payload.content_type) == (200, "text/html; charset=gb2312")
    assert (payload.body, payload.problem, payload.whole) == (PAGE, "", True)


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "br", "zstd", "utf-8", "none"])
def test_a_page_that_never_had_its_coding_stays_as_it_is(coding):
    payload = decoded(response(PAGE, coding))
    assert (payload.body, payload.whole) == (PAGE, True)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_words_that_never_had_a_coding_with_a_magic_stay_as_they_are(coding):
    assert decoded(response(b"just words", coding)) == decoded(response(b"just words"))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "compress"])
def test_nothing_is_whole_under_any_coding(coding):
    payload = decoded(response(b"", coding))
    assert (payload.body, payload.whole) == (b"", True)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE) + gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", RAW_DEFLATE),
        ("br", brotli.compress(PAGE)),
        ("zstd", zstd.compress(PAGE)),
    ],
)
def test_a_torn_body_is_never_whole_and_comes_as_far_as_it_goes(coding, body):
    expected = decoded(response(body, coding)).body
    torn = (decoded(response(body[:length], coding)) for length in range(max(4, len(body) // 2 + 20), len(body)))
    for payload in torn:
        assert payload.problem == f"{coding}: it breaks off"
        assert expected.startswith(payload.body)
    assert payload.body or coding == "zstd"  # which comes a block at a time


def test_a_body_without_its_checksum_is_not_whole():
    flipped = bytearray(gzip.compress(PAGE))
    flipped[-8] ^= 1
    assert "incorrect data check" in decoded(response(bytes(flipped), "gzip")).problem


@pytest.mark.parametrize("coding", ["compress", "exi", "dcz"])
def test_a_coding_that_is_not_read_is_named(coding):
    payload = decoded(response(b"\x1f\x9d\x90", coding))
    assert (payload.body, payload.problem) == (b"\x1f\x9d\x90", f"content-encoding {coding!r} is not read")


@pytest.mark.parametrize(("coding", "compress"), [("gzip", gzip.compress), ("zstd", zstd.compress)])
def test_large_members_are_followed_by_the_next(coding, compress):
    large = PAGE * 3000
    assert decoded(response(compress(large) + compress(PAGE) + compress(large), coding)).body == large + PAGE + large


def test_more_than_three_codings_are_not_undone():
    body = PAGE
    for _ in range(4):
        body = gzip.compress(body)
    payload = decoded(response(body, "gzip, gzip, gzip, gzip"))
    assert (payload.body, payload.problem) == (body, "4 content-encodings (limit 3)")


def test_chunks_are_undone_before_the_coding():
    packed = gzip.compress(PAGE)
    chunks = b"5\r\n" + packed[:5] + b"\r\n%x;x=1\r\n" % (len(packed) - 5) + packed[5:] + b"\r\n0\r\n\r\n"
    assert decoded(response(chunks, "gzip", "Transfer-Encoding: chunked\r\n")).body == PAGE


def test_a_short_body_says_so_and_gives_what_came():
    payload = decoded(response(gzip.compress(PAGE), "gzip", "Content-Length: 9999\r\n"))
    assert payload.body == PAGE
    assert payload.problem.endswith("of 9999 bytes came")


def test_without_a_content_type_there_is_none():
    assert decoded(b"HTTP/1.1 200 OK\r\n\r\n").content_type is None


def test_what_is_no_response_has_no_status():
    payload = decoded(b"<p>HTTP/0.9</p>")
    assert (payload.status, payload.body, payload.whole) == (None, b"", False)


def test_a_status_without_a_body_has_none_and_is_whole():
    payload = decoded(b"HTTP/1.1 304 Not Modified\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n")
    assert (payload.status, payload.body, payload.whole) == (304, b"", True)


@pytest.mark.parametrize(
    ("coding", "compress"),
    [("gzip", gzip.compress), ("br", lambda data: brotli.compress(data, quality=1)), ("zstd", zstd.compress)],
)
def test_a_bomb_costs_bounded_memory_and_is_not_whole(coding, compress):
    bomb = response(compress(bytes(MAX_BODY_BYTES + 2**20)), coding)
    tracemalloc.start()
    payload = decoded(bomb)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(payload.body) == MAX_BODY_BYTES
    assert "come out" in payload.problem
    assert peak_bytes < 3.2 * MAX_BODY_BYTES


def test_a_body_of_just_the_limit_is_whole():
    assert decoded(response(gzip.compress(bytes(MAX_BODY_BYTES), 1), "gzip")).whole


def test_a_large_page_is_decoded_fast():
    block = response(gzip.compress(PAGE * 8000, 1), "gzip")
    started = time.perf_counter()
    assert len(decoded(block).body) == len(PAGE) * 8000  # 22 MB
    assert time.perf_counter() - started < 1


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd", "x-gzip, br", "\u00e9"]))
def test_no_body_raises(body, coding):
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n".encode()
    assert decoded(head + body).status == 200


@given(st.data(), st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_no_damaged_body_raises(data, coding):
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}[coding]
    body = bytearray(pack(PAGE))
    for _ in range(data.draw(st.integers(1, 3))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    assert decoded(response(bytes(body), coding)).status == 200
