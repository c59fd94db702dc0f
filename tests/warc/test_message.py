from __future__ import annotations

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.bufferedreaders import ChunkedDataReader

from crawler.core.errors import WarcError
from crawler.warc.message import MAX_HEAD_BYTES, MAX_HEADERS, Entity, entity, parse_response

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def body_of(block: bytes) -> Entity | None:
    return entity(parse_response(block))


def test_a_plain_response_comes_apart_in_order_and_case():
    message = parse_response(OK + b"X-b: 1\r\nx-A:2 \r\nX-B: 3\r\n\r\nbody")
    assert (message.status, message.reason) == (200, b"OK")
    assert message.headers == ((b"X-b", b"1"), (b"x-A", b"2"), (b"X-B", b"3"))
    assert (message.header(b"x-B"), message.header(b"none")) == (b"1", None)
    assert message.header_list(b"X-B") == (b"1", b"3")
    assert message.body == b"body"


@pytest.mark.parametrize(
    ("head", "status", "reason", "headers"),
    [
        (b"HTTP/1.1 404 Not Found\nA: 1\n\n", 404, b"Not Found", ((b"A", b"1"),)),
        (b"\r\n\nHTTP/1.0 200\r\n\r\n", 200, b"", ()),
        (b"http/1.1 301  Moved \r\nA : 1\r\n\r\n", 301, b"Moved", ((b"A", b"1"),)),
        (b"HTTP/2 200 \r\na:\r\n\r\n", 200, b"", ((b"a", b""),)),
        (OK + b"A: 1\r\n  two\r\n\t three \r\nB: 2\r\n\r\n", 200, b"OK", ((b"A", b"1 two three"), (b"B", b"2"))),
        (OK + b" lost\r\nno colon\r\n: no name\r\nA: b:c\r\n\r\n", 200, b"OK", ((b"A", b"b:c"),)),
        (OK + b"A: 1\r\nB: 2\n\r\n", 200, b"OK", ((b"A", b"1"), (b"B", b"2"))),
        (b"HTTP/1.1 200 \xe5\xa5\xbd\r\nA: \xe4\xb8\xad\r\n\r\n", 200, b"\xe5\xa5\xbd", ((b"A", b"\xe4\xb8\xad"),)),
    ],
)
def test_heads_are_read_as_browsers_read_them(head, status, reason, headers):
    message = parse_response(head + b"\r\nbody")
    assert (message.status, message.reason, message.headers) == (status, reason, headers)
    assert message.body == b"\r\nbody"


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (b"<html>nine</html>", "no HTTP response head"),
        (b"", "no HTTP response head"),
        (b"HTTP/1.1 20\r\n\r\n", "no HTTP response head"),
        (b"HTTP/1.1 2000 OK\r\n\r\n", "no HTTP response head"),
        (OK + b"A: 1\r\n", "no end in the first 23 bytes"),
        (OK + b"A: " + b"x" * MAX_HEAD_BYTES + b"\r\n\r\n", f"no end in the first {MAX_HEAD_BYTES} bytes"),
        (OK + b"A:\r\n" * (MAX_HEADERS + 1) + b"\r\n", f"more than {MAX_HEADERS}"),
        (b"\n" * MAX_HEAD_BYTES + OK + b"\r\n", "no HTTP response head"),
    ],
)
def test_what_has_no_bounded_head_is_refused(block, said):
    with pytest.raises(WarcError, match=said):
        parse_response(block)


def test_as_many_headers_and_bytes_as_the_limits_say_are_read():
    assert len(parse_response(OK + b"A:\r\n" * MAX_HEADERS + b"\r\n").headers) == MAX_HEADERS
    filler = b"A: " + b"x" * (MAX_HEAD_BYTES - len(OK) - 7) + b"\r\n\r\n"
    assert len(OK + filler) == MAX_HEAD_BYTES
    assert parse_response(OK + filler + b"body").body == b"body"


