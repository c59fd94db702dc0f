"""How a visit ended: everything about it in one transaction, and only by who holds the lease."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Status
from crawler.core.visit import SCHEDULED, Entry, Kind
from crawler.ledger import again
from crawler.ledger.arrivals import Terms, take_in
from crawler.ledger.frontier import is_held
from crawler.ledger.queues import free
from crawler.ledger.rows import number, one, storable, ticks
from crawler.ledger.site_memory import learn

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from crawler.core.model import Capture
    from crawler.core.visit import Finish, Outcome

_OUTCOME = "INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_CAPTURE = "INSERT INTO captures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_LINKS = """
    INSERT INTO links SELECT :visit, u.id, a.reason FROM arrivals a JOIN urls u ON u.key = a.key
    WHERE :all OR EXISTS (
        SELECT 1 FROM visits v WHERE v.url = u.id AND v.job = :job AND v.state <> 'done' AND v.step <= 0)
    ORDER BY a.n ON CONFLICT DO NOTHING"""
_ALIAS = "INSERT OR IGNORE INTO aliases VALUES (?, ?)"
# Our own decision not to ask says nothing of the host.
_HOST = """
    UPDATE hosts SET failures = CASE ? WHEN 'failed' THEN failures + 1 WHEN 'excluded' THEN failures ELSE 0 END
    WHERE id = (SELECT host FROM visits WHERE id = ?)"""


def finish(db: sqlite3.Connection, end: Finish, at: int) -> bool:
    """Record an end within the caller's transaction. False: the lease is no longer held, nothing is recorded."""
    lease, outcome = end.lease, end.outcome
    if not is_held(db, lease, at):
        return False
    free(db, lease.visit)
    db.execute("UPDATE visits SET state = 'done', expires = NULL WHERE id = ?", (lease.visit,))
    db.execute(_OUTCOME, _outcome_row(end))
    db.execute(_HOST, (outcome.status, lease.visit))
    record_captures(db, lease.visit, end.captures)
    aliases = {storable(key) for key in (*end.aliases, *_redirected(outcome))} - {lease.seed.key}
    db.executemany(_ALIAS, [(alias, lease.seed.key) for alias in sorted(filter(None, aliases))])
    if outcome.post is not None and end.post_digest is not None:
        db.execute("UPDATE names SET digest = ? WHERE path = ?", (end.post_digest, storable(outcome.post)))
    if end.links:
        _record_links(db, end, at)
    if end.said is not None:
        learn(db, number(one(db, "SELECT url FROM visits WHERE id = ?", (lease.visit,))[0]), end.said)
    again.plan(db, end)
    return True


def record_captures(db: sqlite3.Connection, visit: int, captures: Sequence[Capture]) -> None:
    """Note what lies in the archive of a visit's attempts."""
    db.executemany(_CAPTURE, [_capture_row(visit, capture) for capture in captures])


def _record_links(db: sqlite3.Connection, end: Finish, at: int) -> None:
    """Of what a source names only what is still to be read: a sitemap names the same fifty thousand URLs every hour."""
    lease, is_scheduled = end.lease, end.lease.job == SCHEDULED
    priority = number(one(db, "SELECT priority FROM visits WHERE id = ?", (lease.visit,))[0])
    terms = Terms(
        lease.run,
        lease.job,
        at,
        0 if is_scheduled else priority,
        lease.depth + 1,
        again=False,
        entry=Entry(source=lease.source, sparing=is_scheduled),
    )
    take_in(db, end.links, terms)
    db.execute(_LINKS, {"visit": lease.visit, "all": lease.kind is Kind.ARTICLE, "job": lease.job})


def _redirected(outcome: Outcome) -> tuple[str, ...]:
    """The key of where the visit was led; none where it was led nowhere that has one."""
    try:
        return () if outcome.final_url is None else (urls.key(outcome.final_url),)
    except UrlError:
        return ()


def _outcome_row(end: Finish) -> tuple[str | int | None, ...]:
    outcome = end.outcome
    texts = (storable(text) for text in (outcome.final_url, outcome.title, outcome.post))
    return (
        end.lease.visit,
        Status(outcome.status),
        storable(outcome.reason),
        ticks(outcome.at),
        *texts,
        end.post_digest,
    )


def _capture_row(visit: int, capture: Capture) -> tuple[str | int | None, ...]:
    return (
        visit,
        storable(capture.url),
        capture.file,
        capture.offset,
        capture.length,
        capture.record_id,
        ticks(capture.date),
        capture.status,
        capture.block_digest,
        capture.payload_digest,
        capture.truncated,
    )
