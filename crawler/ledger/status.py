"""Where an output stands: what was done, what waits, which hosts trouble. Read without a trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.core.model import Status
from crawler.core.visit import SCHEDULED
from crawler.ledger.again import AGAIN
from crawler.ledger.asking import asked
from crawler.ledger.frontier import Counts
from crawler.ledger.rebuild import JOB as REBUILT
from crawler.ledger.rows import number, ticks, time

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

MOST = 20  # runs and hosts: a person reads no more

_RUNS = "SELECT run, job, started FROM runs ORDER BY started DESC, run DESC LIMIT ?"
_TALLIES = "SELECT job, state, visits FROM tallies WHERE visits > 0"
# What a scheduled run left undone: the other visits that wait are looked at again when their time comes.
_SCHEDULED = f"""
    SELECT v.run, v.job, coalesce(o.status, v.state), count(*) FROM visits v LEFT JOIN outcomes o ON o.visit = v.id
    WHERE v.job IN ('{SCHEDULED}', '{REBUILT}') AND (v.state <> 'waiting' OR v.priority <> {AGAIN}) GROUP BY 1, 2, 3"""  # noqa: S608 - our own words
_DUE = "SELECT count(*) FROM visits WHERE state = 'waiting' AND due <= ?"
_NEXT = "SELECT min(due) FROM queues WHERE due > ?"
_FAILING = "SELECT name, failures FROM hosts WHERE failures > 0 ORDER BY failures DESC, name LIMIT ?"
_HELD = "SELECT name, hold_until FROM hosts WHERE hold_until > ? ORDER BY hold_until DESC, name LIMIT ?"
# A visit's id grows with time, and the index of ended visits by URL gives the last without looking at one of them.
_LATEST = """
    SELECT h.name, o.status, count(*) FROM (SELECT max(id) AS last FROM visits WHERE state = 'done' GROUP BY url)
    CROSS JOIN outcomes o ON o.visit = last CROSS JOIN visits v ON v.id = last CROSS JOIN hosts h ON h.id = v.host
    GROUP BY v.host, o.status"""


@dataclass(frozen=True, slots=True)
class Run:
    """A run's work on a job; the counts are the job's, which several runs may share. Scheduled runs have their own."""

    run: str
    job: str
    started: datetime
    counts: Counts


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of all jobs together; lists are cut at MOST."""

    runs: tuple[Run, ...]  # the latest first
    counts: Counts
    due: int  # of those that are pending: now
    next_due: datetime | None  # of the others; None: there are none
    failing: tuple[tuple[str, int], ...]  # hosts, and failures since the last answer
    held: tuple[tuple[str, datetime], ...]  # hosts that are left alone, and until when
    links: Mapping[str, Mapping[Status, int]]  # by host: the URLs, by how the last visit of each ended


def standing(path: Path, at: datetime) -> Standing:
    """Where everything stands.

    Raises: LedgerError where there is no ledger or it is damaged; StorageError.
    """
    return asked(path, lambda db: _standing(db, ticks(at)))


def _standing(db: sqlite3.Connection, at: int) -> Standing:
    jobs: dict[str, dict[str, int]] = {}
    for job, state, visits in db.execute(_TALLIES):
        jobs.setdefault(str(job), {})[str(state)] = number(visits)
    whole: dict[str, int] = {}
    for tally in jobs.values():
        for state, visits in tally.items():
            whole[state] = whole.get(state, 0) + visits
    of_run: dict[tuple[str, str], dict[str, int]] = {}
    for run, job, state, visits in db.execute(_SCHEDULED):
        of_run.setdefault((str(run), str(job)), {})[str(state)] = number(visits)
    upcoming = db.execute(_NEXT, (at,)).fetchone()[0]
    return Standing(
        runs=tuple(
            Run(
                str(run),
                str(job),
                time(number(started)),
                _counts(_tally(run, job, jobs, of_run)),
            )
            for run, job, started in db.execute(_RUNS, (MOST,))
        ),
        counts=_counts(whole),
        due=db.execute(_DUE, (at,)).fetchone()[0],
        next_due=None if upcoming is None else time(number(upcoming)),
        failing=tuple((str(name), number(failures)) for name, failures in db.execute(_FAILING, (MOST,))),
        held=tuple((str(name), time(number(until))) for name, until in db.execute(_HELD, (at, MOST))),
        links=_links(db),
    )


def _tally(
    run: str, job: str, jobs: Mapping[str, Mapping[str, int]], of_run: Mapping[tuple[str, str], Mapping[str, int]]
) -> Mapping[str, int]:
    return of_run.get((run, job), {}) if job in {SCHEDULED, REBUILT} else jobs.get(job, {})


def _counts(tally: Mapping[str, int]) -> Counts:
    finished = {status: tally[status] for status in Status if status in tally}
    return Counts(tally.get("waiting", 0), tally.get("leased", 0), finished)


def _links(db: sqlite3.Connection) -> dict[str, dict[Status, int]]:
    links: dict[str, dict[Status, int]] = {}
    for host, status, many in db.execute(_LATEST):
        links.setdefault(str(host), {})[Status(str(status))] = number(many)
    return links
