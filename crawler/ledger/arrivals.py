"""Seeds on their way in: each key once, and not again where it has been visited."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.model import Status
from crawler.core.visit import PLAIN, FoundLink
from crawler.ledger.queues import settle
from crawler.ledger.rows import seed_row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from crawler.core.model import Seed
    from crawler.core.visit import Entry, Kind

_CHUNK = 500  # rows a transaction: some 20 ms, in which other processes wait

_ARRIVE = """
    INSERT INTO arrivals (key, url, via, title, date, author, label, host, reason, follow, kind)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_HOSTS = "INSERT INTO hosts (name) SELECT DISTINCT host FROM arrivals WHERE true ON CONFLICT DO NOTHING"
_URLS = "INSERT INTO urls (key, url) SELECT key, url FROM arrivals WHERE true ORDER BY n ON CONFLICT DO NOTHING"
_ENDED_WELL = ", ".join(f"'{status}'" for status in (Status.ARCHIVED, Status.UNCHANGED, Status.UPDATED))
# A source is visited by every run, whatever came of it; an article not where it, or what was led to it, ended well.
_VISITS = f"""
    INSERT INTO visits (url, host, run, job, due, priority, depth, kind, source, found, via, title, date, author, label)
    SELECT u.id, h.id, :run, :job, :due, :priority, :depth - (a.kind <> 'article'), a.kind, :source,
        nullif(a.url, u.url), via, title, date, author, label
    FROM arrivals a JOIN urls u ON u.key = a.key JOIN hosts h ON h.name = a.host
    WHERE a.follow AND (:again OR (
        NOT EXISTS (
            SELECT 1 FROM visits v JOIN outcomes o ON o.visit = v.id
            WHERE v.url = u.id AND v.state = 'done'
            AND (v.run = :run OR (a.kind = 'article' AND o.status IN ({_ENDED_WELL}))))
        AND NOT (:sparing AND a.kind = 'article' AND (
            EXISTS (SELECT 1 FROM taken t WHERE t.key = a.key) OR EXISTS (
                SELECT 1 FROM aliases l JOIN urls m ON m.key = l.key JOIN visits v ON v.url = m.id
                JOIN outcomes o ON o.visit = v.id
                WHERE l.alias = a.key AND v.state = 'done' AND o.status IN ({_ENDED_WELL}))))))
    ORDER BY a.n ON CONFLICT DO NOTHING"""  # noqa: S608 - our own words; the conflict: an unfinished visit of the job
_ARRIVED_AT = "SELECT DISTINCT h.id FROM arrivals a JOIN hosts h ON h.name = a.host"


@dataclass(frozen=True, slots=True)
class Added:
    """How many seeds became visits, and how many were known."""

    new: int
    known: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What the visits of one call have in common; times in microseconds."""

    run: str
    job: str
    due: int
    priority: int
    depth: int  # of articles; sources that are named lie one step before them
    again: bool
    entry: Entry = PLAIN


def chunks(seeds: Iterable[Seed], kind: Kind) -> Iterator[list[FoundLink]]:
    """Seeds to follow, a transaction's worth at a time, drawn as they come."""
    source = (FoundLink(seed, "", follow=True, kind=kind) for seed in seeds)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def begin(db: sqlite3.Connection, run: str, job: str, at: int) -> None:
    """Note that a run works on a job, since when."""
    db.execute("INSERT OR IGNORE INTO runs VALUES (?, ?, ?)", (run, job, at))


def take_in(db: sqlite3.Connection, found: Sequence[FoundLink], terms: Terms) -> int:
    """Know the URLs, and make visits of those to follow, within the caller's transaction. How many visits.

    Raises: UrlError for a seed whose URL has no host.

    A key has one unfinished visit a job. Unless `again`, one that once ended well is left alone, and so is one
    that this run has visited, however it ended: a dead link on a thousand pages is asked for once.
    The rows stay in `arrivals` until the next call.
    """
    db.execute("DELETE FROM arrivals")
    # The host by the URL that will be asked for, not by the key, which may be longer than a URL can be.
    rows = ((*seed_row(link.seed), urls.host(link.seed.url), link.reason, link.follow, link.kind) for link in found)
    db.executemany(_ARRIVE, rows)
    db.execute(_HOSTS)
    db.execute(_URLS)
    values = {name: getattr(terms, name) for name in Terms.__slots__ if name != "entry"}
    values |= {"source": terms.entry.source, "sparing": terms.entry.sparing}
    new = db.execute(_VISITS, values).rowcount
    if new:
        for (host,) in db.execute(_ARRIVED_AT).fetchall():
            settle(db, host, terms.job, terms.priority)
    return new
