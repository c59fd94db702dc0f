"""robots.txt before pages, by RFC 9309: what cannot be known is taken for a no.

Scrapy's middleware fails open: where its request fails or is answered by 503, everything may be fetched, and
an error page is read as rules.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.core.errors import AddressError, StorageError
from crawler.fetch.rules import Robots, RobotsExcluded, robots
from crawler.fetch.verdict import reason, status_reason

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

MAX_REDIRECTS = 5  # RFC 9309 §2.3.1.2
_TOO_MANY = 429  # the one 4xx that says nothing about the file


class RobotsMiddleware(RobotsTxtMiddleware):
    """Asks each site once a run; its captures stay apart from those of the page that waits for it."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._sites: dict[str, asyncio.Task[Robots]] = {}

    async def robot_parser(self, request: Request) -> Robots:  # type: ignore[override]
        """What holds for the request's site: scheme, host and port (§2.3)."""
        parts = urlparse_cached(request)
        site = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        if site not in self._sites:
            self._sites[site] = asyncio.create_task(self._asked(f"{site}/robots.txt"))
        return await asyncio.shield(self._sites[site])  # one page given up is no reason to ask again

    def process_request_2(self, rp: Robots, request: Request) -> None:  # type: ignore[override]
        """Raise RobotsExcluded where the page may not be fetched."""
        if objection := rp.objection(request.url):
            self._stats.inc_value("robotstxt/forbidden")
            raise RobotsExcluded(objection)

    async def _asked(self, url: str) -> Robots:
        self._stats.inc_value("robotstxt/request_count")
        meta = {
            "dont_obey_robotstxt": True,
            "redirect_ttl": MAX_REDIRECTS,
            "download_slot": f"robots.txt of {url}",  # the first page does not wait out the delay for it
        }
        request = Request(url, priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self.crawler.engine.download_async(request)
        except AddressError as err:
            raise AddressError(f"{url}: {err}") from err
        except (StorageError, CannotResolveHostError, DownloadConnectionRefusedError):
            raise  # no host, no server: the page fails of the same, and that is its outcome
        except Exception as err:  # noqa: BLE001 - whatever it was, the file is unreachable, and the reason is kept
            return Robots(url, unreachable=reason(err))
        return self._read(url, response)

    def _read(self, url: str, response: Response) -> Robots:
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if 200 <= response.status < 300:  # noqa: PLR2004 - successful
            return robots(url, response.body, self._robotstxt_useragent or self.crawler.settings["BOT_NAME"])
        if 400 <= response.status < 500 and response.status != _TOO_MANY:  # noqa: PLR2004 - unavailable, §2.3.1.3
            return Robots(url)
        return Robots(url, unreachable=status_reason(response.status))
