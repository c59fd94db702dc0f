"""A job looked at while others work on it: what a display draws from, a few times a second."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from crawler.core.visit import SCHEDULED
from crawler.ledger.errors import reported
from crawler.ledger.frontier import Counts, counts
from crawler.ledger.rows import ticks

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_BUSY_TIMEOUT_S = 1.0  # who draws waits for nothing
_BEGUN = "SELECT 1 FROM sqlite_master WHERE name = 'tallies'"
_DUE = "SELECT count(*) FROM visits WHERE state = 'waiting' AND job = ? AND due <= ?"
_HOSTS = """
    SELECT DISTINCT h.name FROM visits v INDEXED BY leased CROSS JOIN hosts h ON h.id = v.host
    WHERE v.state = 'leased' AND v.job = ? ORDER BY h.name"""

_NEXT = """
    SELECT DISTINCT h.name FROM queues q JOIN hosts h ON h.id = q.host
    WHERE q.job = ? ORDER BY q.ready_at, h.name LIMIT 5"""


@dataclass(frozen=True, slots=True)
class Pulse:
    """A job at one moment."""

    counts: Counts
    hosts: tuple[str, ...]  # of visits that are leased, by name; while none is, of the next ones


class Watch:
    """A connection that changes nothing; one thread at a time calls it.

    Not opened `mode=ro`: where the crawl closes its own connections first, this is the last one, and only one that
    may write clears the log away.

    Every method raises StorageError where the disk refuses, LedgerError where the file is damaged or is none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        uri = f"{path.absolute().as_uri()}?mode=rw"
        with reported(path):
            self._db = sqlite3.connect(
                uri, timeout=_BUSY_TIMEOUT_S, isolation_level=None, uri=True, check_same_thread=False
            )
            self._db.execute("PRAGMA query_only = ON")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with reported(self._path):
            self._db.close()

    def pulse(self, job: str, at: datetime) -> Pulse:
        """The job as it stands; of a ledger that is being made, as of a job that is not known: nothing.

        Of scheduled runs only what is due by `at` is pending: the rest is none of this run's.
        """
        with reported(self._path):
            if self._db.execute(_BEGUN).fetchone() is None:
                return Pulse(Counts(0, 0, {}), ())
            hosts = self._db.execute(_HOSTS, (job,)).fetchall() or self._db.execute(_NEXT, (job,)).fetchall()
            now = counts(self._db, job)
            if job == SCHEDULED:
                now = replace(now, pending=self._db.execute(_DUE, (job, ticks(at))).fetchone()[0])
            return Pulse(now, tuple(str(name) for (name,) in hosts))