@pytest.mark.parametrize(
    ("framed", "body", "problem"),
    [
        (b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde", ""),
        (b'3;name="a;b"\r\nabc\r\n0;last\r\nTrailer: 1\r\n\r\n', b"abc", ""),
        (b"003 \nabc\n0000\n\n", b"abc", ""),
        (b"A\r\n0123456789\r\n0\r\n", b"0123456789", ""),
        (b"0\r\n\r\n", b"", ""),
        (b"", b"", "the last chunk is missing"),
        (b"3", b"", "the last chunk is missing"),
        (b"3;na", b"", "the last chunk is missing"),
        (b"3\r\nabc\r\n", b"abc", "the last chunk is missing"),
        (b"3\r\nabc\r\nzz\r\n", b"abc", "the last chunk is missing"),
        (b"5\r\nabc", b"abc", "a chunk is not as long as it says"),
        (b"3\r\nabcd\r\n0\r\n\r\n", b"abc", "a chunk is not as long as it says"),
        (b"f" * 40 + b"\r\nabc", b"abc", "a chunk is not as long as it says"),
        (b"-1\r\nabc", b"-1\r\nabc", ""),
        (b"<html>already undone", b"<html>already undone", ""),
    ],
)
def test_chunks_are_joined_and_what_is_broken_is_said(framed, body, problem):
    assert body_of(CHUNKED + framed) == Entity(body, problem)


@given(st.lists(st.tuples(st.binary(min_size=1, max_size=40), st.sampled_from([b"", b";a=b", b" ; q"]))))
def test_any_chunking_comes_back(chunks):
    framed = b"".join(b"%x%s\r\n%s\r\n" % (len(data), extension, data) for data, extension in chunks)
    assert body_of(CHUNKED + framed + b"0\r\n\r\n") == Entity(b"".join(data for data, _ in chunks))


@given(st.lists(st.binary(min_size=1, max_size=40)))
def test_warcio_joins_the_same_chunks(chunks):
    framed = b"".join(b"%x\r\n%s\r\n" % (len(data), data) for data in chunks) + b"0\r\n\r\n"
    reader = ChunkedDataReader(io.BytesIO(framed), raise_exceptions=True)
    joined = b"".join(iter(reader.read, b""))
    assert body_of(CHUNKED + framed) == Entity(joined)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail_otherwise_than_by_a_warc_error(data):
    for block in (data, CHUNKED + data, OK + data, OK + b"Content-Length: 7\r\n\r\n" + data):
        try:
            found = body_of(block)
        except WarcError:
            continue
        assert found is None or len(found.body) <= len(block)


@pytest.mark.parametrize(
    ("headers", "body", "found"),
    [
        (b"", b"to the close", Entity(b"to the close")),
        (b"Content-Length: 4\r\n", b"full", Entity(b"full")),
        (b"Content-Length: 4\r\n", b"full and more", Entity(b"full")),
        (b"Content-Length: 9\r\n", b"short", Entity(b"short", "5 of 9 bytes came")),
        (b"Content-Length: 4, 4\r\ncontent-length: 4\r\n", b"full", Entity(b"full")),
        (b"Content-Length: 4\r\nContent-Length: 5\r\n", b"full", Entity(b"full", "Content-Length is no single number")),
        (b"Content-Length: +4\r\n", b"full", Entity(b"full", "Content-Length is no single number")),
        (b"Content-Length: " + b"9" * 5000 + b"\r\n", b"x", Entity(b"x", "Content-Length is no single number")),
        (b"Content-Length: 2\r\nTRANSFER-encoding: Chunked\r\n", b"3\r\nabc\r\n0\r\n\r\n", Entity(b"abc")),
        (b"Transfer-Encoding: identity\r\n", b"full", Entity(b"full")),
        (
            b"Transfer-Encoding: gzip, chunked\r\n",
            b"1\r\nx\r\n0\r\n\r\n",
            Entity(b"x", "transfer-encoding b'gzip' is not read"),
        ),
    ],
)
def test_the_body_is_as_long_as_the_server_said(headers, body, found):
    assert body_of(OK + headers + b"\r\n" + body) == found


@pytest.mark.parametrize("status", [b"101", b"204", b"304"])
def test_some_statuses_have_no_body(status):
    assert body_of(b"HTTP/1.1 " + status + b" X\r\nContent-Length: 4\r\n\r\nfull") is None


@pytest.mark.parametrize(
    "body",
    [b"1\r\nx\r\n" * 500_000, b"1;" + b"x" * 8_000_000, b"f" * 4_000_000, b"0" * 4_000_000, b"1" + b" " * 8_000_000],
    ids=["tiny chunks", "endless extension", "endless size", "endless zeros", "endless space"],
)
def test_hostile_chunks_cost_linear_time(body):
    started = time.perf_counter()
    body_of(CHUNKED + body)
    assert time.perf_counter() - started < 3
