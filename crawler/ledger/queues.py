"""Whose turn it is: the waiting visits by host, the hosts in the order in which they may be asked."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from crawler.ledger.rows import one

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_FIRST_DUE = """
    SELECT due FROM visits WHERE host = ? AND job = ? AND priority = ? AND state = 'waiting' ORDER BY due LIMIT 1"""
_SETTLE = """
    INSERT INTO queues (host, job, priority, due, ready_at)
        SELECT id, :job, :priority, :due, max(:due, next_at, hold_until) FROM hosts WHERE id = :host
    ON CONFLICT DO UPDATE SET due = excluded.due, ready_at = excluded.ready_at"""
_TURNS = """
    SELECT q.ready_at, q.turn, q.host, q.job FROM queues q CROSS JOIN hosts h ON h.id = q.host
    WHERE q.job = ? AND q.ready_at <= ? AND h.active < iif(h.known > ?, ?, ?) ORDER BY q.ready_at, q.turn LIMIT ?"""
_PACE = "UPDATE hosts SET active = active + 1, next_at = ? + max(?, delay) WHERE id = ? RETURNING next_at"
_PACE_QUEUES = "UPDATE queues SET ready_at = max(due, ?), turn = ? WHERE host = ?"
_ANSWERED = """
    UPDATE hosts SET active = active - 1 WHERE id = (SELECT host FROM visits WHERE id = ? AND asking = 1)"""
_HOLD = "UPDATE hosts SET hold_until = max(hold_until, ?) WHERE id = ?"
_SLOW_DOWN = """
    UPDATE hosts SET delay = slowest, known = ?, next_at = max(next_at, ? + slowest)
    FROM (SELECT max(delay) AS slowest FROM robots WHERE host = ?) WHERE id = ? RETURNING next_at"""
_HOLD_QUEUES = "UPDATE queues SET ready_at = max(ready_at, ?) WHERE host = ?"


def settle(db: sqlite3.Connection, host: int, job: str, priority: int) -> None:
    """Make a queue say what the visits say. Called after every change of which visits wait."""
    first = db.execute(_FIRST_DUE, (host, job, priority)).fetchone()
    if first is None:
        db.execute("DELETE FROM queues WHERE host = ? AND job = ? AND priority = ?", (host, job, priority))
    else:
        db.execute(_SETTLE, {"host": host, "job": job, "priority": priority, "due": first[0]})


def turns(
    db: sqlite3.Connection, jobs: Sequence[str], at: int, at_once: tuple[int, int], most: int
) -> list[tuple[int, str]]:
    """Free hosts that have a visit due, the longest waiting first, each once: (host, job). Empty: there is none.

    Of a host with several jobs due the job that is named first goes first. `at_once`: visits of a host, and
    of one whose robots.txt is not known: it may ask for a pace that visits under way already would not keep.
    """
    ready = [row for job in jobs for row in db.execute(_TURNS, (job, at, at, *at_once, most))]
    ready.sort(key=itemgetter(0, 1, 2))
    first: dict[int, str] = {}
    for _, _, host, job in ready:
        first.setdefault(host, job)
    return list(first.items())[:most]


def pace(db: sqlite3.Connection, host: int, *, at: int, delay: int, token: int) -> None:
    """Note that a host is being asked, and when it may be asked again: after our delay, or its own."""
    (next_at,) = one(db, _PACE, (at, delay, host))
    db.execute(_PACE_QUEUES, (next_at, token, host))


def slow_down(db: sqlite3.Connection, host: int, *, at: int, known: int) -> None:
    """Take the pace over that the host's robots.txt ask for; the visit that had it asked for is made now."""
    (next_at,) = one(db, _SLOW_DOWN, (known, at, host, host))
    db.execute(_HOLD_QUEUES, (next_at, host))


def free(db: sqlite3.Connection, visit: int) -> None:
    """Note that a visit asks its host for nothing any more; a second time changes nothing."""
    db.execute(_ANSWERED, (visit,))
    db.execute("UPDATE visits SET asking = 0 WHERE id = ?", (visit,))


def hold(db: sqlite3.Connection, host: int, until: int) -> None:
    """Leave a host alone; a hold is never shortened."""
    db.execute(_HOLD, (until, host))
    db.execute(_HOLD_QUEUES, (until, host))


def next_ready(db: sqlite3.Connection, jobs: Sequence[str]) -> int | None:
    """When the next host is free and has a visit due; None: no visit waits."""
    query = "SELECT min(ready_at) FROM queues WHERE job = ?"
    return min((at for job in jobs for (at,) in db.execute(query, (job,)) if at is not None), default=None)
