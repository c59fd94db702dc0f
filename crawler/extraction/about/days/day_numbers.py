"""Dates in sight that are numbers alone: years of two digits, and which number is the month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from crawler.extraction.about.lines import Lines

MAX_CHARACTERS = 70  # of a text that a year of two digits is looked for in
MAX_DATES = 200  # of a page, that are asked for the order of their numbers
_CENTURY_TURNS = 50
_MINGUO = 1911  # the year before Taiwan's first
_MONTHS = 12
_SHORT = re.compile(
    r"(?<![\d.,:/-])(?P<first>\d{1,2}|1[0-4]\d)(?P<mark>[./-])(?P<middle>\d{1,2})(?P=mark)(?P<last>\d\d)(?![\d%/-]|[.,:]\d)"
)
_ORDERED = re.compile(r"(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2(20\d\d|199\d|\d\d)(?![\d/-])")
_WHOLE = re.compile(r"(?<!\d)(?:20\d\d|199\d)-\d\d-\d\d(?!\d)")
_HAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


def has_short_year(text: str) -> bool:
    """Whether a text is short and may hold a date whose year has two digits."""
    return len(text) <= MAX_CHARACTERS and bool(_SHORT.search(text))


def whole_year(text: str, *, year_first: bool) -> str:
    """A text with four digits for a year of two. `year_first` is how the page's language writes a day."""
    found = _SHORT.search(text)
    if found is None:
        return text
    first, middle, last, mark = found["first"], found["middle"], found["last"], found["mark"]
    if len(first) == len("113"):
        if not year_first:
            return text
        said = f"{int(first) + _MINGUO}-{middle}-{last}"
    elif len(first) > 1 and (year_first or _HAN.search(text)):
        said = f"{_century(first)}{first}-{middle}-{last}"
    else:
        said = f"{first}{mark}{middle}{mark}{_century(last)}{last}"
    return f"{text[: found.start()]}{said}{text[found.end() :]}"


def _century(year: str) -> str:
    return "20" if int(year) < _CENTURY_TURNS else "19"


def is_ordered(text: str) -> bool:
    """Whether a day stands in a text as numbers with the year last."""
    return bool(_ORDERED.search(text))


def month_first(lines: Lines) -> bool | None:
    """Whether the page writes 07/26/2024, which tells how it means 07/06/2024; None: no date of its says.

    Where all its numbers are below thirteen, a day that it writes as 2024-06-07 too tells.
    """
    said: list[bool] = []
    both: list[tuple[str, str, str]] = []
    whole: set[str] = set()
    for owner, text in lines:
        line = text or owner.get("datetime", "")
        if len(line) <= 2 * MAX_CHARACTERS and ("20" in line or "199" in line):
            whole.update(_WHOLE.findall(line))
            for first, _, second, year in _ORDERED.findall(line):
                if (int(first) > _MONTHS) != (int(second) > _MONTHS):
                    said.append(int(second) > _MONTHS)
                both.append((first.zfill(2), second.zfill(2), year))
        if len(both) >= MAX_DATES:
            break
    said = said or [order for one in both for order in _written(one, whole)]
    return None if len(said) == 2 * sum(said) else 2 * sum(said) > len(said)


def _written(day: tuple[str, str, str], whole: Container[str]) -> list[bool]:
    """The orders in which a day of two numbers is one that the page writes with the year first."""
    first, second, year = day
    orders = ((True, f"{year}-{first}-{second}"), (False, f"{year}-{second}-{first}"))
    return [order for order, written in orders if first != second and written in whole]
