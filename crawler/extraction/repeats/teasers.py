"""Lines that announce other articles, under one that says so on every page: "Keep reading"."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.body.text.edges import size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from crawler.extraction.repeats.blocks import Block
    from crawler.extraction.repeats.surroundings import Surroundings

# The sites of `core.memory`, boilerplate cut: .888 with .2 and .4, .699 with .6, where a summary stands beside each
# headline.
TEASER = 0.4  # of a line's characters in links, and of the lines
MAX_SECTION = 0.5  # of a reading: a list of links may be the article; .2: .837, .5 and .7: .888
MAX_TEASERS = 100  # lines; a longer list is no box beside an article


class Teasers:
    """Those of one reading."""

    def __init__(self, blocks: Sequence[Block], around: Surroundings, url: str) -> None:
        self._blocks = blocks
        self._around = around
        self._host = _host(url)
        self._most = MAX_SECTION * size(block.line for block in blocks)

    def section(self, place: int) -> tuple[_Element | None, Sequence[int]]:
        """The section that a line begins, and the places of its other lines, where they are teasers; else nothing."""
        found = self._around.section(place)
        return found if found is not None and self._are_teasers(found[1]) else (None, ())

    def rows(self, place: int) -> Sequence[int]:
        """The places of the teasers that follow a line; none where the next one is no teaser."""
        following = range(place + 1, len(self._blocks))[:MAX_TEASERS]
        if not following or not self._is_teaser(following[0]):
            return ()
        rows = list(takewhile(lambda one: self._is_teaser(one) or self._around.is_apart(one), following))
        return rows if self._are_teasers(rows) else ()

    def _are_teasers(self, places: Sequence[int]) -> bool:
        if not 0 < len(places) <= MAX_TEASERS or size(self._blocks[place].line for place in places) > self._most:
            return False
        return sum(map(self._is_teaser, places)) >= TEASER * len(places)

    def _is_teaser(self, place: int) -> bool:
        block = self._blocks[place]
        is_linked = block.linked >= TEASER * len(block.line.text)
        return is_linked and any(_host(link.get("href", "")) in {"", self._host} for link in block.links)


def _host(url: str) -> str:
    """The host that a link names, empty where it names none: it stays on the page's own."""
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return "?"
