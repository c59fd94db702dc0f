"""Text → aware UTC. What cannot be read is None, never a guess; a day alone is midnight UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from htmldate import find_date
from lxml.etree import XPath

from crawler.core import sites

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

EARLIEST, LATEST = 1990, 2100  # years: before there was a web, and a bound that does not ask the clock
MAX_CHARACTERS = 64
MAX_LINES = 12  # pieces of text under a headline where its date line is looked for
_LATEST_DAY = datetime(LATEST, 1, 1, tzinfo=UTC)
_AFTER_HEADLINE = XPath("(//h1)[1]/following::text()[normalize-space() and not(parent::script or parent::style)]")
_ZONE = r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?"
_WRITTEN = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?"
    r"(?:[T\s,]*(?P<hour>\d{1,2})[:：](?P<minute>\d\d)(?:[:：](?P<second>\d\d))?(?:\.\d+)?" + _ZONE + ")?",
    re.IGNORECASE,
)


def moment(text: str, url: str) -> datetime | None:
    """The time a text states: ISO 8601, RFC 2822, or year-month-day in digits as in `2024年7月26日 11:38`.

    A time of day without a zone is in the zone that sites.yaml has for the URL, else UTC.
    """
    text = text.strip()[:MAX_CHARACTERS]
    for reading in (_iso, _mail, _written):
        found = reading(text)
        if found is not None:
            return _utc(found, url)
    return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None


def _written(text: str) -> datetime | None:
    found = _WRITTEN.search(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(found[name] or 0) for name in list(found.re.groupindex)[:6])
    try:
        zone = datetime.strptime(found["zone"], "%z").tzinfo if found["zone"] not in {None, "UTC", "GMT"} else None
        return datetime(year, month, day, hour, minute, second, tzinfo=zone or (UTC if found["zone"] else None))
    except ValueError:
        return None


def _utc(found: datetime, url: str) -> datetime | None:
    if not EARLIEST <= found.year < LATEST:
        return None
    if found.tzinfo is None:
        entry = sites.site(url)
        day_alone = found.time() == found.min.time()
        found = found.replace(tzinfo=UTC if entry is None or day_alone else ZoneInfo(entry.zone))
    try:
        return found.astimezone(UTC)
    except OverflowError:
        return None


def first_moment(texts: Iterable[str], url: str) -> datetime | None:
    """The first text that can be read."""
    return next((found for text in texts if (found := moment(text, url)) is not None), None)


def searched(root: HtmlElement, url: str) -> datetime | None:
    """The last resort: a date in digits just under the headline, or the day that htmldate finds.

    Not its extensive search: that asks dateparser, which asks the clock ("yesterday") and takes seconds to load.
    """
    after = _AFTER_HEADLINE(root)
    pieces = after[:MAX_LINES] if isinstance(after, list) else []
    written = _WRITTEN.search(" ".join(map(str, pieces)))
    if written is not None:
        return moment(written[0], url)
    day = find_date(root, url=url, original_date=True, extensive_search=False, max_date=_LATEST_DAY)
    return moment(day, url) if day else None
