"""The date that a page shows its readers: near the headline, in words of many languages, told from "updated"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crawler.core.numerals import may_have_year, plain
from crawler.extraction.about.days.date_labels import label_before, readings, says_date
from crawler.extraction.about.days.day_numbers import has_short_year
from crawler.extraction.about.days.for_machines import is_ago, machine_date
from crawler.extraction.about.days.furniture import furniture
from crawler.extraction.about.headline import bare, is_headline
from crawler.extraction.about.lines import HEADINGS, TIMES, is_date
from crawler.extraction.tree import folded, names, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from lxml.etree import _Element

    from crawler.extraction.about.lines import Lines

    _Best = dict[str, tuple[int, datetime | None]]  # points and time by what they say

MAX_CHARACTERS = 160  # a line, not a paragraph
MAX_CANDIDATES = 150  # of a page
MAX_BOXES = 3  # around a date, where its label and its name are looked for
_BOX_ELEMENTS = 25
_YEAR = re.compile(r"(?<!\d)(?:199|20[0-9]|256)\d(?!\d)|[国國和]\s*\d{1,3}\s*年")
# A paragraph that begins with its day: `26.7.2024 - The river`, `(26 July 2024) The river`.
_BEGINNING = re.compile(
    r"\(?((?:[^\W\d_]{3,12}\.?\s)?\d[\w\s./,]{2,20}?(?:19|20)\d\d|(?:19|20)\d\d[-./]\d\d?[-./]\d\d?)"
    r"(?:\s*[-–—|]|(?<=\d)\))\s"
)
_OTHER = re.compile("©|://|农历|農曆|今天是")  # a year of copyright, an address, today's date
_DATED = re.compile(r"date|datum|fecha|tarih|tanggal|time|stamp|pub|posted|meta|byline|created|release|info")
_PUBLISHED = re.compile(r"(?<!status-)publi|pubdate|pub[-_]|(?:entry|post|article)[-_]+date|posted|submitted")
_CHANGED = re.compile(r"updated|modif|reviewed")
_SENTENCE = re.compile(
    r"(?:[^\W\d_]+\.? ){5}\d"
)  # of 909 pages one has an event's day so, and none its own (2026-11-26)
_MOST_SEEN = 3  # points for being short and a time
MOST_SAID = 6  # points for what a date's boxes are called, and for its label
_BEFORE, _UNDER, _AFTER_ONE, _AFTER = 1, 3, 1, -1  # points for the place: before the headline, under it, in the text
_BEGUN = (_UNDER, _AFTER_ONE)  # where a paragraph may begin with its day: it is the first, or a lead stands over it
MIN_PROSE_CHARACTERS, MIN_PROSE_BYTES = 70, 220  # since seventy Chinese characters are a paragraph
_SHORT = 35  # characters: a date and hardly anything else
# 959 pages with a day, of two halves of the sites (2026-11-26): the day was right for .834 and .853 with htmldate; of
# .855 and .853 with points from 3 up; .874 and .878 from 2 up, a paragraph being prose by its bytes; of .882 and .882
# from 2 up and .887 and .882 from 1 up, with all else that had come since.
MIN_POINTS = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """The dates in sight; None: there is none that looks like it."""

    published: datetime | None = None
    updated: datetime | None = None  # where the page says so; not sought once a date of publication is surer


class _Known(NamedTuple):
    """What was found out of elements that several dates stand in."""

    points: dict[_Element, int]  # off, for furniture
    texts: dict[_Element, str]  # of what they hold first


def shown(lines: Lines, title: str, read: Callable[[str], datetime | None], *, short: bool = False) -> Shown:
    """The dates in sight under the headline, which is what says `title`.

    `read` makes a time of a text, None where it states none. `short`: those whose year has two digits.
    """
    best: _Best = {}
    known = _Known({}, {})
    for points, element, text in _candidates(lines, title, known, best, short=short):
        if points + MOST_SAID <= best.get("published", (MIN_POINTS - 1, None))[0]:
            continue
        for more, kind, found in _read(element, text, known, read):
            if short and more <= 0:  # 26.7.24 may be anything where nothing calls it a date
                continue
            if points + more > best.get(kind, (MIN_POINTS - 1, None))[0]:
                best[kind] = points + more, found
    return Shown(best.get("published", (0, None))[1], best.get("updated", (0, None))[1])


def _candidates(
    lines: Lines, title: str, known: _Known, best: _Best, *, short: bool
) -> Iterator[tuple[int, _Element, str]]:
    """What may be a date, with the points that it has before it is read; no further than it may be the best."""
    place, seen = _BEFORE, 0
    said, headline = bare(title), plain(title)
    for element, text in _stops(lines, title, has_short_year if short else _may_have_year):
        if place == _BEFORE and (text == headline if text else element.tag in HEADINGS and is_headline(element, said)):
            known.points.update(dict.fromkeys(element.iterancestors(), 0))  # what holds the headline is no furniture
            place = _UNDER
        elif len(text) > MIN_PROSE_CHARACTERS and place in _BEGUN and (begins := _BEGINNING.match(text)):
            yield place, element, begins[1]
            place = _past(place)
        elif len(text.encode()) > MIN_PROSE_BYTES:
            place = _past(place)
            if place == _AFTER and best.get("published", (0, None))[0] >= _AFTER + _MOST_SEEN + MOST_SAID:
                return
        elif seen < MAX_CANDIDATES and not _OTHER.search(text) and (has_short_year if short else _YEAR.search)(text):
            seen += 1
            points = (
                place
                + furniture(element, known.points)
                + 2 * (is_date(element) or says_date(text) or element.get("rel") == "bookmark")
            )
            yield points + (1 if len(text) <= _SHORT else -1 if len(text) <= MAX_CHARACTERS // 2 else -3), element, text


def _past(place: int) -> int:
    """Where a paragraph's end is, if it began at a place."""
    return {_UNDER: _AFTER_ONE, _AFTER_ONE: _AFTER}.get(place, place)


