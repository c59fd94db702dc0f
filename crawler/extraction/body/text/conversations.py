"""Conversations: where others have their readers' comments, and every one is by the authors of the page itself."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from crawler.extraction.body.around import common, with_ancestors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element
    from lxml.html import HtmlElement

MIN_CONTRIBUTIONS = 2  # one is a note that an author left under an article
# As Drupal and WordPress call a comment by who wrote the page.
_OWN = frozenset({"comment-by-node-author", "bypostauthor"})
_NAME = re.compile("comment", re.IGNORECASE)
_HEADINGS = ("h2", "h3", "h4")


def open_conversations(boxes: Iterable[HtmlElement]) -> bool:
    """Rename the parts of one in place, so that nobody takes them for comments; whether there is one in these boxes.

    Six of 643 real posts are such: .02 to .09 of their letters were read without, .98 and more since. None of 1,464
    other pages is, though 30 have a comment by their author (2026-11-26).
    """
    said: list[HtmlElement] = []
    for one in chain.from_iterable(box.iter("article", "li", "div") for box in boxes):
        if "comment" in (names := one.get("class", "").split()):
            if _OWN.isdisjoint(names):
                return False
            said.append(one)
    if len(said) < MIN_CONTRIBUTIONS:
        return False
    for heading in list(said[0].itersiblings(*_HEADINGS, preceding=True)):
        heading.drop_tree()  # it says that comments follow
    _place(said).set("itemprop", "articleBody")
    for box in with_ancestors(said):
        _rename(box)
    known = set(said)
    for part in [part for one in said if known.isdisjoint(one.iterancestors()) for part in one.iter()]:
        _rename(part)
        if part.tag == "a" and next(part.iterancestors(*_HEADINGS), None) is not None:
            part.drop_tag()  # of who speaks: a box with a link and nothing else is taken for a menu
    return True


def _place(said: Sequence[_Element]) -> _Element:
    """The smallest element that holds them and a paragraph of what they speak of."""
    box = below = common(said)
    for up in box.iterancestors():
        if any(beside is not below and next(beside.iter("p"), None) is not None for beside in up):
            return up
        below = up
    return box


def _rename(box: _Element) -> None:
    for name in ("class", "id"):
        if value := box.get(name):
            box.set(name, _NAME.sub("contribution", value))
