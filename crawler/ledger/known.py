"""What must outlive a ledger that is thrown away: when URLs are visited, and what their answers are compared with.

Left out is what the posts tell by themselves: an article that is archived, has no other address and is not visited
again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.core.model import Seed, Status
from crawler.core.visit import SCHEDULED, Earlier, Entry, FoundLink, Kind, Next
from crawler.ledger import site_memory
from crawler.ledger.again import AGAIN, EARLIER, earlier, keep
from crawler.ledger.arrivals import Terms, begin, take_in
from crawler.ledger.queues import settle
from crawler.ledger.rows import kind_of, number, one, seed_of, storable, ticks, time

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from crawler.ledger.rows import Value

RUN = "known"  # of visits that only a state file tells of
MAX_ALIASES = 20  # of one URL; a site that redirects to an address of its own each time has no end of them

_SEED = "u.key, coalesce(v.found, u.url), v.via, v.title, v.date, v.author, v.label"
_LAST = f"SELECT max(id) AS visit FROM visits WHERE job = '{SCHEDULED}' GROUP BY url"  # noqa: S608 - our own word
# A visit that waits was added after the one that ended, so the last of a URL tells whether it is to be visited again.
_KNOWN = f"""
    SELECT {_SEED}, v.kind, v.source, v.depth, v.state, v.due, v.step, {EARLIER}, (
        SELECT o.status || ' ' || o.at FROM visits d JOIN outcomes o ON o.visit = d.id
        WHERE d.url = v.url AND d.job = v.job AND d.state = 'done' ORDER BY d.id DESC LIMIT 1),
        r.cut, r.site, r.title, r.blocks
    FROM ({_LAST}) JOIN visits v ON v.id = visit JOIN urls u ON u.id = v.url LEFT JOIN latest l ON l.url = u.id
    LEFT JOIN readings r ON r.url = u.id
    ORDER BY u.key"""  # noqa: S608 - as above
_ALIASES = "SELECT alias FROM aliases WHERE key = ? ORDER BY alias LIMIT ?"
# A visit that a post or an archive tells of does not count: that it was the last one they do not tell.
_ENDED = f"SELECT 1 FROM visits WHERE url = ? AND job = '{SCHEDULED}' AND state = 'done' LIMIT 1"  # noqa: S608 - as above
_VISIT = """
    INSERT INTO visits (url, host, run, job, state, due, priority, depth, kind, step, source, found,
        via, title, date, author, label)
    SELECT u.id, h.id, :run, :job, :state, :due, :priority, :depth, a.kind, :step, :source, nullif(a.url, u.url),
        a.via, a.title, a.date, a.author, a.label
    FROM arrivals a JOIN urls u ON u.key = a.key JOIN hosts h ON h.name = a.host
    WHERE true ON CONFLICT DO NOTHING"""


@dataclass(frozen=True, slots=True)
class Known:
    """One URL."""

    seed: Seed
    kind: Kind
    source: str | None
    depth: int
    ended: tuple[Status, datetime] | None  # the last visit; None: none has ended
    next: Next | None
    latest: Earlier | None
    aliases: tuple[str, ...] = ()  # further keys of what the URL leads to: a source that names one names this
    cut: tuple[str, ...] = ()  # hints that decided what was cut of its page
    remembered: site_memory.Remembered | None = None  # None: it is none of the pages that its site is known by


def known(db: sqlite3.Connection) -> Iterator[Known]:
    """Everything that is to be kept, by key."""
    for row in db.execute(_KNOWN):
        found = _known(row, tuple(str(alias) for (alias,) in db.execute(_ALIASES, (row[0], MAX_ALIASES))))
        is_told = found.ended is not None and found.ended[0] in {Status.ARCHIVED, Status.UPDATED, Status.UNCHANGED}
        is_article = found.kind is Kind.ARTICLE
        if found.next is not None or not is_told or (found.aliases if is_article else found.latest):
            yield found


def _known(row: Sequence[Value], aliases: tuple[str, ...]) -> Known:
    kind, source, depth, state, due, step = row[7:13]
    status, _, at = str(row[19] or "").partition(" ")
    return Known(
        seed_of(row[:7]),
        kind_of(kind),
        None if source is None else str(source),
        number(depth),
        (Status(status), time(int(at))) if status else None,
        None if state == "done" else Next(time(number(due)), number(step)),
        earlier(row[13:19]),
        aliases,
        tuple(str(row[20] or "").split()),
        site_memory.Remembered(str(row[21]), str(row[22]), tuple(str(row[23]).split())) if row[23] else None,
    )


def learn(db: sqlite3.Connection, found: Known, at: datetime) -> None:
    """Keep it within the caller's transaction; a visit that is on record already is not made twice.

    Raises: UrlError for a seed whose URL has no host.
    """
    begin(db, RUN, SCHEDULED, ticks(at))
    link = FoundLink(found.seed, "", follow=False, kind=found.kind)
    take_in(db, [link], Terms(RUN, SCHEDULED, 0, 0, 0, again=False, entry=Entry(found.kind)))
    url, host = _place(db)
    terms: dict[str, Value] = {"run": RUN, "job": SCHEDULED, "depth": found.depth, "source": storable(found.source)}
    if found.ended and not db.execute(_ENDED, (url,)).fetchone():
        _end(db, terms, *found.ended, storable(found.seed.title))
    if found.next:
        due = {"state": "waiting", "due": ticks(found.next.at), "priority": AGAIN, "step": found.next.step}
        db.execute(_VISIT, terms | due)
        settle(db, host, SCHEDULED, AGAIN)
    if found.latest:
        keep(db, url, found.latest)
    if found.remembered:
        site_memory.remember(db, url, found.remembered)
    if found.cut:
        site_memory.keep(db, url, found.cut)
    aliases = [(storable(alias), storable(found.seed.key)) for alias in found.aliases[:MAX_ALIASES]]
    db.executemany("INSERT OR IGNORE INTO aliases VALUES (?, ?)", aliases)


def _end(db: sqlite3.Connection, terms: dict[str, Value], status: Status, at: datetime, title: str | None) -> None:
    """A visit that has ended. It is leased first: what counts visits is told of those that end, not of those that did.

    None where the URL has a visit that waits, as a later line than this may tell.
    """
    added = db.execute(_VISIT, terms | {"state": "leased", "due": ticks(at), "priority": 0, "step": 0})
    if not added.rowcount:
        return
    visit = added.lastrowid
    db.execute("UPDATE visits SET state = 'done' WHERE id = ?", (visit,))
    outcome = (visit, status, "as the state file tells", ticks(at), None, title, None, None)
    db.execute("INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?)", outcome)


def _place(db: sqlite3.Connection) -> tuple[int, int]:
    """The URL and the host of what has just been taken in."""
    query = "SELECT u.id, h.id FROM arrivals a JOIN urls u ON u.key = a.key JOIN hosts h ON h.name = a.host"
    url, host = map(number, one(db, query, ()))
    return url, host
