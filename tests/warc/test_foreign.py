"""What other tools write, read by us; where they install here, by themselves, else as they lay a record out."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import subprocess
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.core.model import Page
from crawler.warc.check import check
from crawler.warc.found import Record
from crawler.warc.pages import read_pages
from crawler.warc.records import records
from tests.judges import need
from tests.warc.made import packed, warc

if TYPE_CHECKING:
    from pathlib import Path

COUNT = 300


def body(number: int) -> bytes:
    return (
        f"<!doctype html><title>第{number}号渡口</title><p>{'The lamp was lit. 灯亮了。' * (number % 40)}</p>".encode()
    )


class Site(BaseHTTPRequestHandler):
    """Each page in one of six ways; the path says which."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # a response in one packet: with several, each waits for an acknowledgement

    def do_GET(self) -> None:
        number = int(self.path.rpartition("/")[2].partition("?")[0])
        content = body(number)
        self.send_response_only(200)
        self.send_header("content-TYPE", "text/html; charset=utf-8")
        send = (self.counted, self.zipped, self.chunked, self.chunked_zipped, self.until_close, self.counted)[
            number % 6
        ]
        send(content)

    def counted(self, content: bytes) -> None:
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def zipped(self, content: bytes) -> None:
        self.send_header("Content-Encoding", "gzip")
        self.counted(gzip.compress(content))

    def chunked(self, content: bytes) -> None:
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        half = len(content) // 2
        for part in (content[:half], content[half:], b""):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))

    def chunked_zipped(self, content: bytes) -> None:
        self.send_header("Content-Encoding", "gzip")
        self.chunked(gzip.compress(content))

    def until_close(self, content: bytes) -> None:
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True

    def log_message(self, *_) -> None:
        pass


@pytest.fixture
def base():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/page"
    server.shutdown()
    thread.join()
    server.server_close()


def wget(folder: Path, urls: list[str], name: str, *options: str) -> None:
    (folder / "urls").write_text("\n".join(urls))
    command = ["wget", "--no-config", "--no-proxy", "-q", "--tries=1", "--timeout=10", "-O", "/dev/null", "-i", "urls"]
    subprocess.run([*command, f"--warc-file={name}", *options], cwd=folder, check=True, timeout=60)


def numbers(found) -> dict[int, bytes]:
    return {int(page.url.rpartition("/")[2].partition("?")[0]): page.body for page in found}


@pytest.mark.judge
@pytest.mark.parametrize(("options", "suffix"), [((), "warc.gz"), (("--no-warc-compression",), "warc")])
def test_three_hundred_captures_by_wget_are_read_whole(tmp_path, base, options, suffix):
    need("wget")
    started = time.perf_counter()
    wget(tmp_path, [f"{base}/{number}?号={number}" for number in range(COUNT)], "w", *options)
    path = tmp_path / f"w.{suffix}"
    found = list(read_pages([path]))
    assert time.perf_counter() - started < 20
    assert all(isinstance(page, Page) for page in found)
    assert numbers(found) == {number: body(number) for number in range(COUNT)}
    assert len({page.capture.record_id for page in found}) == COUNT
    assert list(check(path)) == []


@pytest.mark.judge
def test_places_in_a_file_by_wget_are_those_that_warcio_sees(tmp_path, base):
    need("wget")
    wget(tmp_path, [f"{base}/{number}" for number in range(12)], "w")
    with (tmp_path / "w.warc.gz").open("rb") as file:
        seen = ArchiveIterator(file, no_record_parse=True)
        theirs = [
            (each.rec_type, each.raw_stream.read(), seen.get_record_offset(), seen.get_record_length()) for each in seen
        ]
    ours = [(each.type, each.block, each.offset, each.length) for each in records(tmp_path / "w.warc.gz")]
    assert ours == theirs


@pytest.mark.judge
def test_what_wget_did_not_store_twice_is_read_from_the_first_file(tmp_path, base):
    need("wget")
    urls = [f"{base}/{number}" for number in (0, 5, 6, 11)]
    wget(tmp_path, urls, "first", "--warc-cdx")
    wget(tmp_path, urls, "second", "--warc-dedup=first.cdx")
    kinds = Counter(each.type for each in records(tmp_path / "second.warc.gz") if isinstance(each, Record))
    assert kinds["revisit"] == 4
    found = list(read_pages([tmp_path / "second.warc.gz", tmp_path / "first.warc.gz"]))
    assert [page.capture.file for page in found] == ["first.warc.gz"] * 4 + ["second.warc.gz"] * 4
    assert numbers(found[4:]) == {number: body(number) for number in (0, 5, 6, 11)}


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def test_a_file_as_warcprox_writes_it_is_read_and_sound(tmp_path):
    content, head = body(7), b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    block = head + gzip.compress(content)
    http = {"WARC_IP_Address": "192.0.2.1", "WARC_Target_URI": "https://a.example/7"}
    info = warc(
        "info",
        b"software: warcprox 2.4\r\n",
        WARC_Type="warcinfo",
        Content_Type="application/warc-fields",
        WARC_Target_URI=None,
    )
    response = warc(
        "r",
        block,
        **http,
        WARC_Type="response",
        Content_Type="application/http;msgtype=response",
        WARC_Payload_Digest=sha1(block[len(head) :]),
        WARC_Block_Digest=sha1(block),
    )
    request = warc(
        "q",
        b"GET /7 HTTP/1.1\r\nHost: a.example\r\n\r\n",
        **http,
        WARC_Type="request",
        Content_Type="application/http;msgtype=request",
        WARC_Concurrent_To="<urn:uuid:r>",
    )
    path = tmp_path / "warcprox.warc.gz"
    path.write_bytes(packed(info, response, request))
    (page,) = read_pages([path])
    assert (page.body, page.url, page.capture.payload_digest) == (
        content,
        "https://a.example/7",
        sha1(block[len(head) :]),
    )
    assert list(check(path)) == []


def written_by_warcio(*, compressed: bool) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=compressed)
    head = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")], protocol="HTTP/1.1"
    )
    whole = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body(3)), body(3))
    first = writer.create_warc_record("http://a.example/3", "response", payload=io.BytesIO(whole), http_headers=head)
    writer.write_record(first)
    first.raw_stream.close()
    again = writer.create_revisit_record(
        "http://a.example/again",
        first.rec_headers.get_header("WARC-Payload-Digest"),
        "http://a.example/3",
        first.rec_headers.get_header("WARC-Date"),
        http_headers=head,
    )
    writer.write_record(again)
    again.raw_stream.close()
    return file.getvalue()


@pytest.mark.parametrize("compressed", [True, False])
def test_a_file_by_warcio_is_read_and_sound_with_its_revisits(tmp_path, compressed):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(written_by_warcio(compressed=compressed))
    first, again = read_pages([path])
    assert (first.url, again.url) == ("http://a.example/3", "http://a.example/again")
    assert first.body == again.body == body(3)
    assert list(check(path)) == []
