"""The frontier and its memory, as the shell sees them. That SQLite is behind it nobody else knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.core.visit import PLAIN, Finish, Kind
from crawler.ledger import arrivals, frontier, outcomes, queues
from crawler.ledger.post_names import PostNames
from crawler.ledger.robots import RobotsMemory
from crawler.ledger.rows import ticks, ticks_of, time
from crawler.ledger.site_memory import SiteMemory
from crawler.ledger.source_memory import SourceMemory

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from crawler.core.model import Capture, Seed
    from crawler.core.visit import Entry, FoundLink, Lease, Outcome

LEASE_S = 120.0


class Ledger(PostNames, RobotsMemory, SiteMemory, SourceMemory):
    """One file that several processes share; a process opens it once, and one thread at a time calls it.

    Every call is one transaction (`add`: one for each 500 seeds): after a kill it is there whole or not at all.
    Every method raises StorageError where the disk refuses, LedgerError where the file is damaged.
    """

    def add(
        self,
        seeds: Iterable[Seed],
        *,
        run: str,
        job: str,
        at: datetime,
        due: datetime | None = None,
        priority: int = 0,
        depth: int = 0,
        again: bool = False,
        entry: Entry = PLAIN,
    ) -> arrivals.Added:
        """Take in seeds, however many, as they come; a higher priority goes first within a host, sources before all.

        Due: `at`. Known and not visited: a key that has an unfinished visit of this job, and, unless `again`, one that
        ever ended as archived, unchanged or updated, or that this run has visited.

        Raises: UrlError for a seed whose URL has no host; whole chunks of 500 before it are in.
        """
        first = priority if entry.kind is Kind.ARTICLE else max(priority, 1)
        terms = arrivals.Terms(run, job, ticks(due or at), first, depth, again, entry)
        with self._writing():
            arrivals.begin(self._db, run, job, ticks(at))
        new = total = 0
        for chunk in arrivals.chunks(seeds, entry.kind):  # outside a transaction: seeds may be slow, and others wait
            with self._writing():
                new += arrivals.take_in(self._db, chunk, terms)
            total += len(chunk)
        return arrivals.Added(new, total - new)

    def lease(
        self,
        holder: str,
        *,
        jobs: Sequence[str],
        at: datetime,
        most: int,
        per_host: int,
        delay_s: float,
        lease_s: float = LEASE_S,
        run: str | None = None,
        per_stranger: int | None = None,
    ) -> list[Lease]:
        """At most so many visits that are due, of hosts that are free, host by host in turn.

        Free: `delay_s`, or what its robots.txt asks for, since its last lease, no hold, fewer than `per_host` of its
        visits leased and not answered (`per_stranger` while its robots.txt is not known).
        Within a host by priority, then due, then arrival; of two jobs that wait for one host the first named goes
        first. Expired leases of any job are taken back before, as attempts that were made.
        `run`: under which the visits are made; None: under which they were added.
        """
        now = ticks(at)
        at_once = per_host, per_host if per_stranger is None else min(per_stranger, per_host)
        expires = now + ticks_of(lease_s)
        wish = frontier.Wish(holder, jobs, now, most, at_once, ticks_of(delay_s), expires, run)
        with self._writing():
            return frontier.lease(self._db, wish)

    def heartbeat(self, leases: Iterable[Lease], at: datetime, lease_s: float = LEASE_S) -> set[int]:
        """Let leases last `lease_s` from now; the tokens of those that are still held."""
        now = ticks(at)
        with self._writing():
            held = [lease for lease in leases if frontier.is_held(self._db, lease, now)]
            for lease in held:
                frontier.renew(self._db, lease, now + ticks_of(lease_s))
        return {lease.token for lease in held}

    def answered(self, leases: Iterable[Lease]) -> None:
        """Note that hosts have answered: they may be asked for other pages while these are read."""
        with self._writing():
            for lease in leases:
                frontier.answered(self._db, lease)

    def holders(self) -> list[str]:
        """Who holds leases, of any job."""
        with self._reading():
            return frontier.holders(self._db)

    def take_back(self, holders: Iterable[str], at: datetime | None = None) -> int:
        """Let the visits of holders that died wait again, behind what was due before `at` (None: where they were).

        Returns how many visits.
        """
        with self._writing():
            return frontier.take_back_from(self._db, holders, None if at is None else ticks(at))

    def unfinished_run(self, job: str) -> str | None:
        """The run of a job that was broken off: who goes on with it goes on under this id. None: nothing is left."""
        with self._reading():
            return frontier.unfinished_run(self._db, job)

    def is_held(self, lease: Lease, at: datetime) -> bool:
        """Whether a lease is still its holder's: asked before a post is written."""
        with self._reading():
            return frontier.is_held(self._db, lease, ticks(at))

    def release(
        self,
        lease: Lease,
        *,
        not_before: datetime,
        host_hold_until: datetime | None = None,
        attempted: bool = True,
        captures: Sequence[Capture] = (),
    ) -> bool:
        """Let a visit wait, and its host where it asked for that; a host's hold is never shortened.

        Attempted: it counts, as the caller needs to know when to give up; False: it was not begun.
        Returns False where the lease is another's by now: nothing is changed.
        """
        with self._writing():
            host = frontier.give_back(self._db, lease, due=ticks(not_before), attempted=attempted)
            if host is not None and host_hold_until is not None:
                queues.hold(self._db, host, ticks(host_hold_until))
            if host is not None:
                outcomes.record_captures(self._db, lease.visit, captures)
            return host is not None

    def finish(
        self,
        lease: Lease,
        outcome: Outcome,
        captures: Sequence[Capture],
        links: Sequence[FoundLink],
        post_digest: str | None,
        *,
        at: datetime,
        aliases: Sequence[str] = (),
    ) -> bool:
        """Record how a visit ended. False: the lease is not held any more, nothing is recorded.

        Links are visits of the same job and run, a step deeper and due at once, where they are to be followed
        and are new (as in `add`, never again).
        """
        end = Finish(lease, outcome, tuple(captures), tuple(links), post_digest, tuple(aliases))
        return self.finish_many([end], at=at)[0]

    def finish_many(self, ends: Sequence[Finish], *, at: datetime) -> list[bool]:
        """`finish` for each, in one transaction: one that is stale does not keep the others out."""
        with self._writing():
            return [outcomes.finish(self._db, end, ticks(at)) for end in ends]

    def counts(self, job: str) -> frontier.Counts:
        """The visits of a job: pending, leased, finished by status."""
        with self._reading():
            return frontier.counts(self._db, job)

    def next_due(self, jobs: Sequence[str], at: datetime) -> datetime | None:
        """The earliest time, from now on, when a visit may be had, if only because another's lease expires.

        None: nothing is pending or leased; these jobs are done.
        """
        with self._reading():
            found = frontier.next_due(self._db, jobs)
            return None if found is None else max(at, time(found))
