"""What sites say over and over, learned from the last pages of each; and what was cut of a page, to be cut again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.core import memory, urls
from crawler.core.errors import UrlError
from crawler.core.model import Status
from crawler.ledger.connection import Connection
from crawler.ledger.rows import storable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from crawler.core.visit import Said

MAX_SITES = 32  # whose counts are kept

_ALIKE = """
    SELECT id, blocks FROM readings
    WHERE blocks <> '' AND site = :site AND (blocks = :blocks OR (title = :title AND title <> ''))"""
_FORGET = "UPDATE readings SET blocks = '', title = '' WHERE id = ?"
_OLD = """
    UPDATE readings SET blocks = '', title = '' WHERE blocks <> '' AND site = :site AND id <= (
        SELECT id FROM readings WHERE blocks <> '' AND site = :site ORDER BY id DESC LIMIT 1 OFFSET :pages)"""
_EMPTY = "DELETE FROM readings WHERE site = :site AND blocks = '' AND cut = ''"
_ADD = "INSERT OR REPLACE INTO readings (url, site, title, blocks, cut) VALUES (:url, :site, :title, :blocks, :cut)"
_KEEP = """
    INSERT INTO readings (url, site, title, blocks, cut) VALUES (?, '', '', '', ?)
    ON CONFLICT DO UPDATE SET cut = excluded.cut"""
_REMEMBER = "INSERT OR IGNORE INTO readings (url, site, title, blocks, cut) VALUES (?, ?, ?, ?, '')"
_PAGES = "SELECT blocks FROM readings WHERE blocks <> '' AND site = ? ORDER BY id"
_PAGE = "SELECT r.blocks, r.cut FROM readings r JOIN urls u ON u.id = r.url WHERE u.key = ?"
_READ = ", ".join(f"'{status}'" for status in (Status.ARCHIVED, Status.UNCHANGED, Status.UPDATED))
_WAS_READ = f"""
    SELECT 1 FROM urls u JOIN visits v ON v.url = u.id AND v.state = 'done' JOIN outcomes o ON o.visit = v.id
    WHERE u.key = ? AND o.status IN ({_READ}) LIMIT 1"""  # noqa: S608 - our own words


_ARTICLES = f"""
    SELECT u.url FROM outcomes o JOIN visits v ON v.id = o.visit JOIN urls u ON u.id = v.url
    WHERE o.status IN ({_READ}) ORDER BY o.visit DESC LIMIT ?"""  # noqa: S608 - as above


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a page said, as a state file tells it."""

    site: str  # registered domain
    title: str
    blocks: tuple[str, ...]  # fingerprints


class SiteMemory(Connection):
    """The part of the ledger that knows sites by what their pages repeat."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._sites = _Sites()

    def articles(self, most: int) -> list[str]:
        """The URLs of the visits that gave an article, the latest `most` of them."""
        with self._reading():
            return [str(url) for (url,) in self._db.execute(_ARTICLES, (most,))]

    def boilerplate(self, url: str, key: str) -> tuple[str, ...]:
        """The hints for a reading of the page at `url`, which is visited under `key`: what its site is known to say.

        A page that was read before is read as then, or its post would change though the page did not: what was cut
        is cut again, and of what came to be known since only what the page did not say.
        """
        with self._reading():
            found = self._db.execute(_PAGE, (storable(key),)).fetchone()
            if found is None:
                was_read = self._db.execute(_WAS_READ, (storable(key),)).fetchone()
                return () if was_read else self._sites.known(self._db, url)
            own, cut = set(str(found[0]).split()), set(str(found[1]).split())
            since = (
                hint for hint in (self._sites.known(self._db, url) if own else ()) if memory.blocks([hint]).keys() - own
            )
            return tuple(sorted(cut.union(since)))


def learn(db: sqlite3.Connection, url: int, said: Said) -> None:
    """Keep what a page said, within the caller's transaction. `url`: its row in `urls`.

    Pages of one title, or that say the same, are one article under several addresses: the last one counts.
    """
    try:
        site = urls.domain(said.url)
    except UrlError:
        return
    values = {
        "url": url,
        "site": site,
        "title": storable(said.title),
        "blocks": " ".join(said.blocks),
        "cut": " ".join(memory.naming(said.cut)),
        "pages": memory.MAX_PAGES,
    }
    for row, blocks in db.execute(_ALIKE, values).fetchall():
        if memory.is_same(said.blocks, str(blocks).split()):
            db.execute(_FORGET, (row,))
    for query in (_ADD, _OLD, _EMPTY):
        db.execute(query, values)


def keep(db: sqlite3.Connection, url: int, cut: Iterable[str]) -> None:
    """Have the next reading of a page cut the same, within the caller's transaction. `url` as in `learn`."""
    db.execute(_KEEP, (url, " ".join(memory.naming(cut))))


def remember(db: sqlite3.Connection, url: int, told: Remembered) -> None:
    """Keep what a state file tells of a page, within the caller's transaction, unless it was read here."""
    row = (url, storable(told.site), storable(told.title), " ".join(told.blocks))
    db.execute(_REMEMBER, row)
    db.execute(_OLD, {"site": row[1], "pages": memory.MAX_PAGES})


class _Sites:
    """What sites are known to say, counted anew only for pages that came or went: a tenth of the time."""

    def __init__(self) -> None:
        self._counts: dict[str, _Count] = {}

    def known(self, db: sqlite3.Connection, url: str) -> tuple[str, ...]:
        try:
            site = urls.domain(url)
        except UrlError:
            return ()
        count = self._counts.pop(site, None) or _Count()
        self._counts[site] = count  # the latest last
        if len(self._counts) > MAX_SITES:
            del self._counts[next(iter(self._counts))]
        return count.of({str(blocks) for (blocks,) in db.execute(_PAGES, (site,))})


class _Count:
    def __init__(self) -> None:
        self._pages: set[str] = set()
        self._said: Counter[str] = Counter()
        self._known: tuple[str, ...] = ()

    def of(self, pages: set[str]) -> tuple[str, ...]:
        """What pages, each given by its fingerprints in a row, let be known."""
        if pages != self._pages:
            for page in pages - self._pages:
                self._said.update(set(page.split()))
            if gone := self._pages - pages:
                for page in gone:
                    self._said.subtract(set(page.split()))
                self._said = +self._said
            self._pages, self._known = pages, memory.counted(self._said, len(pages))
        return self._known
