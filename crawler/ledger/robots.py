"""What sites' robots.txt say, kept across runs and processes, and the pace that they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.robots import RobotsAnswer
from crawler.ledger.connection import Connection
from crawler.ledger.queues import slow_down
from crawler.ledger.rows import number, one, storable, ticks, ticks_of, time

if TYPE_CHECKING:
    from datetime import datetime

_SECOND = 1_000_000
_HOST = "SELECT id FROM hosts WHERE name = ?"
_FOUND = "SELECT asked, rules, unreachable, delay FROM robots WHERE site = ?"
_KEEP = """
    INSERT INTO robots (site, host, asked, rules, unreachable, delay) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET asked = excluded.asked, rules = excluded.rules, unreachable = excluded.unreachable,
        delay = excluded.delay"""


class RobotsMemory(Connection):
    """The part of the ledger that knows what sites allow."""

    def robots(self, site: str, at: datetime) -> RobotsAnswer | None:
        """What holds for a site ("https://example.org:8443") at that time; None: it is to be asked."""
        with self._reading():
            row = self._db.execute(_FOUND, (storable(site),)).fetchone()
            if row is None:
                return None
            rules = tuple(str(row[1]).split("\n")) if row[1] else ()
            answer = RobotsAnswer(time(number(row[0])), rules, str(row[2]), number(row[3]) / _SECOND)
        return answer if answer.holds(at) else None

    def keep_robots(self, site: str, answer: RobotsAnswer) -> None:
        """Keep what a site said, and have its host asked no faster than it wishes, from now on.

        Of several sites of one host (http and https, ports) the longest delay counts.
        Raises: UrlError for a site that has no host.
        """
        name, asked = urls.host(site), ticks(answer.asked)
        rules, unreachable = "\n".join(answer.rules), answer.unreachable
        with self._writing():
            self._db.execute("INSERT INTO hosts (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
            host = number(one(self._db, _HOST, (name,))[0])
            values = (storable(site), host, asked, storable(rules), storable(unreachable), ticks_of(answer.delay_s))
            self._db.execute(_KEEP, values)
            slow_down(self._db, host, at=asked, known=ticks(answer.until))
