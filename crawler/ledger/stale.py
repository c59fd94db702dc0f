"""Leases whose holders are no more: given back at once, where the next `lease` would wait until they expire."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from crawler.ledger.database import opened, transaction
from crawler.ledger.errors import reported
from crawler.ledger.queues import settle
from crawler.ledger.rows import ticks

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

_LEASED = "SELECT id, host, job, priority, holder, expires FROM visits WHERE state = 'leased'"
_RETURN = "UPDATE visits SET state = 'waiting', attempts = attempts + 1, expires = NULL WHERE id = ?"  # as an expiry
_FREE = "UPDATE hosts SET active = active - 1 WHERE id = ?"


def take_back(db: sqlite3.Connection, alive: Collection[str], at: int) -> int:
    """Let visits wait again whose holder is not alive, or whose lease is over, within the caller's transaction.

    It counts as an attempt: a page that kills its reader must not be tried for ever. How many.
    """
    late = [row for row in db.execute(_LEASED) if row[4] not in alive or row[5] <= at]
    for visit, host, job, priority, *_ in late:
        db.execute(_RETURN, (visit,))
        db.execute(_FREE, (host,))
        settle(db, host, job, priority)
    return len(late)


def returned(path: Path, alive: Collection[str], at: datetime) -> int:
    """`take_back` in the ledger at a path.

    Raises: LedgerError, StorageError.
    """
    with reported(path), closing(opened(path)) as db, transaction(db):
        return take_back(db, alive, ticks(at))
