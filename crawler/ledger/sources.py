"""What a ledger tells and is told of sources: what they may not name any more, and which of them carries a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.core.visit import Kind
from crawler.ledger.past import captures

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from crawler.core.model import Capture

# Where a post is there, it stays: the feed's text is no better.
_CARRIER = f"""
    SELECT f.id FROM visits v JOIN links l ON l.url = v.url JOIN visits f ON f.id = l.visit
    WHERE v.id = ? AND f.kind = '{Kind.FEED}' AND l.reason = ?
    AND NOT EXISTS (SELECT 1 FROM urls u JOIN names n ON n.key = u.key WHERE u.id = v.url)
    ORDER BY f.id DESC LIMIT 1"""  # noqa: S608 - our own word


def take(db: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Let these keys be the ones that are taken, within the caller's transaction."""
    db.execute("DELETE FROM taken")
    db.executemany("INSERT OR IGNORE INTO taken VALUES (?)", ((key,) for key in keys))


def carrier(db: sqlite3.Connection, visit: int, reason: str) -> Capture | None:
    """The last feed that named the visit's URL for that reason; None: none did."""
    found = db.execute(_CARRIER, (visit, reason)).fetchone()
    return next(reversed(captures(db, found[0])), None) if found else None
