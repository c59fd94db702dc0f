"""What stands beside an article, by what the boxes around a date are called: its day is of something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.tree import names, pieces

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ANCESTORS = 25
_BOX_ELEMENTS = 25
_FURNITURE = re.compile(
    r"comment|related|recommend|sidebar|(?:site|page|global|main)[-_]*footer|\bnav\b|navigation|trending|popular|latest"
    r"|recent|newsletter|promo|cookie|copyright|archive|calendar|carousel|slider|event"
)
_ASIDE = frozenset({"aside", "footer", "figure", "figcaption"})  # where no headline is in it
_MAX_LINK_CHARACTERS = 60  # a longer link around a date leads to another article


def furniture(element: _Element, known: dict[_Element, int]) -> int:
    """Points off for what stands in a box beside the article, else 0. `known` is what the boxes of others got."""
    passed: list[_Element] = []
    found = 0
    for up, _ in zip((element, *element.iterancestors()), range(MAX_ANCESTORS), strict=False):
        if up in known:
            found = known[up]
            break
        if up.tag in {"main", "body", "article"}:
            break
        passed.append(up)
        if found := _furnishing(up):
            break
    known.update(dict.fromkeys(passed, found))
    return found


def _furnishing(element: _Element) -> int:
    if element.tag in {"nav", "code", "pre"} or _FURNITURE.search(names(element)):
        return -6
    if element.tag == "a":
        return -6 * (len(" ".join(pieces(element, _BOX_ELEMENTS))) > _MAX_LINK_CHARACTERS)
    return -3 * (element.tag in _ASIDE and element.find(".//h1") is None)
