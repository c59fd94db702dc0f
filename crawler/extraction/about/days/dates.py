"""When a page says that it was published: structured data, its URL, what it shows. No guess, and no clock is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawler.core import dates, sites
from crawler.core.date_words import month
from crawler.extraction.about.days.dateline import shown
from crawler.extraction.about.days.day_numbers import has_short_year, is_ordered, month_first, whole_year
from crawler.extraction.about.days.for_machines import stated_in
from crawler.extraction.about.days.state import published_in
from crawler.extraction.about.site_names import parted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from crawler.extraction.about.lines import Lines

MAX_TITLE = 500  # characters
_DAY = timedelta(days=1)
_FARTHEST_WEST, _FARTHEST_EAST = -12, 14  # hours
# /2024/05/06/, /2024-05/06/, /202405/06/, /20240506/, /202405/t20240506_1.html, /2024/0506/c1.html
_IN_URL = re.compile(
    r"[/_t-](?P<year>199\d|20[0-4]\d)[/_-]?(?P<month>0[1-9]|1[0-2])[/_-]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_NAMED_IN_URL = re.compile(  # /2024/may/06/
    r"/(?P<year>199\d|20[0-4]\d)/(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)/(?P<day>0?[1-9]|[12]\d|3[01])/",
    re.IGNORECASE,
)
_DAY_ALONE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./年-]\d{1,2}[./月-]\d{1,2}日?"
    r"|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.? (?:de )?(?:19|20)\d\d|[^\W\d_]{3,10}\.? \d{1,2}, (?:19|20)\d\d"
)
_MONTH_FIRST = re.compile(r"en(?:-us|-ph)?", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?:zh|ja|ko)\b", re.IGNORECASE)
_DAY_FIRST_HOSTS = re.compile(r"\.(?:uk|au|nz|ie|in|za|sg|my|hk|eu|de|fr)$")


@dataclass(frozen=True, slots=True)
class Reader:
    """How the dates of one page are read."""

    zone: tzinfo  # of a time that states none
    month_first: bool | None  # in 01/02/2024; None: nobody knows
    year_first: bool  # in 24-02-01

    def machine(self, text: str) -> datetime | None:
        """The time in an attribute or in structured data, where no language decides about 01/02/2024."""
        return dates.stated(text, self.zone)

    def sight(self, text: str) -> datetime | None:
        """The time in a text for readers."""
        whole = whole_year(text, year_first=self.year_first)
        return dates.stated(whole, self.zone, month_first=self.month_first)

    def first(self, texts: Iterable[str]) -> datetime | None:
        """The first text that can be read."""
        return next((found for text in texts if (found := self.machine(text)) is not None), None)


def reader(url: str, language: str) -> Reader:
    """The reader for a page at `url` in `language` (BCP 47, empty where unknown)."""
    entry = sites.site(url)
    host = url.partition("//")[2].partition("/")[0].lower()
    is_english = bool(_MONTH_FIRST.fullmatch(language))
    first = is_english and not _DAY_FIRST_HOSTS.search(host) if language else None
    zone = UTC if entry is None else ZoneInfo(entry.zone)
    return Reader(zone, first, year_first=bool(_YEAR_FIRST.match(language)))


def published(
    lines: Lines, claims: tuple[Sequence[str], Iterable[str]], title: str, url: str, read: Reader
) -> datetime | None:
    """The time of publication in the zone that the page states; a day alone is midnight UTC.

    `claims` are what the page's structured data says, the best first, and what counts where the page shows no date.
    `title` is the page's.
    """
    sure, others = claims
    found = read.first(sure)
    if found is not None:
        return _on_its_day(_local(found, sure, read), url)
    if (stamp := sites.stamped(url)) is not None:
        return stamp
    day, sight = _in_url(url) or _in_title(lines.root.findtext("head/title", ""), read), _sight(lines, read)
    seen = shown(lines, title, sight)
    if day is not None:
        return seen.published if seen.published and abs(seen.published - day) <= _DAY else day
    stated = chain(stated_in(lines.root), others)
    if (found := seen.published or published_in(lines.root, read.machine) or read.first(stated)) is not None:
        return found
    if any(has_short_year(text) for _, text in lines) and (found := shown(lines, title, sight, short=True).published):
        return found
    # Where a page dates nothing but its last change, that is its date (APA 7, 9.15).
    return seen.updated


def _in_title(title: str, read: Reader) -> datetime | None:
    """The day that stands between two separators of the head's title."""
    days = filter(_DAY_ALONE.fullmatch, parted(title[:MAX_TITLE]))
    return next((found for day in days if (found := read.sight(day)) is not None), None)


def _sight(lines: Lines, read: Reader) -> Callable[[str], datetime | None]:
    """How a text is read where the page's other dates may tell the order of its numbers; they are asked once."""

    @cache
    def ordered() -> Reader:
        order = month_first(lines)
        return read if order is None else replace(read, month_first=order)

    return lambda text: (ordered() if is_ordered(text) else read).sight(text)


def _local(found: datetime, claims: Sequence[str], read: Reader) -> datetime:
    """The same moment, in the zone of a claim that states one: many pages write it both ways."""
    if found.utcoffset():
        return found
    said = (read.machine(claim) for claim in claims)
    return next((one for one in said if one == found and one.utcoffset()), found)


def _on_its_day(found: datetime, url: str) -> datetime:
    """The same moment, where it is given in UTC and the URL has the day before or after, in a zone that has that day.

    WordPress and many others write the time in UTC and the URL in the site's zone. Which zone it is nobody knows: the
    offset is the least that does.
    """
    day = _in_url(url) if not found.utcoffset() and found.time() != found.min.time() else None
    if day is None or day.date() == found.date():
        return found
    hours = 24 - found.hour if day > found else -found.hour - 1
    shifted = found.astimezone(timezone(timedelta(hours=hours))) if _FARTHEST_WEST <= hours <= _FARTHEST_EAST else found
    return shifted if shifted.date() == day.date() else found


def _in_url(url: str) -> datetime | None:
    place = url.partition("?")[0].partition("//")[2]
    if (found := _IN_URL.search(place)) is not None:
        number = int(found["month"])
    elif (found := _NAMED_IN_URL.search(place)) is not None:
        number = month(found["name"])
    else:
        return None
    try:
        return datetime(int(found["year"]), number, int(found["day"]), tzinfo=UTC)
    except ValueError:
        return None
