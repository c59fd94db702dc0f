"""Boxes of related articles anywhere on a page: by what the page calls them, or by the line above a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.belongs import is_related, says_related
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MAX_BOXES = 20  # a page of thousands is a list
MAX_HEADING_CHARACTERS = 40
_BOXES = ("div", "section", "aside")
_OUTSIDE = ("nav", "header", "footer")
_HEADING = re.compile(
    r"^(?:related|read more|more (?:on|from|stories|news)|see also|further reading"
    r"|相关|相關|延伸|更多|推荐阅读|推薦閱讀)",
    re.IGNORECASE,
)


def boxes(page: _Element) -> list[_Element]:
    """The outermost of them, in the page's order; none in navigation, head or foot of the page."""
    found: list[_Element] = []
    for box in page.iter(*_BOXES):
        if says_related(box) and _is_new(box, found) and is_related(box):
            found.append(box)
        if len(found) == MAX_BOXES:
            return found
    for box in _headed(page):
        if _is_new(box, found):
            found.append(box)
        if len(found) == MAX_BOXES:
            break
    return found


def _is_new(box: _Element, found: list[_Element]) -> bool:
    """Asked before the text of a box is looked at, since boxes stand in boxes that have the same names."""
    return box not in found and not any(up in found or up.tag in _OUTSIDE for up in box.iterancestors())


def _headed(page: _Element) -> Iterator[_Element]:
    for heading in page.iter("h2", "h3", "h4", "h5", "strong"):
        above = heading if heading.tag != "strong" else heading.getparent()
        after = above.getnext() if above is not None else None
        if after is None or after.tag not in {"ul", "ol", "div"}:
            continue
        said = text_of(heading)
        if len(said) <= MAX_HEADING_CHARACTERS and _HEADING.match(said):
            yield after
