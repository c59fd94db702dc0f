"""Where a run ends although there is more to do: so many pages, so long, so much; and never the disk's last bytes."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.core.errors import StorageError
from crawler.fetch.recorder import Recorder
from crawler.frontier import Frontier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

LIMIT = "limit"  # the reason why the spider closes
LOOK_S = 1.0


class Limits:
    """Looks once a second; what is under way comes to its end, what is leased and not begun waits for the next run."""

    def __init__(self, crawler: Crawler, limits: Mapping[str, float]) -> None:
        """`limits`: as PERMAPRESS_LIMITS has them."""
        self._crawler = crawler
        self._limits = limits
        self._began = time.monotonic()
        self._archive = Path(crawler.settings["PERMAPRESS_ARCHIVE_DIR"])
        self._looking: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make an extension.

        Raises: NotConfigured where there is no limit.
        """
        limits = {name: most for name, most in crawler.settings["PERMAPRESS_LIMITS"].items() if most}
        if not limits:
            raise NotConfigured
        extension = cls(crawler, limits)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    async def spider_opened(self) -> None:
        """Begin to look."""
        self._looking = asyncio.create_task(self._look())

    def spider_closed(self) -> None:
        """End."""
        if self._looking:
            self._looking.cancel()

    async def _look(self) -> None:
        while True:
            if low := await asyncio.to_thread(self._disk):
                Frontier.of(self._crawler).calls.stop(StorageError(low))
                return
            if reached := next(self._reached(), ""):
                logger.warning("%s (limits in crawl.yaml): the rest is the next run's", reached)
                # A task of its own: this one ends with the spider.
                self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=LIMIT))
                return
            await asyncio.sleep(LOOK_S)

    def _disk(self) -> str:
        """Why nothing more may be written; empty: there is room."""
        least = self._limits.get("disk_free", 0)
        there = next(folder for folder in (self._archive, *self._archive.absolute().parents) if folder.exists())
        try:
            free = shutil.disk_usage(there).free
        except OSError as err:
            return f"{there}: {err.strerror}; see whether its disk is there"
        if free >= least:
            return ""
        mib = 2**20
        room = f"{free / mib:.0f} MiB are free, {least / mib:.0f} shall stay so (limits.disk_free)"
        return f"the disk of {self._archive}: {room}"

    def _reached(self) -> Iterator[str]:
        stats = self._crawler.stats.get_stats()
        pages = sum(int(value) for name, value in stats.items() if name.startswith("outcome/"))
        passed = {
            "pages": pages,
            "seconds": time.monotonic() - self._began,
            "bytes": Recorder.of(self._crawler).received,
        }
        for name, value in passed.items():
            if value >= self._limits.get(name, float("inf")):
                yield f"the limit of {self._limits[name]:.0f} {name} is reached"
