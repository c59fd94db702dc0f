"""Downloader middlewares: which answers are asked for again at once, and what is remembered of robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import RetryMiddleware

from crawler.fetch.patience import asked_to_wait
from crawler.fetch.robots import RobotsMiddleware
from crawler.frontier import Frontier

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.core.robots import RobotsAnswer


class RememberedRobotsMiddleware(RobotsMiddleware):
    """Keeps what sites say in the ledger, where other processes and runs find it, and their pace with it."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._frontier = Frontier.of(crawler)

    async def remembered(self, site: str, at: datetime) -> RobotsAnswer | None:
        """As kept. Raises: StorageError, LedgerError."""
        return await self._frontier.asked(lambda ledger: ledger.robots(site, at))

    async def remember(self, site: str, answer: RobotsAnswer) -> None:
        """Keep it; more pages of the host may be due by that. Raises: StorageError, LedgerError."""
        await self._frontier.asked(lambda ledger: ledger.keep_robots(site, answer))
        self._frontier.changed()


class RetrySoonMiddleware(RetryMiddleware):
    """In the place of Scrapy's: a host that says when to come back is not asked before; the ledger keeps its word."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]  # the deprecated spider
        """The response, or the request once more."""
        if asked_to_wait(response):
            return response
        return super().process_response(request, response)
