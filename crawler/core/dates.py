"""The dates of pages, feeds, sitemaps and bookmarks → aware times. What cannot be read is None: never now, no guess."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from crawler.core.date_words import han_month, is_thai, month, shift_hours, zone
from crawler.core.numerals import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

EARLIEST, LATEST = 1990, 2100  # years: before there was a web, and a bound that does not ask the clock
MAX_CHARACTERS = 100
_CENTURY_TURNS = 50  # RFC 2822 §4.3: 00 to 49 are of this century
_ISO = re.compile(r"\d{4}-[01]\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_EPOCH = re.compile(r"(?:/Date\()?(?P<seconds>\d{9,10})(?P<rest>\d{3}|\d{6}|\.\d+)?(?:[+-]\d{4})?(?:\)/)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?)?(?=$|[Z+\s.-])")
_YEAR_FIRST = re.compile(
    r"(?P<era>民國|民国|平成|令和)?\s*(?<!\d)(?P<year>\d{4}|(?<=[國国成和])\d{1,3}|(?<=[國国成和]\s)\d{1,3})"
    r"\s*[-/.年년]\s*(?P<month>\d{1,2})\s*[-/.月월]\s*(?P<day>\d{1,2})(?!\d)\s*[日号號일]?"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s?(?P<mark>[./-])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4})(?!\d)"
)
_NAME = r"(?P<name>[^\W\d_]{3,12})"
_DAY_NAME_YEAR = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[.o°])?[\s/-]*(?:de\s|of\s|d['’]|ב)?{_NAME}\.?[\s,،/-]*(?:del?\s)?"
    r"(?P<year>\d{4}|\d\d)(?![\d:])"
)
_NAME_DAY_YEAR = re.compile(
    rf"{_NAME}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s?,?\s+(?:[A-Z][a-z]{{2}}\s)?(?P<year>\d{{4}})(?!\d)"
)
_YEAR_NAME_DAY = re.compile(rf"(?<!\d)(?P<year>\d{{4}})\.?\s(?:m\.\s)?{_NAME}\.?\s(?P<day>\d{{1,2}})(?![\d:])")
_ASCTIME = re.compile(rf"{_NAME}\s+(?P<day>\d{{1,2}})\s(?=.*?\s(?P<year>\d{{4}})$)")
# As WordPress writes English dates in Chinese, and as Vietnamese has them.
_HAN_MONTH = r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s?月"
_MONTH_DAY_YEAR = re.compile(rf"(?<!\d){_HAN_MONTH}\s?(?P<day>\d{{1,2}})\s?,\s?(?P<year>\d{{4}})(?!\d)")
_DAY_MONTH_YEAR = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\s{_HAN_MONTH}\s?,?\s?(?P<year>\d{{4}})(?!\d)")
_THANG = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\stháng\s(?P<month>\d{1,2})[\s,]{1,2}(?:năm\s)?(?P<year>\d{4})(?!\d)", re.IGNORECASE
)
_INDIC = re.compile(  # where vowels are no letters: Hindi, Tamil, Thai, Khmer
    r"(?<!\d)(?P<day>\d{1,2})\s(?P<name>[\u0900-\u0dff]{2,12}|[\u0e00-\u109f\u1780-\u17ff.]{3,12})\s?,?\s(?P<year>\d{4})(?!\d)"
)
_ERAS = {"": 0, "民國": 1911, "民国": 1911, "平成": 1988, "令和": 2018}  # the year before the first
_BUDDHA = 543  # years that Thailand is ahead
_TIME = re.compile(
    r"(?P<before>[^\d]*?)(?<![\d+-])(?P<hour>\d{1,2})\s*[:时時點点시]\s*(?:(?P<minute>\d{1,2})\s*(?:[:分분]\s*(?:(?P<second>\d{1,2})"
    r"(?:[.,](?P<fraction>\d{1,12}))?(?:\s*[秒초])?)?)?)?(?P<after>.*)"
)
_PATTERNS = (_YEAR_FIRST, _DAY_NAME_YEAR, _NAME_DAY_YEAR, _YEAR_NAME_DAY, _ASCTIME, _DAY_FIRST)
_RARE = (*_PATTERNS, _MONTH_DAY_YEAR, _DAY_MONTH_YEAR, _THANG, _INDIC)


class _Clock(NamedTuple):
    since_midnight: timedelta
    offset: tzinfo | None  # None: none is stated


def first_moment(texts: Iterable[str], zone_else: tzinfo = UTC) -> datetime | None:
    """The first text that can be read."""
    return next((found for text in texts if (found := moment(text, zone_else)) is not None), None)


def moment(text: str, zone_else: tzinfo = UTC) -> datetime | None:
    """The time that a text states, in UTC; a day alone is its midnight UTC. What is read: see `stated`."""
    found = stated(text, zone_else)
    return found and found.astimezone(UTC)


def stated(text: str, zone_else: tzinfo = UTC, *, month_first: bool | None = None) -> datetime | None:
    """The time that a text states, in the zone that it states, else in `zone_else`; a day alone is its midnight UTC.

    RFC 822 with any weekday, zone and two-digit years, ISO 8601, epoch seconds to microseconds, Chinese, Japanese and
    Korean forms, month names of some thirty languages. `01/02/2024` is none, since nobody knows which is the month,
    unless `month_first` says so.
    """
    text = text[:MAX_CHARACTERS].strip()
    if _ISO.fullmatch(text):  # nine of ten in sitemaps, and a third of the time
        return _iso(text)
    if not text.isascii():
        text = plain(unicodedata.normalize("NFKC", text).strip())
    if found := _EPOCH.fullmatch(text):
        return _bounded(datetime.fromtimestamp(int(found["seconds"]), UTC))
    day, rest = _day(text, month_first)
    if day is None:
        return None
    clock = _clock(rest, is_chinese="年" in text)
    if clock is None:
        return day.replace(tzinfo=UTC)
    try:
        return _bounded((day + clock.since_midnight).replace(tzinfo=clock.offset or zone_else))
    except OverflowError:
        return None


def _iso(text: str) -> datetime | None:
    try:
        return _bounded(datetime.fromisoformat(text))
    except ValueError:
        return None


def _bounded(found: datetime) -> datetime | None:
    return found if EARLIEST <= found.year < LATEST else None


def _day(text: str, month_first: bool | None) -> tuple[datetime | None, str]:
    """The day's midnight without a zone, and the text without what stated it."""
    if found := _COMPACT.match(text):
        year, number, day, *clock = (part or "00" for part in found.groups())
        said = f" {':'.join(clock)}" if found[4] else ""
        return _date(int(year), int(number), int(day)), said + text[found.end() :]
    for pattern in _PATTERNS if text.isascii() else _RARE:
        found = pattern.search(text)
        if found is not None and (date := _read(found, month_first)):
            return date, f"{text[found.end() :]} {text[: found.start()]}".rstrip()
    return None, ""


