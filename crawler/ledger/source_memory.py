"""The part of a ledger that serves scheduled runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.ledger import known, sources
from crawler.ledger.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from crawler.core.model import Capture
    from crawler.core.visit import Lease
    from crawler.ledger.known import Known


class SourceMemory(Connection):
    """What outlives a run; every method raises as those of `Ledger`."""

    def take(self, keys: Iterable[str]) -> None:
        """Let these keys, and no others, be taken: a source that names one leads to no visit."""
        with self._writing():
            sources.take(self._db, keys)

    def known(self) -> list[Known]:
        """What is to be visited again, and what cannot be told by posts, by key."""
        with self._reading():
            return list(known.known(self._db))

    def learn(self, found: Iterable[Known], at: datetime) -> None:
        """Know what another ledger of the same posts knew. Raises: UrlError for a seed without a host."""
        with self._writing():
            for each in found:
                known.learn(self._db, each, at)

    def carrier(self, lease: Lease, reason: str) -> Capture | None:
        """The record of the last feed that named the visit's URL for that reason; None: there is none."""
        with self._reading():
            return sources.carrier(self._db, lease.visit, reason)
