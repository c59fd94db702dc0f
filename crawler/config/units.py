"""What a value of crawl.yaml may be: a time span, a size, a URL, a path."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ByteSize, Field, WithJsonSchema

from crawler.core import urls
from crawler.core.errors import UrlError

LONGEST = timedelta(days=3650)  # a longer span is a slip of the pen, and would overflow calendars

_SPAN = re.compile(r"(\d{1,9}) ?([smhdw])", re.ASCII)
_ISO = re.compile(
    r"P(?=.)(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?", re.ASCII
)
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_SIZE_IN_SCHEMA = r"^\d{1,15}(\.\d{1,9})? ?([kKmMgGtTpP]?[iI]?[bB])?$"  # which knows no flags
_SIZE = re.compile(r"\d{1,15}(?:\.\d{1,9})? ?(?:[kmgtp]?i?b)?", re.ASCII | re.IGNORECASE)


def _span(value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    text = value if isinstance(value, str) else ""
    if found := _SPAN.fullmatch(text):
        seconds = int(found[1]) * _SECONDS[found[2]]
    elif found := _ISO.fullmatch(text):
        seconds = sum(int(many or 0) * _SECONDS[unit] for many, unit in zip(found.groups(), "wdhms", strict=True))
    else:
        raise ValueError(f"a time span is a number and a unit (s, m, h, d or w), as in 30d; not {value!r:.60}")
    if not 0 < seconds <= LONGEST.total_seconds():
        raise ValueError(f"a time span lies between 1s and {LONGEST.days}d; not {value!r:.60}")
    return timedelta(seconds=seconds)


def _size(value: object) -> object:
    if isinstance(value, str) and _SIZE.fullmatch(value):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**60:
        return value
    raise ValueError(f"a size is a number of bytes or has a unit, as in 500MB or 1GiB; not {value!r:.60}")


def _url(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("needs a URL, written in full, as in https://example.org/rss.xml")
    try:
        urls.wire(value)
    except UrlError as err:
        raise ValueError(str(err)) from err
    return value


def _place(value: object) -> Path:
    if isinstance(value, str | Path) and str(value) and "\0" not in str(value):
        return Path(value)
    raise ValueError("needs a path, of a file or a folder")


Span = Annotated[
    timedelta,
    BeforeValidator(_span),
    WithJsonSchema({"type": "string", "pattern": rf"^(?:{_SPAN.pattern}|{_ISO.pattern})$"}),
]
"""A number and a unit (`30d`), or an ISO 8601 duration without years and months (`P30D`, `PT1H`)."""

Size = Annotated[
    ByteSize,
    BeforeValidator(_size),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": _SIZE_IN_SCHEMA}]}),
]
"""Bytes; MB are a million, MiB 1024 times 1024."""

Url = Annotated[str, BeforeValidator(_url), WithJsonSchema({"type": "string", "pattern": "^[hH][tT][tT][pP][sS]?:"})]
"""As found; one that can be requested."""

Place = Annotated[
    Path, Field(strict=False), BeforeValidator(_place), WithJsonSchema({"type": "string", "minLength": 1})
]
"""In crawl.yaml relative to its folder; `~/` is the home folder."""
