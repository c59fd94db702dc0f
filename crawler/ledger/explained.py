"""What the ledger knows of one URL, read without a trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.ledger.asking import asked
from crawler.ledger.past import visits
from crawler.ledger.rows import number, time

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

    from crawler.ledger.past import Visit
    from crawler.ledger.rows import Value

MOST = 100  # visits, links, aliases: a home page is linked to from every page of its site
_NEAR = 8

_POINTERS = """
    SELECT p.key, l.reason FROM urls u JOIN links l ON l.url = u.id JOIN visits v ON v.id = l.visit
    JOIN urls p ON p.id = v.url WHERE u.key = ? ORDER BY l.visit LIMIT ?"""
_HOST = "SELECT name, next_at, hold_until, active, failures FROM hosts WHERE name = ?"
_NEIGHBOURS = "SELECT key FROM urls WHERE key = ? OR (key >= ? AND key < ?) ORDER BY key LIMIT ?"


@dataclass(frozen=True, slots=True)
class Host:
    """How a host is treated."""

    name: str
    next_at: datetime
    hold_until: datetime
    active: int
    failures: int


@dataclass(frozen=True, slots=True)
class Explained:
    """All of it; lists are cut at MOST, the latest first where they have an order."""

    asked: str  # the key of the URL that was asked for
    key: str  # the key that was visited: of a redirect's end, that of its beginning
    url: str | None  # as first found; None: it is not known
    led_here: tuple[str, ...]  # keys that were led to the one asked for, or name it as canonical
    aliases: tuple[str, ...]  # keys that this one was led to
    pointers: tuple[tuple[str, str], ...]  # key of a page that links to it, and the link's reason
    visits: tuple[Visit, ...]
    posts: tuple[tuple[str, str | None], ...]  # path, digest of what we wrote there
    host: Host | None
    near: tuple[str, ...]  # known keys that differ little; only where this one is not known

    @property
    def is_known(self) -> bool:
        """Whether anything is known of it but neighbours."""
        return self.url is not None or bool(self.posts)


def explained(path: Path, url: str) -> Explained:
    """What is known of a URL, or of the one whose visit was led to it.

    Raises: UrlError; LedgerError where there is no ledger or it is damaged; StorageError.
    """
    key = urls.key(url)
    return asked(path, lambda db: _explained(db, key))


def _explained(db: sqlite3.Connection, key: str) -> Explained:
    led_here = _column(db, "SELECT key FROM aliases WHERE alias = ? ORDER BY key LIMIT ?", key, MOST)
    visited = key if not led_here or _url(db, key) is not None else led_here[0]
    url = _url(db, visited)
    posts = db.execute("SELECT path, digest FROM names WHERE key = ? ORDER BY id DESC LIMIT ?", (visited, MOST))
    return Explained(
        asked=key,
        key=visited,
        url=url,
        led_here=led_here,
        aliases=_column(db, "SELECT alias FROM aliases WHERE key = ? ORDER BY alias LIMIT ?", visited, MOST),
        pointers=tuple((str(page), str(reason)) for page, reason in db.execute(_POINTERS, (visited, MOST))),
        visits=visits(db, visited, MOST),
        posts=tuple((str(name), None if digest is None else str(digest)) for name, digest in posts),
        host=_host(db, urls.host(visited)),
        near=() if url is not None else _near(db, key),
    )


def _column(db: sqlite3.Connection, query: str, *values: Value) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in db.execute(query, values))


def _url(db: sqlite3.Connection, key: str) -> str | None:
    return next(iter(_column(db, "SELECT url FROM urls WHERE key = ?", key)), None)


def _host(db: sqlite3.Connection, name: str) -> Host | None:
    row = db.execute(_HOST, (name,)).fetchone()
    return row and Host(str(row[0]), time(number(row[1])), time(number(row[2])), number(row[3]), number(row[4]))


def _near(db: sqlite3.Connection, key: str) -> tuple[str, ...]:
    """The same host and path, with another scheme, `www.`, slash at the end, or query."""
    rest = key.partition("?")[0].partition("://")[2].removeprefix("www.").rstrip("/")
    found: dict[str, None] = {}
    for start in (f"{scheme}://{www}" for scheme in ("https", "http") for www in ("", "www.")):
        for page in (f"{start}{rest}", f"{start}{rest}/"):
            found |= dict.fromkeys(_column(db, _NEIGHBOURS, page, f"{page}?", f"{page}@", _NEAR))
    return tuple(found)[:_NEAR]
