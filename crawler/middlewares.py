"""Downloader middlewares: which answers are asked for again at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import RetryMiddleware

from crawler.fetch.patience import asked_to_wait

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class RetrySoonMiddleware(RetryMiddleware):
    """In the place of Scrapy's: a host that says when to come back is not asked before; the ledger keeps its word."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]  # the deprecated spider
        """The response, or the request once more."""
        if asked_to_wait(response):
            return response
        return super().process_response(request, response)
