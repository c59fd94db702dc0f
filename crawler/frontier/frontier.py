"""The ledger as a crawl uses it: one thread calls it, leases are kept alive, ends are committed together."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, Unpack

from scrapy.exceptions import NotConfigured

from crawler.core.visit import SCHEDULED
from crawler.fetch.recorder import new_run
from crawler.frontier.batch import Batch
from crawler.frontier.calls import Calls
from crawler.frontier.leases import Leases
from crawler.ledger.share import Pace, Share
from crawler.work.traps import MAX_ARTICLES, Traps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Self

    from scrapy.crawler import Crawler

    from crawler.core.visit import Finish, Intake, Lease
    from crawler.ledger import Ledger

logger = logging.getLogger(__name__)

HEARTBEAT_S = 30.0  # a quarter of a lease
_SEEDS = 5_000  # taken in at once: a million do not keep the first page waiting
_ENDS = 64  # committed at once

_T = TypeVar("_T")


class Frontier:
    """What is to be visited, for this process. Opened by the scheduler; found by `Frontier.of`."""

    def __init__(self, crawler: Crawler, state: Path, run: str, *, is_scheduled: bool, **pace: Unpack[Pace]) -> None:
        self.calls = Calls(crawler)
        self.job: str | None = None  # None: nothing is to be done yet
        self._state = state
        self._run = run
        self._pace = pace
        self._is_scheduled = is_scheduled
        self.leases = Leases()  # of this process
        self.traps = Traps(_now().year)  # as it has met them
        self._ends: Batch[Finish, bool] = Batch(self._finished, _ENDS)
        self._beat: asyncio.Task[None] | None = None
        self._closed = False
        self.changed: Callable[[], None] = lambda: None  # called when work may have become due

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make an extension."""
        settings = crawler.settings
        return cls(
            crawler,
            Path(settings["PERMAPRESS_STATE_DIR"]),
            settings["PERMAPRESS_RUN"] or new_run(_now()),
            is_scheduled=settings.getbool("PERMAPRESS_SCHEDULED"),
            per_host=settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
            per_stranger=1 if settings.getbool("ROBOTSTXT_OBEY") else settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
            delay_s=settings.getfloat("DOWNLOAD_DELAY"),
        )

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The running one.

        Raises: NotConfigured where EXTENSIONS leaves it out.
        """
        extension = crawler.get_extension(cls)
        if extension is None:
            raise NotConfigured("crawler.frontier.Frontier is not in EXTENSIONS: there is nothing to visit")
        return extension

    async def open(self) -> None:
        """Open the ledger; what dead processes held waits again.

        Raises: StorageError, LedgerError.
        """
        await self.calls.made(self._opened)
        self._beat = asyncio.create_task(self._beating())

    def _opened(self) -> None:
        name = f"{self._run}-{os.getpid()}-{secrets.token_hex(2)}"
        self._share = Share(self._state, name, _now(), self._run if self._is_scheduled else None, **self._pace)
        self.traps.know(self._share.ledger.articles(MAX_ARTICLES))

    async def begin(self, job: str, intakes: Iterable[Intake] = (), *, again: bool = False) -> None:
        """Work on a job: on what an earlier run of it left, and on these seeds. `again`: also where they are known.

        Raises: StorageError, LedgerError, UrlError for a seed without a host.
        """
        ledger = self._share.ledger
        run = None if job == SCHEDULED else await self.calls.made(lambda: ledger.unfinished_run(job))
        self.job = job
        self.changed()
        for intake in intakes:
            source = iter(intake.seeds)
            while chunk := await asyncio.to_thread(list, islice(source, _SEEDS)):
                await self.calls.made(
                    ledger.add, chunk, run=run or self._run, job=job, at=_now(), again=again, entry=intake.entry
                )
                self.changed()

    async def lease(self, most: int) -> tuple[list[Lease], datetime | None]:
        """Visits to make now, and, where there are none, when to ask again; None: the job is done.

        Raises: StorageError, LedgerError.
        """
        if self.job is None or self._closed:
            return [], None
        leases, due = await self.calls.made(self._share.lease, self.job, most, self.leases.answered(), _now())
        self.leases.add(leases)
        return leases, due

    def answered(self, lease: Lease) -> None:
        """Its host has answered: it may be asked for another page while this one is read."""
        if self.leases.answer(lease):
            self.changed()

    async def held(self, leases: Sequence[Lease]) -> list[bool]:
        """Whether each is still ours: asked before a post is written. Raises: StorageError, LedgerError."""
        return await self.calls.made(lambda: [self._share.ledger.is_held(lease, _now()) for lease in leases])

    async def finish(self, end: Finish) -> bool:
        """Record the end of a visit. False: the lease is another's by now, nothing is recorded.

        Raises: StorageError, LedgerError.
        """
        return await self._ends.add(end)

    async def _finished(self, ends: Sequence[Finish]) -> list[bool]:
        done = await self.calls.made(lambda: self._share.ledger.finish_many(ends, at=_now()))
        self._forget(end.lease for end in ends)
        return done

    async def release(self, end: Finish, not_before: datetime) -> bool:
        """Let the visit and its host wait until then; the attempt and its captures are kept. False: as `finish`."""
        held = await self.calls.made(
            lambda: self._share.ledger.release(
                end.lease, not_before=not_before, host_hold_until=not_before, captures=end.captures
            )
        )
        self._forget([end.lease])
        return held

    def _forget(self, leases: Iterable[Lease]) -> None:
        self.leases.drop(leases)
        self.changed()

    async def asked(self, work: Callable[[Ledger], _T]) -> _T:
        """What the ledger says, with the reactor left free. Raises: StorageError, LedgerError."""
        return await self.calls.made(work, self._share.ledger)

    def waited(self, work: Callable[[Ledger], _T]) -> _T:
        """What the ledger says. Waits for it: not to be called from the reactor. Raises: StorageError, LedgerError."""
        return self.calls.waited(work, self._share.ledger)

    async def close(self) -> None:
        """Give back what is not finished, as not begun; where the ledger failed, what is leased stays so.

        A second call does nothing. Raises: StorageError, LedgerError.
        """
        if self._closed:
            return
        self._closed = True
        if self._beat:
            self._beat.cancel()
        try:
            if self.calls.failure is None:
                await self.calls.made(self._share.close, self.leases.all(), _now())
        finally:
            self.calls.end()

    async def _beating(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            leases = self.leases.all()
            held = await self.calls.made(self._share.ledger.heartbeat, leases, _now())
            lost = [lease for lease in leases if lease.token not in held and lease in self.leases]
            for lease in lost:
                logger.warning("%s: the lease was lost: this process was too slow", lease.seed.url)
            self._forget(lost)


def _now() -> datetime:
    return datetime.now(UTC)
