"""The names of posts: reserved before they are written, so that two processes never take the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.ledger.rows import storable

if TYPE_CHECKING:
    import sqlite3


def reserve(db: sqlite3.Connection, folded: str, key: str, path: str, digest: str | None) -> bool:
    """Take a name for a key within the caller's transaction. False: another key has it."""
    row = tuple(map(storable, (folded, key, path, digest)))
    db.execute("INSERT INTO names (folded, key, path, digest) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", row)
    found = db.execute("SELECT key, path FROM names WHERE folded = ?", row[:1]).fetchone()
    return bool(found == row[1:3])


def name_of(db: sqlite3.Connection, key: str) -> str | None:
    """The path that was last reserved for a key; None: it has no post."""
    found = db.execute("SELECT path FROM names WHERE key = ? ORDER BY id DESC LIMIT 1", (storable(key),)).fetchone()
    return None if found is None else str(found[0])


def digest_of(db: sqlite3.Connection, path: str) -> str | None:
    """The digest of what was last written there; None: nothing that is known."""
    found = db.execute("SELECT digest FROM names WHERE path = ?", (storable(path),)).fetchone()
    return None if found is None or found[0] is None else str(found[0])
