"""Whether a ledger's file is whole: its pages, its references, its values, and the tables derived from others."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING

from crawler.core.errors import LedgerError
from crawler.ledger.asking import asked
from crawler.ledger.schema import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_FAULTS = 10  # each costs a line; one is enough for the verdict

_TYPES = {"INTEGER": ("integer", "null"), "TEXT": ("text", "null")}
_TALLIED = """
    SELECT job, state, count(*) FROM visits WHERE state <> 'done' GROUP BY job, state UNION ALL
    SELECT job, status, count(*) FROM outcomes JOIN visits ON id = visit GROUP BY job, status"""
_TALLIES = "SELECT job, state, visits FROM tallies WHERE visits <> 0"
_QUEUED = "SELECT host, job, priority, min(due) FROM visits WHERE state = 'waiting' GROUP BY host, job, priority"
_QUEUES = "SELECT host, job, priority, due FROM queues"
_ENDLESS = """
    SELECT count(*) FROM visits LEFT JOIN outcomes ON visit = id
    WHERE (state = 'done') <> (visit IS NOT NULL) OR state NOT IN ('waiting', 'leased', 'done')"""


def faults(path: Path) -> list[str]:
    """What is wrong with a ledger, MAX_FAULTS at most; empty: it is whole. SQLite keeps no checksums of values.

    Raises: StorageError where it may not be read.
    """
    try:
        return asked(path, lambda db: list(_faults(db)))
    except LedgerError as err:
        return [str(err)]


def _faults(db: sqlite3.Connection) -> Iterator[str]:
    if _schema(db) != _schema_of(db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()[0]):
        yield "its tables are not those of its version"
        return
    found = [row[0] for row in db.execute(f"PRAGMA integrity_check({MAX_FAULTS})")]
    if found != ["ok"]:
        yield from (line for fault in found for line in str(fault).splitlines()[:MAX_FAULTS])
        return
    for table, row, *_ in db.execute("PRAGMA foreign_key_check").fetchmany(MAX_FAULTS):
        yield f"{table}, row {row}: what it belongs to is not there"
    for table in sorted(name for kind, name, *_ in _schema(db) if kind == "table"):
        yield from _wrong_values(db, table)
    for derived, source in ((_TALLIES, _TALLIED), (_QUEUES, _QUEUED)):
        if set(db.execute(derived)) != set(db.execute(source)):
            yield f"{'tallies' if derived is _TALLIES else 'queues'} and visits do not agree"
    if lost := db.execute(_ENDLESS).fetchone()[0]:
        yield f"{lost} visits in a state that their outcomes contradict"


def _schema(db: sqlite3.Connection) -> set[tuple[str, ...]]:
    return set(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))


def _schema_of(version: int) -> set[tuple[str, ...]]:
    """What a new ledger of that version has: a flipped byte in a trigger's text is no damage to SQLite."""
    with closing(sqlite3.connect(":memory:")) as new:
        for statement in chain(*MIGRATIONS[:version]):
            new.execute(statement)
        return _schema(new)


def _wrong_values(db: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [(str(name), str(kind)) for _, name, kind, *_ in db.execute(f"PRAGMA table_info({table})")]
    right = " AND ".join(f'typeof("{name}") IN {_TYPES[kind]}' for name, kind in columns)
    texts = "||'|'||".join(["''", *(f"coalesce(\"{name}\", '')" for name, kind in columns if kind == "TEXT")])
    # Our own names. The texts are fetched, in one piece for speed: only then is one that is no UTF-8 told.
    wrong = sum(not is_right for is_right, _ in db.execute(f"SELECT {right}, {texts} FROM {table}"))  # noqa: S608
    if wrong:
        yield f"{table}: {wrong} rows hold values of another type"
