"""What broke where nobody expected it: a visit that would have no outcome, and whose job would never end, gets one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scrapy import signals

from crawler.core.errors import StorageError
from crawler.core.model import Status
from crawler.core.visit import Finding, Finish
from crawler.frontier import Frontier
from crawler.spiders.ends import end

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from crawler.core.visit import Lease


class LooseEnds:
    """Scrapy logs an exception of a spider or a pipeline and goes on; the lease would be kept alive for ever."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._ending: set[asyncio.Future[None]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make an extension."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_error, signal=signals.spider_error)
        crawler.signals.connect(extension.item_error, signal=signals.item_error)
        return extension

    def spider_error(self, failure: Failure, response: Any) -> None:  # noqa: ANN401 - a response, or a failure
        """A callback or an errback raised."""
        request = getattr(response, "request", None)
        if request is not None and (lease := request.meta.get("lease")):
            self._end(lease, failure.value)

    def item_error(self, item: object, failure: Failure) -> None:
        """A pipeline raised. Where not even an end could be recorded, the run stops."""
        if isinstance(item, Finding) and item.lease:
            self._end(item.lease, failure.value)
        elif isinstance(item, Finish):
            reason = (
                f"{item.outcome.url}: its end could not be recorded: {failure.value}; this is a bug, tell its authors"
            )
            Frontier.of(self._crawler).calls.stop(StorageError(reason))

    def _end(self, lease: Lease, error: BaseException | None) -> None:
        reason = f"broke off: {type(error).__name__}: {error}"
        scraper = self._crawler.engine.scraper
        task = asyncio.ensure_future(scraper.start_itemproc_async(end(lease, Status.FAILED, reason), response=None))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
