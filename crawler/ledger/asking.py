"""A ledger looked at and not touched: nothing is written, no file is made beside it, no run is kept waiting.

A file that nobody has open is read as `immutable`: with `mode=ro` alone SQLite makes a log and an index beside it,
and leaves them there, or fails where the folder may not be written. Where a log is in use, it is read through that.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

from crawler.core.errors import NoLedgerError
from crawler.ledger.database import check_kind, version
from crawler.ledger.errors import damaged, reported

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_T = TypeVar("_T")

_BUSY_TIMEOUT_S = 30.0
_PRAGMAS = (
    "PRAGMA query_only = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",  # KiB
)


def asked(path: Path, ask: Callable[[sqlite3.Connection], _T]) -> _T:
    """What `ask` finds in the ledger, all of it as it stood at one moment.

    Raises: NoLedgerError; LedgerError where it is damaged; StorageError where it may not be read.
    """
    if not path.is_file():
        raise NoLedgerError(f"no ledger at {path}; name an output folder of permapress, or make it: verify --rebuild")
    with reported(path):
        while (before := _at_rest(path)) is not None:
            try:
                answer = _answer(path, "immutable=1", ask)
            except sqlite3.Error:
                if _at_rest(path) == before:
                    raise
                continue  # a run began under our eyes
            if _at_rest(path) == before:
                return answer
        return _answer(path, "mode=ro", ask)


def _at_rest(path: Path) -> tuple[int, int, int] | None:
    """What changes with the file's content; None: a process has it open, or one that died left its log."""
    log, index = (path.with_name(f"{path.name}-{end}") for end in ("wal", "shm"))
    if index.exists() or (log.exists() and log.stat().st_size):
        return None
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _answer(path: Path, mode: str, ask: Callable[[sqlite3.Connection], _T]) -> _T:
    uri = f"{path.absolute().as_uri()}?{mode}"
    with closing(sqlite3.connect(uri, timeout=_BUSY_TIMEOUT_S, isolation_level=None, uri=True)) as db:
        for pragma in _PRAGMAS:
            db.execute(pragma)
        db.execute("BEGIN")
        check_kind(db, path)
        if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise damaged(path, "it is empty")
        version(db, path)
        try:
            return ask(db)
        except UnicodeDecodeError:
            raise
        except ValueError as err:  # a status, say, that we never put there
            raise sqlite3.DatabaseError(str(err)) from err
