"""Blocks of a reading by fingerprint, so that what a site says on every page is known again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, islice
from typing import TYPE_CHECKING

from crawler.core.memory import MAX_BLOCKS
from crawler.extraction.body.runs import bare
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element

    from crawler.extraction.body.text.line import Line

MAX_CHARACTERS = 300  # of a text; a longer one is known by its beginning
MAX_LINKED_CHARACTERS = 400  # of a block whose links count: a longer one is prose that happens to have some
MAX_LINKS = 20  # of a block
MIN_LABEL_LETTERS = 4  # before or behind a link: "See also"
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A line of a reading. A fingerprint is empty where there is nothing to be known by."""

    line: Line
    text: str  # fingerprint of all that it says
    label: str  # of what it says beside its links, where they are the most of it
    linked: int  # characters in links
    links: tuple[_Element, ...] = ()


def fingerprint(text: str, kind: str = "") -> str:
    """16 hex digits for the letters of a text, whatever their case; a number counts as any other."""
    letters = bare(text[:MAX_CHARACTERS]).casefold()
    if not letters.isalpha():  # told in a tenth of the time
        letters = _NUMBER.sub("0", letters)
    if letters in {"", "0"}:
        return ""
    return blake2b(f"{kind}{letters}".encode("utf-8", "replace"), digest_size=8).hexdigest()


def blocks(lines: Sequence[Line]) -> list[Block]:
    """A block for each line; of a long reading those in its middle have no fingerprint."""
    found: list[Block] = []
    links: dict[_Element, list[tuple[_Element, str]]] = {}
    for place, line in enumerate(lines):
        if MAX_BLOCKS // 2 <= place < len(lines) - MAX_BLOCKS // 2:
            found.append(Block(line, "", "", 0))
        elif not line.linked or len(line.text) > MAX_LINKED_CHARACTERS:
            found.append(Block(line, fingerprint(line.text), "", 0))
        else:
            if line.owner not in links:
                links[line.owner] = _links(line.owner)
            found.append(_block(line, links[line.owner]))
    return found


def _links(owner: _Element) -> list[tuple[_Element, str]]:
    found = (link for link in chain(owner.iterancestors("a"), owner.iter("a")) if link.get("href"))
    return [(link, " ".join(text_of(link).split())) for link in islice(found, MAX_LINKS)]


def _block(line: Line, links: Sequence[tuple[_Element, str]]) -> Block:
    if not links:
        return Block(line, fingerprint(line.text), "", 0)
    rest, held = line.text, []
    for link, text in links:
        if text and text in rest:
            rest = rest.replace(text, " ", 1)
            held.append(link)
        elif rest in text:  # a card is a link as a whole
            rest = ""
            held.append(link)
    linked = len(line.text) - len(rest)
    has_label = linked > len(rest) and len(bare(rest)) >= MIN_LABEL_LETTERS
    label = fingerprint(rest, "label:") if has_label else ""
    return Block(line, fingerprint(line.text), label, linked, tuple(held))


def prints(found: Iterable[Block]) -> tuple[str, ...]:
    """All fingerprints, each once, in their order."""
    return tuple(dict.fromkeys(one for block in found for one in (block.text, block.label) if one))