def _may_have_year(text: str) -> bool:
    """Whether a text has the beginning of a year; which, an expression says of the few that do."""
    is_plain = "20" in text or "199" in text or "256" in text or "民" in text or "令和" in text
    return is_plain or may_have_year(text)


def _stops(lines: Lines, title: str, is_one: Callable[[str], bool]) -> Iterator[tuple[_Element, str]]:
    """The headings, the title that is none, and what may be a date or a paragraph, each with its text."""
    for owner, text in lines:
        if not text:
            yield owner, machine_date(owner) if is_date(owner) else ""
        elif len(text) > MIN_PROSE_CHARACTERS:
            yield owner, plain(folded(text))
        elif is_ago(text) and (said := machine_date(owner)):
            yield owner, said
        elif is_one(text) or (title and title in text):
            yield owner, plain(folded(text))


def _read(
    element: _Element, text: str, known: _Known, read: Callable[[str], datetime | None]
) -> Iterator[tuple[int, str, datetime]]:
    boxes = [element, *(up for up, _ in zip(element.iterancestors(), range(MAX_BOXES), strict=False))]
    said = text if element.tag not in TIMES else plain(" ".join(pieces(element, _BOX_ELEMENTS)))
    line = _line(boxes, said, known.texts)
    found = readings(text, label_before(line[: line.find(said)]) if said and said in line else None, read)
    if not found and line != text:
        found = readings(line, None, read)
    points = _named(boxes)
    if "published" in found:
        yield points + 3, "published", found["published"]
    elif None in found:
        yield points - 3 * bool(_SENTENCE.search(text)), "published", found[None]
    elif "updated" in found:
        yield points + 3, "updated", found["updated"]


def _line(boxes: list[_Element], said: str, known: dict[_Element, str]) -> str:
    """The widest text around what is said that is one line."""
    line = ""
    for box in boxes:
        text = known.get(box)
        if text is None:
            text = known[box] = plain(" ".join(pieces(box, _BOX_ELEMENTS)))
        if len(text) > MAX_CHARACTERS or said not in text:
            break
        line = text
    return line


def _named(boxes: list[_Element]) -> int:
    called = " ".join(f"{names(box)} {box.get('itemprop', '')}" for box in boxes).lower()
    if _PUBLISHED.search(called):
        return 3
    return -2 if _CHANGED.search(called) else 2 * bool(_DATED.search(called))
