"""One record, found again by its evidence alone."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest

from crawler.core.errors import WarcError
from crawler.warc import payload_at
from tests.warc.samples import closed, exchange, store

BODY = b"<rss><channel/></rss>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
WHOLE = HEAD + b"\r\n" + BODY
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n15\r\n" + BODY + b"\r\n0\r\n\r\n"
ZIPPED = HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(BODY, mtime=0)


@pytest.mark.parametrize("response", [WHOLE, CHUNKED, ZIPPED], ids=["whole", "chunked", "gzip"])
def test_a_payload_is_read_from_a_finished_file(tmp_path, response):
    (_, capture, _), _ = closed(tmp_path, exchange(), exchange(response=response), exchange())
    payload = payload_at(tmp_path, capture)
    assert (payload.body, payload.content_type) == (BODY, "application/rss+xml")


def test_a_payload_is_read_from_a_file_that_is_still_written(tmp_path):
    with store(tmp_path) as target:
        capture = target.append(exchange(response=WHOLE))
        target.append(exchange())
        assert [path.suffix for path in tmp_path.glob("permapress-*")] == [".open"]
        assert payload_at(tmp_path, capture).body == BODY
    assert payload_at(tmp_path, capture).body == BODY


@pytest.fixture
def kept(tmp_path):
    (capture, other), path = closed(tmp_path, exchange(response=WHOLE), exchange())
    return capture, other, path


@pytest.mark.parametrize(
    "wrong",
    [
        {"record_id": "urn:uuid:0"},
        {"offset": 1},
        {"offset": 10**9},
        {"offset": 0},
        {"length": 0},
        {"length": 40},
    ],
)
def test_evidence_that_is_of_another_place_or_record_is_told(tmp_path, kept, wrong):
    with pytest.raises(WarcError):
        payload_at(tmp_path, replace(kept[0], **wrong))


def test_the_record_of_another_is_never_given(tmp_path, kept):
    capture, other, _ = kept
    with pytest.raises(WarcError, match=capture.record_id):
        payload_at(tmp_path, replace(capture, offset=other.offset, length=other.length))


def test_a_file_that_was_cut_is_told(tmp_path, kept):
    capture, _, path = kept
    for size in (capture.offset + capture.length - 9, capture.offset + 20, capture.offset, 0):
        with path.open("r+b") as file:
            file.truncate(size)
        with pytest.raises(WarcError):
            payload_at(tmp_path, capture)


def test_a_flipped_byte_is_told(tmp_path, kept):
    capture, _, path = kept
    data = bytearray(path.read_bytes())
    data[capture.offset + capture.length // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(WarcError):
        payload_at(tmp_path, capture)


def test_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path, kept):
    capture, _, path = kept
    path.unlink()
    with pytest.raises(WarcError, match="is not in"):
        payload_at(tmp_path, capture)
    path.mkdir()
    with pytest.raises(WarcError, match="cannot read"):
        payload_at(tmp_path, capture)


def test_a_payload_that_cannot_be_unpacked_is_told(tmp_path):
    (capture,), _ = closed(tmp_path, exchange(response=ZIPPED[:-9]))
    with pytest.raises(WarcError, match="not whole"):
        payload_at(tmp_path, capture)


def test_a_bomb_is_refused_and_not_unpacked(tmp_path):
    bomb = HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(gzip.compress(bytes(80_000_000), 1), 1)
    (capture,), _ = closed(tmp_path, exchange(response=bomb.replace(b"gzip", b"gzip, gzip", 1)))
    with pytest.raises(WarcError):
        payload_at(tmp_path, capture)
