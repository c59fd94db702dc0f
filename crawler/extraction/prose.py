"""How much of a page reads like an article, whoever chooses from it: sentences outside its furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.belongs import is_furniture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from crawler.extraction.runs import Run

MIN_CHARACTERS = 80  # letters of a run; menus, headlines and buttons are shorter
_WHOLE = frozenset({"html", "body"})  # their classes speak of the site, not of a part of it


def prose(page: Iterable[Run]) -> int:
    """The letters of a page's runs that are as long as a sentence and stand in no furniture."""
    known: dict[_Element, bool] = {}
    return sum(len(run.bare) for run in page if len(run.bare) >= MIN_CHARACTERS and not in_furniture(run.owner, known))


def in_furniture(element: _Element, known: dict[_Element, bool]) -> bool:
    """Whether an element is furniture or stands in some. `known` keeps the answers for one page."""
    path: list[_Element] = []
    verdict = False
    for one in (element, *element.iterancestors()):
        if one in known:
            verdict = known[one]
            break
        path.append(one)
    for one in reversed(path):
        verdict = known[one] = verdict or (one.tag not in _WHOLE and is_furniture(one))
    return verdict
