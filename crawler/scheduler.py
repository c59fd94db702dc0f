"""Scrapy's scheduler over the ledger: what to fetch next is what is leased next.

It takes in only requests that go on with a visit under its lease (redirects, retries): found links reach the ledger
with the outcome of the page that has them, or a crash between the two would lose them.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.utils.defer import deferred_from_coro

from crawler.core.errors import LedgerError, StorageError
from crawler.frontier import Frontier

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred

    from crawler.core.visit import Finish, Lease
    from crawler.spiders.archive import ArchiveSpider

logger = logging.getLogger(__name__)

AHEAD = 8  # visits leased beyond those that are being fetched: the next is at hand when a slot is free
BUSY_POLL_S = 0.02  # how soon what waits for an answer to another process is seen; our own answers tell by themselves
POLL_S = 1.0  # how soon what another process added, or left behind, is seen


class LedgerScheduler(BaseScheduler):
    """For spiders with `visit(lease)`: the request of a visit, or its end where none is to be made."""

    def __init__(self, crawler: Crawler, frontier: Frontier, concurrent: int) -> None:
        self._crawler = crawler
        self._frontier = frontier
        self._most = concurrent + AHEAD
        self._most_live = 2 * concurrent + AHEAD  # with pages that wait to be read: a kill costs what is leased
        self._leases: deque[Lease] = deque()
        self._going_on: deque[Request] = deque()
        self._done = False
        self._refilling: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Future[None]] = set()
        self._again = False  # something changed while it was being asked
        self._timer: asyncio.TimerHandle | None = None
        self._spider: ArchiveSpider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a scheduler."""
        return cls(crawler, Frontier.of(crawler), crawler.settings.getint("CONCURRENT_REQUESTS"))

    def open(self, spider: Spider) -> Deferred[None]:
        """Open the frontier."""
        self._spider = spider  # type: ignore[assignment]  # see the class
        return deferred_from_coro(self._opened())

    async def _opened(self) -> None:
        await self._frontier.open()
        self._frontier.changed = self._changed

    def close(self, reason: str) -> Deferred[None]:  # noqa: ARG002 - Scrapy's signature
        """What is leased and not finished waits again."""
        self._frontier.changed = lambda: None
        if self._timer:
            self._timer.cancel()
        return deferred_from_coro(self._closed())

    async def _closed(self) -> None:
        with suppress(StorageError, LedgerError):  # the frontier keeps why; Scrapy would show where it was raised
            await self._frontier.close()

    def has_pending_requests(self) -> bool:
        """Whether the job may still have visits, here or with other processes."""
        return bool(self._leases or self._going_on) or not self._done

    def enqueue_request(self, request: Request) -> bool:
        """Take a request that goes on with a visit of ours; any other is refused, and said so."""
        lease: Lease | None = request.meta.get("lease")
        if lease is None or lease not in self._frontier.leases:
            logger.warning("%s: not requested: no lease covers it; yield what was found with the outcome", request.url)
            return False
        self._going_on.append(request)
        return True

    def next_request(self) -> Request | None:
        """A visit that goes on, else the next one leased; None: not now."""
        if self._going_on:
            return self._going_on.popleft()
        while self._leases:
            lease = self._leases.popleft()
            made = self._spider.visit(lease) if lease in self._frontier.leases else None
            if isinstance(made, Request):
                return made
            if made is not None:
                self._end(made)
        return None

    def _end(self, end: Finish) -> None:
        """Let a visit that needs no request take the road of all others."""
        scraper = self._crawler.engine.scraper
        task = asyncio.ensure_future(scraper.start_itemproc_async(end, response=None))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def _changed(self) -> None:
        self._done = False
        self._refill()

    def _refill(self) -> None:
        """Ask the ledger, at once or, where it is being asked, once more."""
        if self._refilling is not None:
            self._again = True
        elif self._frontier.calls.failure is None:
            if self._timer:
                self._timer.cancel()
                self._timer = None
            self._refilling = asyncio.create_task(self._filled())

    async def _filled(self) -> None:
        self._again = False
        try:
            due = await self._ask()
        except (StorageError, LedgerError):  # the frontier ends the run
            return
        finally:
            self._refilling = None
        if self._again:
            self._refill()
        elif due is not None and not self._leases:
            wait_s = (due - datetime.now(UTC)).total_seconds()
            self._timer = asyncio.get_running_loop().call_later(min(max(wait_s, BUSY_POLL_S), POLL_S), self._refill)
        if self._leases or self._done:
            self._wake()

    async def _ask(self) -> datetime | None:
        most = min(self._most - self._frontier.leases.asking, self._most_live - len(self._frontier.leases))
        if most <= 0 or self._frontier.job is None:
            return None
        leases, due = await self._frontier.lease(most)
        self._leases.extend(leases)
        self._done = due is None and not self._again
        return due

    def _wake(self) -> None:
        """Scrapy asks an idle scheduler only every 5 s."""
        slot = self._crawler.engine._slot  # noqa: SLF001 - tests/test_canary.py watches it
        if slot and slot.closing is None:
            slot.nextcall.schedule()
