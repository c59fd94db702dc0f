"""Leases: who visits what until when, and what is left to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.core.model import Status
from crawler.core.visit import Lease
from crawler.ledger.again import EARLIER, earlier
from crawler.ledger.queues import free, next_ready, pace, settle, turns
from crawler.ledger.rows import kind_of, number, one, seed_of, time

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

_EXPIRED = "SELECT id, host, job, priority FROM visits WHERE state = 'leased' AND expires <= ?"
_HELD_BY = "SELECT id, host, job, priority FROM visits WHERE state = 'leased' AND holder = ?"
_PRIORITY = "SELECT priority FROM queues WHERE host = ? AND job = ? AND due <= ? ORDER BY priority DESC LIMIT 1"
_FIRST = f"""
    SELECT v.id, v.run, v.depth, v.attempts, v.kind, v.step, v.source, {EARLIER},
        u.key, coalesce(v.found, u.url), v.via, v.title, v.date, v.author, v.label
    FROM visits v CROSS JOIN urls u ON u.id = v.url LEFT JOIN latest l ON l.url = v.url
    WHERE v.host = ? AND v.job = ? AND v.priority = ? AND v.state = 'waiting' ORDER BY v.due, v.id LIMIT 1"""  # noqa: S608 - our own names
_GRANT = """
    UPDATE visits SET state = 'leased', asking = 1, token = ?, holder = ?, expires = ?, run = ? WHERE id = ?"""
_RETURN = (
    "UPDATE visits SET state = 'waiting', due = coalesce(?, due), attempts = attempts + ?, expires = NULL WHERE id = ?"
)
_HELD = "SELECT expires, host, priority FROM visits WHERE id = ? AND token = ? AND state = 'leased'"


@dataclass(frozen=True, slots=True)
class Counts:
    """The visits of a job."""

    pending: int  # waiting, whenever they are due
    leased: int
    finished: Mapping[Status, int]  # a status that did not occur is absent


@dataclass(frozen=True, slots=True)
class Wish:
    """What a holder asks for; times in microseconds."""

    holder: str
    jobs: Sequence[str]
    at: int
    most: int
    at_once: tuple[int, int]  # visits of a host, and of one whose robots.txt is not known
    delay: int  # between two visits of a host
    expires: int
    run: str | None = None  # under which the visits are made; None: under which they were added


def lease(db: sqlite3.Connection, wish: Wish) -> list[Lease]:
    """Visits of free hosts that are due, host by host in turn, within the caller's transaction."""
    _take_back(db, wish.at)
    leases: list[Lease] = []
    while len(leases) < wish.most:
        hosts = turns(db, wish.jobs, wish.at, wish.at_once, wish.most - len(leases))
        if not hosts:
            break
        tokens = _tokens(db, len(hosts))
        leases += [_granted(db, wish, token, host, job) for token, (host, job) in zip(tokens, hosts, strict=True)]
    return leases


def _granted(db: sqlite3.Connection, wish: Wish, token: int, host: int, job: str) -> Lease:
    """The first visit in a queue that has one due."""
    priority = number(one(db, _PRIORITY, (host, job, wish.at))[0])
    visit, run, depth, attempts, kind, step, source, *rest = one(db, _FIRST, (host, job, priority))
    run = wish.run or str(run)
    db.execute(_GRANT, (token, wish.holder, wish.expires, run, visit))
    settle(db, host, job, priority)
    pace(db, host, at=wish.at, delay=wish.delay, token=token)
    return Lease(
        token,
        number(visit),
        seed_of(rest[6:]),
        job,
        run,
        number(depth),
        number(attempts),
        time(wish.expires),
        kind_of(kind),
        number(step),
        None if source is None else str(source),
        earlier(rest[:6]),
    )


def _tokens(db: sqlite3.Connection, many: int) -> range:
    """So many numbers that were never given before."""
    last = number(one(db, "SELECT value FROM meta WHERE name = 'token'", ())[0])
    db.execute("UPDATE meta SET value = ? WHERE name = 'token'", (last + many,))
    return range(last + 1, last + many + 1)


