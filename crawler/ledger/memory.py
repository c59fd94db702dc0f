"""What the ledger remembers, for those who only look: nothing is written, not beside it either."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Self

from crawler.core.model import Status
from crawler.ledger.database import check_kind, version
from crawler.ledger.errors import reported
from crawler.ledger.rows import number, storable, time

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_BUSY_TIMEOUT_S = 30.0
_ENDED_WELL = ", ".join(f"'{status}'" for status in (Status.ARCHIVED, Status.UNCHANGED, Status.UPDATED))
_CAPTURED = f"""
    SELECT max(o.at) FROM urls u JOIN visits v ON v.url = u.id JOIN outcomes o ON o.visit = v.id
    WHERE u.key = ? AND v.state = 'done' AND o.status IN ({_ENDED_WELL})"""  # noqa: S608 - our own words


class Memory:
    """A ledger that is there, read alone. A process opens it once, and one thread at a time calls it.

    Opening it and every method raise StorageError where the disk refuses, LedgerError where the file is wrong.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # Opened `mode=ro`, SQLite leaves a log and its index beside a file that has none; where there is no log nobody
        # holds the ledger, and it is read as if it could not change.
        mode = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"
        with reported(path):
            self._db = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", timeout=_BUSY_TIMEOUT_S, uri=True)
            try:
                self._db.execute("PRAGMA cell_size_check = ON")
                check_kind(self._db, path)
                version(self._db, path)
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def captured(self, key: str) -> datetime | None:
        """When the URL of a key was last archived, updated or found unchanged; None: never."""
        with reported(self._path):
            (at,) = self._db.execute(_CAPTURED, (storable(key),)).fetchone()
            return None if at is None else time(number(at))