def _read(found: re.Match[str], month_first: bool | None) -> datetime | None:
    parts = found.groupdict()
    year, day = int(parts["year"]), int(parts["day"])
    number = month(parts["name"]) if "name" in parts else han_month(parts["month"]) or int(parts["month"])
    if is_thai(parts.get("name", "")) and year > LATEST:
        year -= _BUDDHA
    if era := parts.get("era"):
        year += _ERAS[era]
    elif len(parts["year"]) == len("99"):
        year += 2000 if year < _CENTURY_TURNS else 1900
    if parts.get("mark") in {"/", "-"} and day != number:  # with dots the day is first
        is_open = day <= 12 and number <= 12  # noqa: PLR2004  # months
        if is_open and month_first is None:
            return None
        if number > 12 or (is_open and month_first):  # noqa: PLR2004  # months
            day, number = number, day
    return _date(year, number, day)


def _date(year: int, number: int, day: int) -> datetime | None:
    try:
        return _bounded(datetime(year, number, day))  # noqa: DTZ001  # its zone follows
    except ValueError:
        return None


def _clock(rest: str, *, is_chinese: bool) -> _Clock | None:
    """The time of day. None: there is none."""
    found = _TIME.search(rest)
    if found is None:
        return None
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    hour = shift_hours(hour, f"{found['before']} {found['after']}")
    if hour > 24 or minute > 59 or second > 60:  # noqa: PLR2004  # 24:00 and leap seconds are written
        return None
    micro = int((found["fraction"] or "0")[:6].ljust(6, "0"))
    passed = timedelta(hours=hour, minutes=minute, seconds=min(second, 59), microseconds=micro)
    offset = zone(found["after"], is_chinese=is_chinese) or zone(found["before"], is_chinese=is_chinese)
    return _Clock(passed, offset)
