"""The links that a run did not follow because they are traps, by kind: for its report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crawler.core.traps import REFUSED, kind
from crawler.ledger.asking import asked

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_LINKS = """
    SELECT l.reason, count(DISTINCT l.url) FROM visits v JOIN links l ON l.visit = v.id
    WHERE v.run = ? AND l.reason LIKE ? GROUP BY l.reason"""
_VISITS = """
    SELECT o.reason, count(*) FROM visits v JOIN outcomes o ON o.visit = v.id
    WHERE v.run = ? AND o.status = 'excluded' AND o.reason LIKE ? GROUP BY o.reason"""


def trapped(path: Path, run: str) -> Counter[str]:
    """How many links of each kind of trap ("calendar") the pages of a run had, all processes together.

    Among them those that were found out while they waited to be visited. Reads the links of the whole run once.
    Raises: NoLedgerError, LedgerError, StorageError as `asked`.
    """
    return asked(path, lambda db: _trapped(db, run))


def _trapped(db: sqlite3.Connection, run: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for reason, links in db.execute(_LINKS, (run, f"%not followed: {REFUSED}%")):
        found[kind(str(reason))] += links
    for reason, visits in db.execute(_VISITS, (run, f"{REFUSED}%")):
        found[kind(f"not followed: {reason}")] += visits
    return found
