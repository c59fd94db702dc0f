"""Which blocks of a reading its site says on other pages too, and which of those are none of the article.

A text that is repeated may be true: a quotation, the standing words of a series, a question that every interview asks.
So a block goes only where it also stands apart from the prose, or where most pages say it and nothing speaks for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from crawler.core.memory import hint
from crawler.extraction.body.belongs import is_sign_off
from crawler.extraction.body.text.choice import MIN_CHARACTERS
from crawler.extraction.body.text.edges import size
from crawler.extraction.repeats.blocks import Block, fingerprint
from crawler.extraction.repeats.surroundings import Surroundings
from crawler.extraction.repeats.teasers import Teasers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element
    from lxml.html import HtmlElement

MAX_LABEL = 80  # characters of a line that stands over others: "More on this"
# The sites of `core.memory`: .895 of the boilerplate goes with 0, .890 with 15, .888 with 25; of interviews, with 0,
# their answers do too (recall lost .0001).
MIN_SAID = 25  # characters; a shorter line goes only where it stands apart: "Yes." is an answer
MIN_LINKED = 0.2  # of a block's characters, from where on it is there for its links
SHORT_LINKED = 160  # characters of a block that is there for its links, however few of them they are
MIN_PROSE = 80  # characters; what stands before the first of that length is the head
MIN_LEFT = 0.1  # of a reading
_QUOTES = ('"', "'", "“", "‘", "„", "«", "‹", "「", "『", "《")


@dataclass(frozen=True, slots=True)
class Cut:
    """What of a reading goes: by place in it, the elements that hold nothing else, and the links of teasers there."""

    places: frozenset[int] = frozenset()
    elements: tuple[HtmlElement, ...] = ()
    links: tuple[_Element, ...] = ()
    hints: tuple[str, ...] = ()  # what was known and stands in the reading, as hints; none where nothing goes


def cut(blocks: Sequence[Block], known: Mapping[str, bool], url: str, title: str, authors: Sequence[str]) -> Cut:
    """What goes of a reading. `known`: fingerprints, and whether most pages of the site say them.

    Never the most of a reading, unless what is left is an article by its length.
    """
    hits = {one for block in blocks for one in (block.text, block.label) if one in known} if known else set()
    hits -= {fingerprint(title)}
    return _Reading(blocks, {one: known[one] for one in hits}, url, authors).cut() if hits else Cut()


@dataclass(slots=True)
class _Reading:
    blocks: Sequence[Block]
    known: Mapping[str, bool]
    url: str
    authors: Sequence[str]
    gone: set[int] = field(default_factory=set)
    links: list[_Element] = field(default_factory=list)
    sections: list[_Element] = field(default_factory=list)

    def cut(self) -> Cut:
        lines = [block.line for block in self.blocks]
        own = [place for place, block in enumerate(self.blocks) if not self._said(block)]
        around = Surroundings(lines, own)
        announcing = Teasers(self.blocks, around, self.url)
        for place, block in enumerate(self.blocks):
            if self._said(block) and place not in self.gone and _is_label(block):
                self._announce(place, announcing)
        left = [place for place in own if place not in self.gone]
        begins = next((place for place in left if lines[place].size >= MIN_PROSE), len(lines))
        self._single(around, begins, max(left, default=-1))
        places, elements = around.dropped(self.gone, self.sections)
        stays = size(line for place, line in enumerate(lines) if place not in places)
        if not places or stays < max(MIN_CHARACTERS, MIN_LEFT * size(lines)):
            return Cut()
        hints = tuple(hint(one, often=often) for one, often in sorted(self.known.items()))
        return Cut(frozenset(places), tuple(elements), tuple(self.links), hints)

    def _said(self, block: Block) -> bool:
        return block.text in self.known or block.label in self.known

    def _often(self, block: Block) -> bool:
        return self.known.get(block.text, False) or self.known.get(block.label, False)

    def _announce(self, place: int, announcing: Teasers) -> None:
        """Let the teasers go with the line that stands over them."""
        element, rows = announcing.section(place)
        if element is not None:
            self.sections.append(element)
        elif self.blocks[place + 1 : place + 2] and self.blocks[place + 1].label not in self.known:
            rows = announcing.rows(place)
        if rows:
            self.gone.update((place, *rows))
            self.links += [link for one in rows for link in self.blocks[one].links]

    def _single(self, around: Surroundings, begins: int, ends: int) -> None:
        """`begins`, `ends`: the first prose and the last line that no other page says."""
        for place in reversed(range(len(self.blocks))):  # a heading goes after what it stands over
            block = self.blocks[place]
            if place in self.gone or not self._said(block) or _is_true(block):
                continue
            if _asks(block) and not (block.links or around.is_boxed(place)):
                continue
            apart = around.is_apart(place)
            if block.line.kind == "heading":
                goes = (apart and around.is_last(place)) or self._stands_over_nothing(place, apart=apart)
            elif place < begins:
                goes = self._opens(block, apart=apart)
            else:
                goes = apart or _is_linked(block) or self._goes_by_itself(block, after=place > ends)
            if goes:
                self.gone.add(place)
                if block.text not in self.known:
                    self.links += block.links

    def _opens(self, block: Block, *, apart: bool) -> bool:
        """Whether a block before all prose goes: the standing words of a series are said there, on some pages."""
        if block.line.size <= MAX_LABEL and self._names_author(block):
            return True
        return self._often(block) and (apart or block.line.size >= MIN_SAID)

    def _names_author(self, block: Block) -> bool:
        return any(name in block.line.text for name in self.authors)

    def _stands_over_nothing(self, place: int, *, apart: bool) -> bool:
        if apart and place + 1 in self.gone:
            return True
        left = (one for one in range(place + 1, len(self.blocks)) if one not in self.gone)
        following = next((self.blocks[one].line for one in left), None)
        if following is None:
            return True
        return following.kind == "heading" and str(following.owner.tag) <= str(self.blocks[place].line.owner.tag)

    def _goes_by_itself(self, block: Block, *, after: bool) -> bool:
        line = block.line
        if after and (_is_set_off(line.owner) or self._names_author(block)):
            return True
        if not self._often(block) or line.size < MIN_SAID:
            return False
        return after or (line.kind in {"p", ""} and not line.text.endswith((":", "：")))


def _is_label(block: Block) -> bool:
    return block.line.size <= MAX_LABEL and not _asks(block) and not _is_true(block)


def _is_true(block: Block) -> bool:
    """Whether a block is repeated because somebody said it, or did it: a quotation, a sign-off."""
    owner = block.line.owner
    quoted = any(one.tag in {"blockquote", "pre", "q"} for one in (owner, *islice(owner.iterancestors(), 2)))
    return block.line.text.startswith(_QUOTES) or (quoted and not _is_linked(block)) or is_sign_off(owner)


def _asks(block: Block) -> bool:
    return block.line.text.endswith(("?", "？"))


def _is_linked(block: Block) -> bool:
    length = len(block.line.text)
    return block.linked > 0 and (block.linked >= MIN_LINKED * length or length <= SHORT_LINKED)


def _is_set_off(owner: _Element) -> bool:
    """Whether a paragraph is in italics or small print as a whole."""
    child = owner[0] if len(owner) == 1 else None
    said = (owner.text or "").strip() or (child is not None and (child.tail or "").strip())
    return child is not None and child.tag in {"em", "i", "small"} and not said
