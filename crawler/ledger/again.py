"""What a visit leaves for the next one of its URL: when that is, and the answer that it is compared with."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.core.model import Status
from crawler.core.visit import Earlier
from crawler.ledger.queues import settle
from crawler.ledger.rows import number, one, storable, ticks, time

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from crawler.core.visit import Finish
    from crawler.ledger.rows import Value

AGAIN = -1  # priority: what was never visited goes first
BREAKS_AT = 5  # failures of a host in a row, after which its visits are put off
FIRST_BREAK, LONGEST_BREAK = timedelta(hours=1), timedelta(days=1)

EARLIER = "l.answered, l.record_id, l.date, l.payload_digest, l.etag, l.modified"  # as `earlier` takes them

_LATEST = """
    INSERT INTO latest VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET answered = excluded.answered, record_id = excluded.record_id, date = excluded.date,
        payload_digest = excluded.payload_digest, etag = excluded.etag, modified = excluded.modified"""
_NEXT = f"""
    INSERT INTO visits (url, host, run, job, due, priority, depth, kind, step, source, found,
        via, title, date, author, label)
    SELECT url, host, run, job, ?, {AGAIN}, depth, kind, ?, source, found, via, title, date, author, label
    FROM visits WHERE id = ? ON CONFLICT DO NOTHING"""  # noqa: S608 - our own number
_PLACE = "SELECT v.host, h.failures FROM visits v JOIN hosts h ON h.id = v.host WHERE v.id = ?"
_PUT_OFF = "UPDATE visits SET due = max(due, ?) WHERE host = ? AND job = ? AND state = 'waiting'"
_QUEUES = "SELECT DISTINCT priority FROM queues WHERE host = ? AND job = ?"


def plan(db: sqlite3.Connection, end: Finish) -> None:
    """Keep what the next visit needs, and let it wait for its time, within the caller's transaction.

    Where the host failed too often in a row, all that waits there for the same job is put off, the longer the oftener:
    one visit that comes anew finds out whether it is back.
    """
    visit, job = end.lease.visit, end.lease.job
    if end.latest is not None:
        keep(db, number(one(db, "SELECT url FROM visits WHERE id = ?", (visit,))[0]), end.latest)
    if end.next is None:
        return
    db.execute(_NEXT, (ticks(end.next.at), end.next.step, visit))
    host, failures = map(number, one(db, _PLACE, (visit,)))
    if end.outcome.status is Status.FAILED and failures >= BREAKS_AT:
        pause = min(FIRST_BREAK * 2 ** min(failures - BREAKS_AT, 10), LONGEST_BREAK)
        db.execute(_PUT_OFF, (ticks(end.outcome.at + pause), host, job))
    priorities = {AGAIN, *(number(row[0]) for row in db.execute(_QUEUES, (host, job)))}
    for priority in priorities:
        settle(db, host, job, priority)


def keep(db: sqlite3.Connection, url: int, found: Earlier) -> None:
    """Let this be the answer that the next one of the URL is compared with."""
    texts = (storable(found.payload_digest), storable(found.etag), storable(found.modified))
    db.execute(_LATEST, (url, storable(found.url), storable(found.record_id), ticks(found.date), *texts))


def earlier(row: Sequence[Value]) -> Earlier | None:
    """The answer that a row of EARLIER tells of; None: there is none."""
    answered, record_id, date, *rest = row
    if answered is None:
        return None
    texts = [None if text is None else str(text) for text in rest]
    return Earlier(str(answered), str(record_id), time(number(date)), *texts)
