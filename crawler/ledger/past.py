"""The visits of one URL as they lie in the ledger: to come, under way, ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.core.model import Capture, Ending, Status
from crawler.core.visit import Outcome
from crawler.ledger.rows import number, seed_of, time

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from crawler.core.model import Seed
    from crawler.ledger.rows import Value

_VISITS = """
    SELECT v.id, v.run, v.job, v.state, v.due, v.depth, v.attempts, v.holder, v.expires,
        u.key, coalesce(v.found, u.url), v.via, v.title, v.date, v.author, v.label,
        o.status, o.reason, o.at, o.final_url, o.title, o.post, o.post_digest
    FROM urls u JOIN visits v ON v.url = u.id LEFT JOIN outcomes o ON o.visit = v.id
    WHERE u.key = ? AND v.state {} 'done' ORDER BY v.id DESC LIMIT ?"""
_CAPTURES = """
    SELECT url, file, offset, length, record_id, date, status, block_digest, payload_digest, truncated
    FROM captures WHERE visit = ? ORDER BY rowid"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit, whether it is to come or has ended."""

    run: str
    job: str
    state: str  # waiting, leased, done
    seed: Seed
    due: datetime
    depth: int
    attempts: int
    holder: str | None  # the last; None: never leased
    expires: datetime | None  # of the lease; None: it is not leased
    outcome: Outcome | None  # None: it has not ended
    post_digest: str | None
    captures: tuple[Capture, ...]


def visits(db: sqlite3.Connection, key: str, most: int) -> tuple[Visit, ...]:
    """Those to come first, then those that have ended, the latest first: each kind has its index."""
    found = [row for kind in ("<>", "=") for row in db.execute(_VISITS.format(kind), (key, most))]
    return tuple(_visit(db, row) for row in found[:most])


def _visit(db: sqlite3.Connection, row: Sequence[Value]) -> Visit:
    visit, run, job, state, due, depth, attempts, holder, expires = row[:9]
    seed, status, post_digest = seed_of(row[9:16]), row[16], row[22]
    found = captures(db, visit)
    return Visit(
        run=str(run),
        job=str(job),
        state=str(state),
        seed=seed,
        due=time(number(due)),
        depth=number(depth),
        attempts=number(attempts),
        holder=_text(holder),
        expires=None if expires is None else time(number(expires)),
        outcome=None if status is None else _outcome(seed, row[16:22], found),
        post_digest=_text(post_digest),
        captures=found,
    )


def captures(db: sqlite3.Connection, visit: Value) -> tuple[Capture, ...]:
    """What lies in the archive of a visit's attempts, in order."""
    return tuple(_capture(each) for each in db.execute(_CAPTURES, (visit,)))


def _outcome(seed: Seed, row: Sequence[Value], captures: Sequence[Capture]) -> Outcome:
    status, reason, at, final_url, title, post = row
    last = captures[-1] if captures else None
    return Outcome(
        url=seed.url,
        status=Status(str(status)),
        reason=str(reason),
        at=time(number(at)),
        final_url=_text(final_url),
        title=_text(title),
        post=_text(post),
        capture=last,
        via=seed.via,
    )


def _capture(row: Sequence[Value]) -> Capture:
    url, file, offset, length, record_id, date, status, block_digest, payload_digest, truncated = row
    return Capture(
        url=str(url),
        file=str(file),
        offset=number(offset),
        length=number(length),
        record_id=str(record_id),
        date=time(number(date)),
        status=None if status is None else number(status),
        block_digest=str(block_digest),
        payload_digest=_text(payload_digest),
        truncated=None if truncated is None else Ending(str(truncated)),
    )


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
