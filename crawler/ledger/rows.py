"""Between the model and the columns: times, texts, seeds.

A value that we never put there raises sqlite3.DatabaseError, as SQLite itself does for a damaged file.
"""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.core.model import Seed
from crawler.core.visit import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_SURROGATES = re.compile("[\ud800-\udfff]")

Value = str | int | None
Row = tuple[Value, ...]


def one(db: sqlite3.Connection, query: str, values: Sequence[Value]) -> Sequence[Value]:
    """The row that must be there."""
    if (row := db.execute(query, values).fetchone()) is None:
        raise sqlite3.DatabaseError(f"a row is missing for {values!r:.200}")
    return tuple(row)


def number(value: Value) -> int:
    """The number that must be there."""
    if not isinstance(value, int):
        raise sqlite3.DatabaseError(f"{value!r:.200} is no number")
    return value


def kind_of(value: Value) -> Kind:
    """The kind of a visit."""
    try:
        return Kind(str(value))
    except ValueError as err:
        raise sqlite3.DatabaseError(f"{value!r:.200} is no kind of visit") from err


def ticks(time: datetime) -> int:
    """Microseconds since 1970 of an aware time."""
    return (time - _EPOCH) // _TICK


def ticks_of(seconds: float) -> int:
    """Microseconds of a duration."""
    return timedelta(seconds=seconds) // _TICK


def time(at: int) -> datetime:
    """The time of a number of microseconds since 1970, in UTC."""
    try:
        return _EPOCH + at * _TICK
    except (OverflowError, TypeError) as err:
        raise sqlite3.DatabaseError(f"{at!r} is no time") from err


def storable(text: str | None) -> str | None:
    """A text as SQLite takes it: lone surrogates, which no UTF-8 holds, become U+FFFD."""
    return None if text is None else _SURROGATES.sub("\ufffd", text)


def seed_row(seed: Seed) -> Row:
    """Key, url, via, title, date, author, label."""
    date = None if seed.date is None else ticks(seed.date)
    texts = map(storable, (seed.key, seed.url, seed.via, seed.title))
    return (*texts, date, storable(seed.author), storable(seed.label))


def seed_of(row: Sequence[Value]) -> Seed:
    """The seed of such a row."""
    key, url, via, title, date, author, label = row
    if not isinstance(key, str) or not isinstance(url, str) or not isinstance(date, int | None):
        raise sqlite3.DatabaseError(f"no seed is {row!r:.200}")
    texts = (None if text is None else str(text) for text in (via, title, author, label))
    via, title, author, label = texts
    return Seed(url, key, via, title, None if date is None else time(date), author, label)
