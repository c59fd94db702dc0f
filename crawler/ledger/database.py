"""The one connection of a process: opened, brought to this version's schema, and its transactions."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.core.errors import LedgerError, StorageError
from crawler.ledger.errors import damaged, reported
from crawler.ledger.schema import APPLICATION_ID, ARRIVALS, KEY_VERSION, MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BUSY_TIMEOUT_S = 30.0  # a colleague's bulk add holds the lock for some 20 ms at a time
_WAL_TRIES = 20
_PRAGMAS = (
    "PRAGMA synchronous = NORMAL",  # a power cut may undo the last commits and damages nothing: work is repeated
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
    # A checkpoint waits for the disk, and the call that meets it waits too: at the default of 1000 pages that was one
    # lease in a hundred (p99 3.6 ms); at 8000, 32 MiB of log, it is one in a thousand.
    "PRAGMA wal_autocheckpoint = 8000",
    "PRAGMA cache_size = -32768",  # KiB
)


def opened(path: Path) -> sqlite3.Connection:
    """A connection to the ledger at a path, made where there is none, migrated where it is older.

    Raises: LedgerError, StorageError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise StorageError(f"cannot make {path.parent}: {err.strerror}; choose another output folder") from err
    with reported(path):
        # One thread at a time is the caller's promise; it need not be the one that opened.
        db = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
        try:
            _prepare(db, path)
        except BaseException:
            db.close()
            raise
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    check_kind(db, path)
    _use_wal(db)
    for pragma in _PRAGMAS:
        db.execute(pragma)
    with transaction(db):  # others may open the same new file: one of us makes the tables
        _migrate(db, path)
    db.execute(ARRIVALS)


def check_kind(db: sqlite3.Connection, path: Path) -> None:
    """Raises: LedgerError where a file with tables is another program's."""
    # In this order: another process may make both just now, in one transaction; whoever sees its tables sees its id.
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (kind,) = db.execute("PRAGMA application_id").fetchone()
    if tables and kind != APPLICATION_ID:
        raise LedgerError(f"{path} is a database, but no ledger of Permapress; choose another output folder")


def _use_wal(db: sqlite3.Connection) -> None:
    """Switch to write-ahead logging.

    SQLite answers "locked" at once, without its busy timeout, where another process is switching too; an empty
    transaction does wait for that one.
    """
    for _ in range(_WAL_TRIES - 1):
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as err:
            if err.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            with transaction(db):
                pass
        else:
            return
    db.execute("PRAGMA journal_mode = WAL")


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        schema = 0
    else:
        schema = version(db, path)
    if schema == len(MIGRATIONS):
        return
    for statements in MIGRATIONS[schema:]:
        for statement in statements:
            db.execute(statement)
    db.execute("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", (len(MIGRATIONS),))


def version(db: sqlite3.Connection, path: Path) -> int:
    """The schema version of a file that has tables. Raises: LedgerError where it is newer than we are, or none."""
    meta: dict[str, object] = dict(db.execute("SELECT name, value FROM meta"))
    schema, keys = meta.get("schema"), meta.get("keys")
    if not isinstance(schema, int) or not isinstance(keys, int) or schema < 1:
        raise damaged(path, "it states no version")
    if schema > len(MIGRATIONS) or keys > KEY_VERSION:
        raise LedgerError(
            f"the ledger {path} was made by a newer Permapress (schema {schema}, keys {keys}; "
            f"this one knows {len(MIGRATIONS)} and {KEY_VERSION}); upgrade, or choose another output folder",
        )
    return schema


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing. Takes the write lock at once: a lock taken later fails where another was quicker."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # SQLite has rolled back by itself where the disk was full
            db.execute("ROLLBACK")
        raise
