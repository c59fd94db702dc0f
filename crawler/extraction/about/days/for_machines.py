"""Times that elements of a page have for machines, beside what they show: datetime, epochs, RDFa."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lxml.etree import XPath

from crawler.core import dates
from crawler.extraction.tree import elements, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MAX_AGO = 30  # characters of how long ago it was
MAX_STATED = 20
_MACHINE = ("datetime", "content", "title", "data-datetime", "data-date", "data-time", "data-timestamp", "data-utime")
_BEGINS = ("vor ", "Vor ", "hace ", "Hace ", "il y a ", "Il y a ", "há ", "Há ")
_ENDS = ("前", "geleden", "sedan", "siden", " fa", "önce", "назад", "temu")
# Drupal's and others': the property may stand among several.
_STATED = XPath(
    "//body//*[@property and (contains(@property, 'datePublished') or contains(@property, 'dc:date')"
    " or contains(@property, 'dc:issued') or contains(@property, 'dc:created'))]"
)


def is_ago(text: str) -> bool:
    """Whether a text says how long ago something was."""
    if len(text) > MAX_AGO:
        return False
    text = text.strip()
    return " ago" in text or text.endswith(_ENDS) or text.startswith(_BEGINS)


def machine_date(element: _Element) -> str:
    """The time that an element has for machines, as written or, of seconds since 1970, as a day; empty for none."""
    said = next(filter(None, map(element.get, _MACHINE)), "")
    if said.isdecimal() and (found := dates.stated(said)) is not None:
        return found.isoformat()
    return said


def stated_in(root: _Element) -> Iterator[str]:
    """The dates that RDFa states, in the page's order."""
    for one in islice(elements(_STATED, root), MAX_STATED):
        yield machine_date(one) or text_of(one)
