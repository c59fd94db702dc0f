"""How long a host asks to be left alone: Retry-After in seconds or as a date (RFC 9110 §10.2.3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.http import Response

MAX_WAIT = timedelta(hours=1)  # what is asked for beyond is a mistake of theirs, or ours to visit another day
_ASKS = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_MAX_DIGITS = 9


def asked_to_wait(response: Response) -> bytes | None:
    """The Retry-After of a 429 or 503 as sent; None: it has none."""
    return response.headers.get(b"Retry-After") if response.status in _ASKS else None


def wait_until(response: Response, at: datetime) -> datetime | None:
    """When the host may be asked again, at most an hour from `at`; None: it did not say, or not readably."""
    asked = asked_to_wait(response)
    until = asked and _time(asked.decode("latin-1").strip(), at)
    return min(max(until, at), at + MAX_WAIT) if until else None


def _time(asked: str, at: datetime) -> datetime | None:
    if asked.isascii() and asked.isdigit():
        return at + (timedelta(seconds=int(asked)) if len(asked) <= _MAX_DIGITS else MAX_WAIT)
    try:
        found = parsedate_to_datetime(asked)
    except (ValueError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
