"""The guard before a request is sent anywhere, robots.txt and redirects included.

A proxy looks names up itself, so the resolver never sees what it connects to: here the URL is all there is to
judge. Behind a proxy, public names that lead to private addresses are the proxy's own business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.fetch.guard import check_url

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler


class GuardMiddleware:
    """Stands before the robots middleware: the robots.txt of a refused host is not asked for."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a middleware."""
        return cls(allow_private=crawler.settings.getbool("PERMAPRESS_ALLOW_PRIVATE"))

    def process_request(self, request: Request) -> None:
        """Raise AddressError or UrlError where the request must not be sent."""
        check_url(request.url, self._allow_private)