def _take_back(db: sqlite3.Connection, at: int) -> None:
    """Let visits whose holder is late wait again: it died, or it is too slow to be trusted with them."""
    _all_back(db, db.execute(_EXPIRED, (at,)).fetchall(), at)


def take_back_from(db: sqlite3.Connection, holders: Iterable[str], at: int | None) -> int:
    """Let the visits of holders that are known to be dead wait again, as attempts that were made. How many."""
    return sum(_all_back(db, db.execute(_HELD_BY, (holder,)).fetchall(), at) for holder in holders)


def _all_back(db: sqlite3.Connection, found: Sequence[tuple[int, int, str, int]], at: int | None) -> int:
    """Behind what waits already: the one among them that their holder died of does not stand in the others' way."""
    for visit, host, job, priority in found:
        free(db, visit)
        db.execute(_RETURN, (at, 1, visit))
        settle(db, host, job, priority)
    return len(found)


def holders(db: sqlite3.Connection) -> list[str]:
    """Who holds leases."""
    return [str(name) for (name,) in db.execute("SELECT DISTINCT holder FROM visits WHERE state = 'leased'")]


def give_back(db: sqlite3.Connection, lease: Lease, *, due: int, attempted: bool) -> int | None:
    """Let a visit wait again; its host. None: the lease is another's by now, nothing changed."""
    found = db.execute(_HELD, (lease.visit, lease.token)).fetchone()
    if found is None:
        return None
    _, host, priority = found
    free(db, lease.visit)
    db.execute(_RETURN, (due, attempted, lease.visit))
    settle(db, host, lease.job, priority)
    return int(host)


def answered(db: sqlite3.Connection, lease: Lease) -> None:
    """Note that the host of a visit has answered; nothing where the lease is another's by now."""
    if db.execute(_HELD, (lease.visit, lease.token)).fetchone():
        free(db, lease.visit)


def unfinished_run(db: sqlite3.Connection, job: str) -> str | None:
    """The run of a visit of the job that waits or is leased; None: the job has none."""
    leased = "SELECT run FROM visits WHERE state = 'leased' AND job = ? LIMIT 1"
    waiting = """
        SELECT v.run FROM queues q JOIN visits v ON v.host = q.host AND v.job = q.job AND v.priority = q.priority
        WHERE q.job = ? AND v.state = 'waiting' LIMIT 1"""
    found = db.execute(leased, (job,)).fetchone() or db.execute(waiting, (job,)).fetchone()
    return None if found is None else str(found[0])


def is_held(db: sqlite3.Connection, lease: Lease, at: int) -> bool:
    """Whether a lease is still its holder's: not expired, not given to another."""
    found = db.execute(_HELD, (lease.visit, lease.token)).fetchone()
    return found is not None and number(found[0]) > at


def renew(db: sqlite3.Connection, lease: Lease, expires: int) -> None:
    """Let a lease that is held last until then."""
    db.execute("UPDATE visits SET expires = ? WHERE id = ?", (expires, lease.visit))


def next_due(db: sqlite3.Connection, jobs: Sequence[str]) -> int | None:
    """When a visit can next be leased, if only because its lease expires. None: nothing waits, nothing is leased."""
    query = "SELECT min(expires) FROM visits WHERE state = 'leased' AND job = ?"
    times = [row[0] for job in jobs for row in db.execute(query, (job,))]
    return min((at for at in (*times, next_ready(db, jobs)) if at is not None), default=None)


def counts(db: sqlite3.Connection, job: str) -> Counts:
    """The visits of a job by what became of them."""
    visits: dict[str, int] = dict(db.execute("SELECT state, visits FROM tallies WHERE job = ? AND visits > 0", (job,)))
    pending, leased = visits.pop("waiting", 0), visits.pop("leased", 0)
    return Counts(pending, leased, {status: visits[status] for status in Status if status in visits})
