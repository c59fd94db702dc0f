"""robots.txt before pages, by RFC 9309: what cannot be known is taken for a no.

Scrapy's middleware fails open: where its request fails or is answered by 503, everything may be fetched, and
an error page is read as rules. Its memory is one run's; here a subclass may have a longer one.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.core.errors import AddressError, LedgerError, StorageError
from crawler.core.robots import UNREACHABLE_FOR, RobotsAnswer
from crawler.fetch.rules import MAX_DELAY_S, Robots, RobotsExcluded, robots
from crawler.fetch.verdict import reason, status_reason

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

MAX_REDIRECTS = 5  # RFC 9309 §2.3.1.2
_TOO_MANY = 429  # the one 4xx that says nothing about the file


@dataclass(frozen=True, slots=True)
class _Site:
    """A site in this process: what is known of it, or is being asked."""

    robots: asyncio.Task[tuple[Robots, datetime]]  # and until when that holds
    began: datetime

    def is_over(self, at: datetime) -> bool:
        if not self.robots.done():
            return False
        failed = self.robots.cancelled() or self.robots.exception()
        return at >= (self.began + UNREACHABLE_FOR if failed else self.robots.result()[1])


class RobotsMiddleware(RobotsTxtMiddleware):
    """Asks each site once a day; its captures stay apart from those of the page that waits for it."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._sites: dict[str, _Site] = {}

    async def robot_parser(self, request: Request) -> Robots:  # type: ignore[override]
        """What holds for the request's site: scheme, host and port (§2.3)."""
        parts = urlparse_cached(request)
        site = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        known, now = self._sites.get(site), datetime.now(UTC)
        if known is None or known.is_over(now):
            known = self._sites[site] = _Site(asyncio.create_task(self._known(site, now)), now)
        found, _ = await asyncio.shield(known.robots)  # one page given up is no reason to ask again
        return found

    def process_request_2(self, rp: Robots, request: Request) -> None:  # type: ignore[override]
        """Raise RobotsExcluded where the page may not be fetched."""
        if objection := rp.objection(request.url):
            self._stats.inc_value("robotstxt/forbidden")
            raise RobotsExcluded(objection)

    async def remembered(self, site: str, at: datetime) -> RobotsAnswer | None:  # noqa: ARG002 - for those who do
        """What was kept of a site and still holds; None: it is to be asked."""
        return None

    async def remember(self, site: str, answer: RobotsAnswer) -> None:
        """Keep what a site said, before the first page is asked for by it."""

    async def _known(self, site: str, at: datetime) -> tuple[Robots, datetime]:
        url = f"{site}/robots.txt"
        if answer := await self.remembered(site, at):
            self._keep_pace(site, answer.delay_s)
            return Robots(url, answer.rules, answer.unreachable), answer.until
        found = await self._asked(url)
        delay_s = min(found.asked_delay_s, MAX_DELAY_S)
        if delay_s < found.asked_delay_s:
            words = "%s: a Crawl-delay of %g s is asked for; %g s are kept, which is our most"
            logger.warning(words, url, found.asked_delay_s, delay_s)
        answer = RobotsAnswer(datetime.now(UTC), found.rules, found.unreachable, delay_s)
        self._keep_pace(site, delay_s)
        await self.remember(site, answer)
        return found, answer.until

    def _keep_pace(self, site: str, delay_s: float) -> None:
        """Slow redirects and second tries down: the ledger does not see them, Scrapy's slot of the host paces them."""
        downloader, key = self.crawler.engine.downloader, urlparse_cached(Request(site)).hostname or ""
        settings = downloader.per_slot_settings
        if delay_s > settings.get(key, {}).get("delay", self.crawler.settings.getfloat("DOWNLOAD_DELAY")):
            settings.setdefault(key, {})["delay"] = delay_s
            if slot := downloader.slots.get(key):
                slot.delay = delay_s

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
        except (StorageError, LedgerError, CannotResolveHostError, DownloadConnectionRefusedError):
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
