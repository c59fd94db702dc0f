"""A ledger that is open: what its facade stands on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from crawler.ledger.database import opened, transaction
from crawler.ledger.errors import reported

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Connection:
    """One file; a context manager. What SQLite raises within comes out as StorageError or LedgerError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = opened(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def settle(self) -> None:
        """Take the log into the file: closing does that too, but keeps to itself that the disk failed.

        Raises: StorageError, LedgerError.
        """
        with self._reading():
            self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """End the connection. Leases stay: their holder may be another process, or come back."""
        with reported(self._path):
            self._db.close()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with reported(self._path):
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with reported(self._path), transaction(self._db):
            yield
