"""A ledger written anew from what is known of the past: visits that have ended, and the names of posts.

Each past visit takes the road of a living one, lease and `finish`, so that the same rules make the same rows.
What no archive tells is not made up: what was waiting, when a host may be asked again, who pointed at a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.core.visit import Finish, FoundLink, Lease
from crawler.ledger import known, names, outcomes
from crawler.ledger.arrivals import Terms, begin, take_in
from crawler.ledger.database import opened
from crawler.ledger.errors import reported
from crawler.ledger.rows import number, one, storable, ticks, time
from crawler.ledger.site_memory import keep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from crawler.core.model import Capture, Seed
    from crawler.core.visit import Outcome
    from crawler.ledger.known import Known

JOB = "rebuilt"  # of visits whose own job nothing tells

_BATCH = 1_000  # calls a transaction
_HOLDER = "rebuild"
_VISIT = """
    INSERT INTO visits (url, host, run, job, state, due, priority, depth, attempts, token, holder, expires, found,
        via, title, date, author, label)
    SELECT u.id, h.id, :run, :job, 'leased', :at, 0, 0, 0, 0, :holder, :expires, nullif(a.url, u.url),
        via, title, date, author, label
    FROM arrivals a JOIN urls u ON u.key = a.key JOIN hosts h ON h.name = a.host"""
_ENDED_AS = """
    SELECT o.visit, o.post, o.post_digest FROM urls u JOIN visits v ON v.url = u.id AND v.state = 'done'
    JOIN outcomes o ON o.visit = v.id WHERE u.key = ? ORDER BY o.at DESC, o.visit DESC"""
_CAPTURED = """
    SELECT 1 FROM urls u JOIN visits v ON v.url = u.id AND v.state = 'done' JOIN captures c ON c.visit = v.id
    WHERE u.key = ? AND c.record_id = ?"""
_LINKS = """
    INSERT INTO links SELECT ?, u.id, a.reason FROM arrivals a JOIN urls u ON u.key = a.key
    WHERE true ON CONFLICT DO NOTHING"""


class Rebuild:
    """The rows of a ledger that is not in its place yet: a kill costs the file, and nothing else.

    Every method raises StorageError, LedgerError as those of `Ledger`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = opened(path)
        with reported(path):
            self._db.execute("PRAGMA synchronous = OFF")  # whoever puts it in its place syncs it before
            self._db.execute("BEGIN IMMEDIATE")
        self._calls = 0

    def close(self) -> None:
        """End the connection; without `commit` what came last is lost."""
        with reported(self._path):
            self._db.close()

    def commit(self) -> None:
        """Keep all that was added."""
        with reported(self._path):
            self._db.execute("COMMIT")
            self._db.execute("BEGIN IMMEDIATE")

    def _one_more(self) -> None:
        self._calls += 1
        if self._calls % _BATCH == 0:
            self.commit()

    def visited(
        self,
        run: str,
        started: datetime,
        seed: Seed,
        outcome: Outcome,
        captures: Sequence[Capture] = (),
        *,
        post_digest: str | None = None,
        cut: Sequence[str] = (),
    ) -> None:
        """Add a visit that has ended; of one URL in the order in which they did. `cut`: the hints of its reading.

        Raises: UrlError for a seed whose URL has no host.
        """
        at = ticks(outcome.at)
        with reported(self._path):
            begin(self._db, run, JOB, ticks(started))
            self._known(seed, at, run)
            terms = {"run": run, "job": JOB, "at": at, "holder": _HOLDER, "expires": at + 1}
            visit = self._db.execute(_VISIT, terms).lastrowid or 0
            lease = Lease(0, visit, seed, JOB, run, 0, 0, time(at + 1))
            end = Finish(lease, outcome, tuple(captures), post_digest=post_digest)
            outcomes.finish(self._db, end, at)
            if cut:
                keep(self._db, number(one(self._db, "SELECT url FROM visits WHERE id = ?", (visit,))[0]), cut)
        self._one_more()

    def _known(self, seed: Seed, at: int, run: str = "", reason: str = "") -> None:
        terms = Terms(run, JOB, at, 0, 0, again=False)
        take_in(self._db, [FoundLink(seed, reason, follow=False)], terms)

    def named(self, folded: str, key: str, path: str, digest: str | None) -> None:
        """Keep a post's name for a key, whoever had it; it is the key's last. Two of one `folded` are both kept."""
        row = (storable(path),)
        with reported(self._path):
            self._db.execute("DELETE FROM names WHERE path = ?", row)
            if not names.reserve(self._db, folded, key, path, digest):
                names.reserve(self._db, f"{folded}\0{path}", key, path, digest)
        self._one_more()

    def name_of(self, key: str) -> str | None:
        """The path of a key's post, as far as it was told; None: it has none."""
        with reported(self._path):
            return names.name_of(self._db, key)

    def seen(self, seed: Seed, at: datetime) -> None:
        """Know a URL that was not visited as far as anything tells.

        Raises: UrlError for a seed whose URL has no host.
        """
        with reported(self._path):
            self._known(seed, ticks(at))
        self._one_more()

    def learn(self, found: Iterable[Known], at: datetime) -> None:
        """Know what another ledger of the same posts knew: after all visits that have ended.

        Raises: UrlError for a seed whose URL has no host.
        """
        with reported(self._path):
            for each in found:
                known.learn(self._db, each, at)

    def linked(self, key: str, links: Sequence[FoundLink], at: datetime) -> None:
        """Add links of a key's last visit; nothing where it has none."""
        with reported(self._path):
            found = self._db.execute(_ENDED_AS, (storable(key),)).fetchone()
            if found is not None and links:
                take_in(self._db, links, Terms("", JOB, ticks(at), 0, 0, again=False))
                self._db.execute(_LINKS, (found[0],))
        self._one_more()

    def digests(self, key: str) -> dict[str, list[str]]:
        """What visits of a key wrote, newest first, by path; every path that one of them tells of is there."""
        written: dict[str, list[str]] = {}
        with reported(self._path):
            for _, post, digest in self._db.execute(_ENDED_AS, (storable(key),)):
                if post is not None and digest is not None:
                    written.setdefault(str(post), []).append(str(digest))
        return written

    def knows(self, key: str, record_id: str) -> bool:
        """Whether a visit of the key captured that record."""
        with reported(self._path):
            return self._db.execute(_CAPTURED, (storable(key), record_id)).fetchone() is not None

    def counted(self) -> tuple[int, int]:
        """How many visits and names there are."""
        with reported(self._path):
            queries = ("SELECT count(*) FROM outcomes", "SELECT count(*) FROM names")
            visits, posts = (number(one(self._db, query, ())[0]) for query in queries)
        return visits, posts
