"""The extension that owns the WARC files of a crawl: one store, one thread that writes, the reactor left free."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import scrapy
from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler import __version__
from crawler.core.errors import StorageError, WarcError
from crawler.core.model import Ending
from crawler.fetch.redact import SECRET_HEADERS
from crawler.warc.decode import decoded
from crawler.warc.info import WarcInfo
from crawler.warc.store import WarcStore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

    from scrapy.crawler import Crawler

    from crawler.core.model import Article, Capture, Exchange, Reading
    from crawler.core.visit import Earlier
    from crawler.warc.decode import Payload

logger = logging.getLogger(__name__)

SYNC_AFTER_S = 5.0  # what a power cut may cost; a killed process loses nothing

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Recorder:
    """Everything is appended through it, in the order asked for. The handler finds it by `crawler.get_extension`."""

    def __init__(self, store: WarcStore) -> None:
        self.failure: StorageError | None = None  # the first write that failed; Scrapy swallows those of signals
        self.costs: dict[int, tuple[int, float]] = {}  # by token of the lease: bytes and seconds of its answers
        self.received = 0  # bytes, of all
        self._store = store
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="warc")
        self._due: asyncio.TimerHandle | None = None
        self._syncing: asyncio.Task[None] | None = None
        self._closed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make an extension. Nothing is written before the first append."""
        settings = crawler.settings
        info = WarcInfo(
            software=f"permapress/{__version__} scrapy/{scrapy.__version__}",
            operator=settings["PERMAPRESS_OPERATOR"] or "",
            robots="obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
            user_agent=settings["USER_AGENT"],
            redacted=SECRET_HEADERS,
        )
        store = WarcStore(
            Path(settings["PERMAPRESS_ARCHIVE_DIR"]),
            settings["PERMAPRESS_RUN"] or new_run(datetime.now(UTC)),
            os.getpid(),
            info,
            lambda: uuid.uuid4().urn,
            max_bytes=settings.getint("WARC_MAX_BYTES"),
        )
        recorder = cls(store)
        crawler.signals.connect(recorder.spider_closed, signal=signals.spider_closed)
        return recorder

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The running one.

        Raises: NotConfigured where EXTENSIONS leaves it out: nothing is fetched unrecorded.
        """
        recorder = crawler.get_extension(cls)
        if recorder is None:
            raise NotConfigured("put crawler.fetch.recorder.Recorder into EXTENSIONS: nothing is fetched unrecorded")
        return recorder

    def spent(self, token: int | None, exchange: Exchange) -> None:
        """Count what an attempt cost; None: it was made for no visit, as that at a robots.txt."""
        received, seconds = len(exchange.response), (exchange.ended - exchange.started).total_seconds()
        self.received += received
        if token is not None:
            before = self.costs.get(token, (0, 0.0))
            self.costs[token] = (before[0] + received, before[1] + seconds)

    async def append(self, exchange: Exchange, earlier: Earlier | None = None) -> tuple[Capture, Payload | None]:
        """Write an attempt and read its payload back from the same bytes; None where no whole message came.

        `earlier`: the answer that this one may repeat.

        Raises: StorageError; the payload's own problems are in the payload.
        """
        return await self._write(self._kept, exchange, earlier)

    async def append_readings(
        self, readings: Sequence[tuple[Reading, Article | None, datetime]], is_to_last: bool
    ) -> list[WarcError | None]:
        """Write reading records, before each the article where there is one; None: it is written.

        `is_to_last`: all so far survives a power cut. A WarcError: that reading is too long to be read back.
        Raises: StorageError.
        """
        return await self._write(self._readings_kept, readings, is_to_last)

    def _readings_kept(
        self, readings: Sequence[tuple[Reading, Article | None, datetime]], is_to_last: bool
    ) -> list[WarcError | None]:
        failures: list[WarcError | None] = []
        for reading in readings:
            try:
                self._store.append_reading(*reading)
                failures.append(None)
            except WarcError as err:
                failures.append(err)
        if is_to_last:
            self._store.sync()
        return failures

    async def sync(self) -> None:
        """Make everything appended so far survive a power cut.

        Raises: StorageError.
        """
        await self._in_writer(self._store.sync)

    async def spider_closed(self) -> None:
        """As `close`; what it raises is in `failure`, and Scrapy would only show where it was raised."""
        with suppress(StorageError):
            await self.close()

    async def close(self) -> None:
        """Finish the file: its name, its line in the manifest. A second call does nothing.

        Raises: StorageError; `failure` keeps it.
        """
        if self._closed:
            return
        self._closed = True
        if self._due is not None:
            self._due.cancel()
        try:
            await self._in_writer(self._store.close)
        finally:
            self._writer.shutdown(wait=False)

    def _kept(self, exchange: Exchange, earlier: Earlier | None) -> tuple[Capture, Payload | None]:
        capture = self._store.append(exchange, earlier)
        return capture, decoded(exchange.response) if exchange.ending is Ending.COMPLETE else None

    async def _write(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        written = await self._in_writer(work, *args, **kwargs)
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(SYNC_AFTER_S, self._sync_now)
        return written

    async def _in_writer(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return await asyncio.wrap_future(self._writer.submit(work, *args, **kwargs))
        except StorageError as err:
            self.failure = self.failure or err
            raise

    def _sync_now(self) -> None:
        self._due = None
        self._syncing = asyncio.create_task(self._sync_in_background())

    async def _sync_in_background(self) -> None:
        try:
            await self.sync()
        except StorageError as err:  # the store has ended: the next append raises it where it is heard
            logger.error("%s", err)  # noqa: TRY400 - the message says all; a trace would not help a person


def new_run(at: datetime) -> str:
    """A run id: UTC basic time plus 4 hex."""
    return f"{at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
