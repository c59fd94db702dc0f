from __future__ import annotations

import asyncio
import gzip
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from scrapy.utils.test import get_crawler

from crawler.core.errors import StorageError
from crawler.core.model import Ending, Exchange
from crawler.fetch import recorder as recorders
from crawler.fetch.recorder import Recorder, new_run
from crawler.warc import file

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 11, 1, 12, 30, 5, tzinfo=UTC)


def _exchange(body: bytes = b"abc", ending: Ending = Ending.COMPLETE) -> Exchange:
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    request = b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"
    return Exchange("http://a.example/", AT, AT, ending, request, response)


def _recorder(folder: Path) -> Recorder:
    crawler = get_crawler(
        settings_dict={
            "PERMAPRESS_ARCHIVE_DIR": str(folder),
            "PERMAPRESS_OPERATOR": "Desk <desk@a.example>",
            "PERMAPRESS_RUN": "20261101T123005Z-beef",
            "USER_AGENT": "permapress/1",
            "ROBOTSTXT_OBEY": True,
            "WARC_MAX_BYTES": 1_000_000,
        }
    )
    return Recorder.from_crawler(crawler)


def test_a_record_is_in_the_kernel_when_append_returns_and_the_payload_comes_with_it(tmp_path: Path) -> None:
    async def run() -> None:
        recorder = _recorder(tmp_path)
        capture, payload = await recorder.append(_exchange())
        (path,) = tmp_path.glob("*.warc.gz.open")  # noqa: ASYNC240 - nothing else waits for this loop
        assert path.name.startswith("permapress-20261101T123005Z-beef-")
        assert path.stat().st_size == capture.offset + capture.length
        assert payload is not None
        assert (payload.body, payload.content_type, payload.whole) == (b"abc", "text/html", True)
        await recorder.spider_closed()

    asyncio.run(run())
    (path,) = tmp_path.glob("*.warc.gz")
    text = gzip.decompress(path.read_bytes())
    for said in (b"operator: Desk <desk@a.example>", b"robots: obey", b"http-header-user-agent: permapress/1"):
        assert said in text
    assert b"redacted: Authorization, Proxy-Authorization, Cookie" in text


def test_a_message_that_is_not_whole_has_no_payload(tmp_path: Path) -> None:
    async def run() -> None:
        recorder = _recorder(tmp_path)
        _, payload = await recorder.append(_exchange(ending=Ending.DISCONNECT))
        assert payload is None
        await recorder.spider_closed()

    asyncio.run(run())


def test_what_was_written_is_synced_soon_and_then_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = []
    sync_data = file.sync_data
    monkeypatch.setattr(file, "sync_data", lambda fd: (synced.append(fd), sync_data(fd)))
    monkeypatch.setattr(recorders, "SYNC_AFTER_S", 0.05)

    async def run() -> None:
        recorder = _recorder(tmp_path)
        for _ in range(5):
            await recorder.append(_exchange())
        assert synced == []
        await asyncio.sleep(0.3)
        assert len(synced) == 1
        await recorder.append(_exchange())
        await asyncio.sleep(0.3)
        assert len(synced) == 2
        await recorder.spider_closed()

    asyncio.run(run())


def test_a_write_that_fails_is_raised_and_remembered(tmp_path: Path) -> None:
    (tmp_path / "archive").write_bytes(b"in the way")

    async def run() -> Recorder:
        recorder = _recorder(tmp_path / "archive")
        with pytest.raises(StorageError):
            await recorder.append(_exchange())
        with pytest.raises(StorageError):
            await recorder.sync()
        return recorder

    recorder = asyncio.run(run())
    assert isinstance(recorder.failure, StorageError)


def test_a_run_id_is_utc_basic_time_and_four_hex() -> None:
    assert re.fullmatch(r"20261101T123005Z-[0-9a-f]{4}", new_run(AT))
