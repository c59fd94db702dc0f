"""How lines of a reading stand on their page: as its prose does, or apart from it; in which section, in which box."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from crawler.extraction.tree import heart

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from lxml.etree import _Element

    from crawler.extraction.body.text.line import Line

# The sites of `core.memory`: .5, .7 and .9 are alike; a form of the prose from .05, .1, .2 on: .880,
# .888, .897 of the boilerplate cut; but with .2 a fifth of an article that is set otherwise is a box.
MAIN_SHARE = 0.7  # of what only this page says, that stands in its main element
PROSE_SHARE = 0.1  # of it, from where on a form is that of the prose
MAX_STEPS = 8  # up from a line: boxes are not deeper, and a hostile page is
_NEUTRAL = frozenset({"ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tr", "td", "th", "blockquote"})
_KEPT = ("h1", "figure", "video", "audio", "iframe")
_NUMBER = re.compile(r"\d+")

Way = tuple[tuple[str, str], ...]  # tag and class of each element from a line up to the main one


class Surroundings:
    """The lines of a reading on their page. `own`: the places of those that no other page says."""

    def __init__(self, lines: Sequence[Line], own: Collection[int]) -> None:
        self._lines = lines
        self._main = heart(((lines[place].owner, lines[place].size) for place in own), MAIN_SHARE)
        self._prose = self._ways(own)
        self._first = _met((place, line.owner) for place, line in enumerate(lines))
        self._last = _met((place, lines[place].owner) for place in reversed(range(len(lines))))

    def _ways(self, own: Collection[int]) -> set[Way]:
        said: dict[Way, int] = {}
        for place in own:
            line = self._lines[place]
            for way in (self._way(line), self._way(line)[1:]):
                said[way] = said.get(way, 0) + line.size
        enough = PROSE_SHARE * sum(self._lines[place].size for place in own)
        return {way for way, characters in said.items() if characters >= enough}

    def _way(self, line: Line) -> Way:
        """Without what lists, tables and quotations are made of."""
        way = [_form(line.owner)]
        for up in islice(line.owner.iterancestors(), MAX_STEPS):
            if up is self._main or line.owner is self._main:
                break
            if up.tag not in _NEUTRAL:
                way.append(_form(up))
        return tuple(way)

    def is_boxed(self, place: int) -> bool:
        """Whether a line stands in a box that the prose has not."""
        box = self._way(self._lines[place])[1:]
        return bool(box) and box not in self._prose

    def is_apart(self, place: int) -> bool:
        """Whether a line stands in a box, or is a paragraph of a class, that the prose has not."""
        line = self._lines[place]
        return self.is_boxed(place) or (line.kind in {"p", ""} and self._way(line) not in self._prose)

    def is_last(self, place: int) -> bool:
        """Whether nothing follows a line in the element around its block."""
        parent = self._lines[place].owner.getparent()
        return parent is not None and self._last.get(parent) == place

    def section(self, place: int) -> tuple[_Element, range] | None:
        """The largest element that begins with a line, and the places of what follows in it; None: nothing does."""
        found = self._lines[place].owner
        for up in found.iterancestors():
            if self._first.get(up) != place or up is self._main:
                break
            found = up
        last = self._last.get(found, place)
        if last <= place or found is self._main or found.find(".//h1") is not None:
            return None
        return found, range(place + 1, last + 1)

    def dropped(self, cut: Collection[int], sections: Collection[_Element]) -> tuple[set[int], list[_Element]]:
        """The places of the lines that can go, and the elements that go with them: the largest that hold nothing else.

        A line stays where its block holds one that stays, or a figure; not so in a section that goes as a whole.
        """
        kept = (line.owner for place, line in enumerate(self._lines) if place not in cut)
        root = self._lines[0].owner.getroottree().getroot()
        gone = {element for section in sections for element in section.iter(*_KEPT)}
        taken = set(_met(enumerate(chain(kept, (one for one in root.iter(*_KEPT) if one not in gone)))))
        places = {place for place in cut if self._lines[place].owner not in taken}
        found: dict[_Element, None] = {}
        for place in sorted(places):
            top = self._lines[place].owner
            for up in top.iterancestors():
                if up in taken:
                    break
                top = up
            found[top] = None
        return places, list(found)


def _met(owners: Iterable[tuple[int, _Element]]) -> dict[_Element, int]:
    """By element the first place that stands in it."""
    found: dict[_Element, int] = {}
    for place, owner in owners:
        for element in chain([owner], owner.iterancestors()):
            if element in found:
                break
            found[element] = place
    return found


def _form(element: _Element) -> tuple[str, str]:
    return str(element.tag), _NUMBER.sub("", element.get("class", "")[:100])
