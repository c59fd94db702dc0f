from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.core.model import Ending, Head, HeadKind
from crawler.warc.digest import sha256
from tests.warc.samples import AT, RESPONSE, by_fastwarc, by_warcio, closed, exchange, member


def test_the_records_of_an_attempt_are_these_bytes(tmp_path):
    heads = (
        Head(HeadKind.CONNECT_REQUEST, b"CONNECT news.example.org:443 HTTP/1.1\r\n\r\n"),
        Head(HeadKind.CONNECT_RESPONSE, b"HTTP/1.0 200 Connection established\r\n\r\n"),
        Head(HeadKind.INFORMATIONAL, b"HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n"),
    )
    response = b"HTTP/1.1 200 OK\nX-oDD : 1\r\n  folded\r\nTransfer-Encoding: chunked\r\n\r\n4;x=1\r\nbody\r\n0\r\nT: 1\r\n\r\n"
    whole = exchange(
        url="https://news.example.org/a",
        response=response,
        heads=heads,
        ip="192.0.2.1",
        protocols=("http/1.1", "tls/1.3"),
        cipher="TLS_AES_256_GCM_SHA384",
    )
    (capture,), path = closed(tmp_path, whole)
    assert gzip.decompress(path.read_bytes()).decode() == (Path(__file__).parent / "golden.warc").read_bytes().decode()
    assert capture.record_id == "urn:uuid:00000000-0000-4000-8000-000000000000"
    assert (capture.status, capture.payload_digest) == (200, sha256(b"body"))
    assert capture.block_digest == sha256(response)
    assert capture.date == AT


def test_the_same_exchange_gives_the_same_file(tmp_path):
    first, second = (closed(tmp_path / name, exchange(), exchange())[1] for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes()[4:8] == b"\0\0\0\0"  # no time in the gzip head


def fields_of(path: Path, place: int) -> list[tuple[str, str]]:
    with path.open("rb") as file:
        return [record.rec_headers.headers for record in ArchiveIterator(file)][place]


@pytest.mark.parametrize("ending", [Ending.DISCONNECT, Ending.TIME, Ending.LENGTH])
def test_a_broken_response_says_why(tmp_path, ending):
    (capture,), path = closed(tmp_path, exchange(ending=ending))
    assert ("WARC-Truncated", ending.value) in fields_of(path, 2)
    assert capture.truncated is ending


def test_a_whole_response_without_a_peer_says_nothing_of_either(tmp_path):
    (capture,), path = closed(tmp_path, exchange())
    names = {name for name, _ in fields_of(path, 2)}
    assert not names & {"WARC-Truncated", "WARC-IP-Address", "WARC-Protocol", "WARC-Cipher-Suite"}
    assert capture.truncated is None


def test_bytes_that_came_before_a_failure_are_a_broken_response(tmp_path):
    (capture,), path = closed(tmp_path, exchange(ending=Ending.FAILED))
    assert capture.truncated is Ending.DISCONNECT
    assert member(path, capture.offset, capture.length).endswith(RESPONSE + b"\r\n\r\n")


@pytest.mark.parametrize(
    ("request_block", "response", "status"),
    [
        (b"HEAD /a HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", 200),
        (b"GET /a HTTP/1.1\r\n\r\n", b"HTTP/1.1 204 No Content\r\n\r\n", 204),
        (b"GET /a HTTP/1.1\r\n\r\n", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304),
        (b"GET /a HTTP/1.1\r\n\r\n", b"<html>nine</html>", None),
        (b"GET /a HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Le", None),
    ],
)
def test_a_response_without_a_payload_has_no_payload_digest(tmp_path, request_block, response, status):
    (capture,), path = closed(tmp_path, exchange(request=request_block, response=response))
    assert (capture.status, capture.payload_digest) == (status, None)
    assert "WARC-Payload-Digest" not in dict(fields_of(path, 2))
    assert list(by_warcio(path.read_bytes()))[2][2] == response


def test_an_empty_body_has_the_digest_of_nothing(tmp_path):
    (capture,), _ = closed(tmp_path, exchange(response=b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
    assert capture.payload_digest == sha256(b"") == "sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ===="


def test_a_failure_is_a_metadata_record_with_its_reason(tmp_path):
    sent = exchange(response=b"", ending=Ending.FAILED, reason="TLS: certificate\r\nof nobody\u2028x", ip="192.0.2.1")
    unsent = exchange(request=b"", response=b"", ending=Ending.FAILED, reason="DNS: no such host")
    silent = exchange(response=b"", ending=Ending.DISCONNECT, ended=AT.replace(year=2020))
    captures, path = closed(tmp_path, sent, unsent, silent)
    records = list(by_warcio(path.read_bytes()))
    assert [kind for kind, _, _ in records] == ["warcinfo", "request", "metadata", "metadata", "request", "metadata"]
    assert records[2][2].decode() == "fetchFailure: TLS: certificate of nobody x\r\nfetchTimeMs: 1500\r\n"
    assert records[3][2].decode() == "fetchFailure: DNS: no such host\r\nfetchTimeMs: 1500\r\n"
    assert records[5][2].decode() == "fetchFailure: disconnect\r\nfetchTimeMs: 0\r\n"
    assert [capture.record_id for capture in captures] == [records[place][1] for place in (2, 3, 5)]
    assert {(capture.status, capture.payload_digest, capture.truncated) for capture in captures} == {(None, None, None)}
    assert dict(fields_of(path, 2))["WARC-IP-Address"] == "192.0.2.1"
    assert dict(fields_of(path, 2))["WARC-Concurrent-To"] == f"<{records[1][1]}>"
    assert "WARC-Concurrent-To" not in dict(fields_of(path, 3))


def test_no_value_breaks_out_of_its_line(tmp_path):
    url = "http://news.example.org/\r\nWARC-Type: evil\n\n 新闻\x85\ud800"
    (capture,), path = closed(tmp_path, exchange(url=url, cipher="A\r\nB: c", ip="::1\n", protocols=("http/1.1\r\n",)))
    fields = dict(fields_of(path, 2))
    assert fields["WARC-Target-URI"] == capture.url
    assert capture.url == "http://news.example.org/%0D%0AWARC-Type:%20evil%0A%0A%20%E6%96%B0%E9%97%BB%C2%85%3F"
    assert (fields["WARC-Type"], fields["WARC-Cipher-Suite"]) == ("response", "A%0D%0AB:%20c")
    assert len(list(by_fastwarc(path.read_bytes()))) == 3


@settings(max_examples=60, deadline=None)
@given(
    request_block=st.binary(min_size=1, max_size=300), response=st.binary(min_size=1, max_size=300), head=st.binary()
)
def test_any_blocks_come_back_through_readers_that_are_not_ours(request_block, response, head):
    whole = exchange(request=request_block, response=response, heads=(Head(HeadKind.INFORMATIONAL, head),))
    with tempfile.TemporaryDirectory() as folder:
        (capture,), path = closed(Path(folder), whole)
        data = path.read_bytes()
    for records in (list(by_warcio(data)), list(by_fastwarc(data))):
        assert [kind for kind, _, _ in records] == ["warcinfo", "metadata", "request", "response"]
        assert [block for _, _, block in records[1:]] == [head, request_block, response]
        assert records[3][1] == capture.record_id
