"""Scrapy extensions: the extraction workers of a crawl, and a log that is quiet about items."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.logformatter import LogFormatter

from crawler.extraction.workers import Extractor

if TYPE_CHECKING:
    from concurrent.futures import Future
    from typing import Self

    from scrapy.crawler import Crawler

    from crawler.core.model import Article, NoArticle, Page


class Extraction:
    """The workers that read pages: started while the first page is fetched, stopped with the spider."""

    def __init__(self) -> None:
        self._extractor = Extractor()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make an extension."""
        extension = cls()
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
        await asyncio.to_thread(self._extractor.close)

    def read(self, page: Page) -> Future[Article | NoArticle]:
        """What the page is read as; never fails for the page's sake."""
        return self._extractor.read(page)


class QuietItems(LogFormatter):
    """Scrapy logs each item whole; ours hold articles, and their outcome has a line of its own."""

    def scraped(self, item: object, response: object, spider: object) -> None:  # type: ignore[override]
        """No line."""
