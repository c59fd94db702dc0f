"""Scrapy extensions: the extraction workers of a crawl, a watch on the reactor, a log that is quiet about items."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from typing import TYPE_CHECKING, TypeVar

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.logformatter import LogFormatter, LogFormatterResult

from crawler.extraction.processes.early import taken
from crawler.work.inert import inert

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from typing import Self

    from scrapy.crawler import Crawler

    from crawler.core.model import Article, NoArticle, Page

logger = logging.getLogger(__name__)

_T = TypeVar("_T")


class Extraction:
    """The workers that read pages: started while the first page is fetched, or before; stopped with the spider."""

    def __init__(self, readers: int | None) -> None:
        self._extractor = taken(readers, inert)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make an extension."""
        extension = cls(crawler.settings.getint("PERMAPRESS_READERS") or None)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The running one.

        Raises: NotConfigured where EXTENSIONS leaves it out.
        """
        extension = crawler.get_extension(cls)
        if extension is None:
            raise NotConfigured("crawler.extensions.Extraction is not in EXTENSIONS: pages cannot be read")
        return extension

    def spider_opened(self) -> None:
        """Start the workers: they import for a second, about as long as the first page takes."""
        self._extractor.warm()

    async def spider_closed(self) -> None:
        """Stop the workers, in a thread: the reactor has other things to close meanwhile."""
        await asyncio.to_thread(self.end)

    def end(self) -> None:
        """Stop the workers, or wait until they are stopped."""
        self._extractor.close()

    def read(self, page: Page) -> Future[Article | NoArticle]:
        """What the page is read as; never fails for the page's sake."""
        return self._extractor.read(page)

    def done(self, work: Callable[..., _T], body: bytes, url: str, *args: object) -> Future[_T | NoArticle]:
        """What `work(body, url, *args)`, a function of a module, makes of another body; as `read`."""
        return self._extractor.done(work, body, url, *args)


class ReactorWatch:
    """How long the reactor was kept from its work at the longest; told at the end. Only where it is asked for."""

    STEP_S = 0.005

    def __init__(self) -> None:
        self._longest_s = 0.0
        self._watching: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make an extension.

        Raises: NotConfigured unless PERMAPRESS_WATCH_REACTOR is set, as an environment variable.
        """
        if not os.environ.get("PERMAPRESS_WATCH_REACTOR"):
            raise NotConfigured
        extension = cls()
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    async def spider_opened(self) -> None:
        """Begin."""
        self._watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(self.STEP_S)
            self._longest_s = max(self._longest_s, time.perf_counter() - before - self.STEP_S)

    async def spider_closed(self) -> None:
        """Tell."""
        if self._watching:
            self._watching.cancel()
        logger.warning("reactor blocked at most %.0f ms", self._longest_s * 1000)


class QuietItems(LogFormatter):
    """Scrapy logs each item whole; ours hold articles, and their outcome has a line of its own."""

    def scraped(self, item: object, response: object, spider: object) -> None:  # type: ignore[override]
        """No line."""

    def dropped(self, item: object, exception: BaseException, response: object, spider: object) -> LogFormatterResult:  # noqa: ARG002 - Scrapy's signature
        """The reason alone: a visit that goes on elsewhere or later is nothing to warn of."""
        return {"level": logging.INFO, "msg": "%(reason)s", "args": {"reason": str(exception)}}
