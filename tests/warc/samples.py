"""Exchanges, stores and readers that the writer's tests share."""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from crawler.core.model import Ending, Exchange
from crawler.warc import WarcInfo, WarcStore

AT = datetime(2026, 11, 12, 1, 2, 3, 40, tzinfo=UTC)
RUN = "20261112T010203Z-beef"
INFO = WarcInfo(
    "permapress/0.1.0",
    "编辑 <editor@example.org>",
    "obey",
    "permapress (+https://example.org)",
    ("cookie", "authorization"),
)
REQUEST = b"GET /a HTTP/1.1\r\nhost: news.example.org\r\n\r\n"
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"


def ids(first=0):
    numbers = itertools.count(first)
    return lambda: f"urn:uuid:00000000-0000-4000-8000-{next(numbers):012d}"


def store(folder: Path, **options) -> WarcStore:
    values = {"run": RUN, "pid": 7, "info": INFO, "new_id": ids()} | options
    return WarcStore(folder, **values)


def exchange(**changes) -> Exchange:
    values = {
        "url": "http://news.example.org/a",
        "started": AT,
        "ended": AT + timedelta(milliseconds=1500),
        "ending": Ending.COMPLETE,
        "request": REQUEST,
        "response": RESPONSE,
    }
    return Exchange(**(values | changes))


def closed(folder: Path, *exchanges: Exchange):
    """The captures of exchanges, and the one file they went to."""
    with store(folder) as target:
        captures = [target.append(each) for each in exchanges]
    (path,) = folder.glob("*.warc.gz")
    return captures, path


def member(path: Path, offset: int, length: int) -> bytes:
    """The record at a place, which has to be one whole gzip member and nothing else."""
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    content = unpacker.decompress(path.read_bytes()[offset : offset + length])
    assert unpacker.eof
    assert unpacker.unused_data == b""
    return content


def by_warcio(data: bytes):
    """(type, id, block) of every record."""
    for record in ArchiveIterator(io.BytesIO(data), no_record_parse=True):
        yield record.rec_type, record.rec_headers.get_header("WARC-Record-ID")[1:-1], record.raw_stream.read()


def by_fastwarc(data: bytes):
    """(type, id, block) of every record."""
    for record in FastIterator(io.BytesIO(data), parse_http=False, strict_mode=True):
        yield record.headers["WARC-Type"], record.record_id[1:-1], record.reader.read()


def run(program: str, *arguments: str, **options) -> subprocess.CompletedProcess[str]:
    """A program that came with a Python package of ours, or one of the system's."""
    beside = Path(sys.executable).with_name(program)
    command = [str(beside) if beside.exists() else program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)
