"""Text runs: what stands between two block boundaries. Page and reading are compared run by run.

The reading's own elements are of no use for that: trafilatura renames, merges and copies them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"}
    | {"kbd", "label", "mark", "nobr", "q", "ref", "hi", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike"}
    | {"rb", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
SILENT = frozenset({"script", "style", "noscript", "template", "head", "title", "meta", "link", "base"})
MUTE = SILENT | {"svg", "math", "canvas", "object", "embed", "iframe", "select", "textarea", "button", "input", "audio"}
MUTE |= {"video", "dialog", "menu", "datalist"}
MIN_PART_CHARACTERS = 20  # a shorter text is found inside others by chance
MIN_ENDS_CHARACTERS = 60  # a longer run may be known by its two ends, where the reading left a piece out
_END = 30
_WORDS = re.compile(r"[^\W_]+")
_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())
_TYPESET = re.compile(rb"\xe2\x80[\x90-\xbf]")  # dashes, quotes, dots: U+2010 to U+203F, no letter among them


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Text without a block boundary inside, and the block element that it stands in directly."""

    owner: _Element
    bare: str  # letters and digits only


def bare(text: str) -> str:
    """Letters and digits of a text: what is left of it where white space, marks and mark-up differ."""
    letters = text.encode("utf-8", "surrogatepass").translate(None, _MARKS)  # a third of what a text's own takes
    if letters.isascii():
        return letters.decode()
    rest = _TYPESET.sub(b"", letters).decode("utf-8", "surrogatepass")
    return rest if rest.isalnum() else "".join(_WORDS.findall(rest))  # 2.4 µs, with fewer marks; 3.1


def runs(root: _Element) -> list[Run]:
    """All runs under an element that hold a letter or digit, in order."""
    found: list[Run] = []
    pieces: list[str] = []

    def close(owner: _Element) -> None:
        if pieces and (letters := bare("".join(pieces))):
            found.append(Run(owner, letters))
        pieces.clear()

    def walk(element: _Element, owner: _Element) -> None:
        _add(element.text, pieces)
        for child in element:
            if child.tag in INLINE:
                walk(child, owner)
            else:
                close(owner)
                if not _is_mute(child):
                    walk(child, child)
                    close(child)
            _add(child.tail, pieces)

    walk(root, root)
    close(root)
    return found


def _add(text: str | None, pieces: list[str]) -> None:
    if text and not text.isspace():  # half of a page's texts only indent it
        pieces.append(text)


def _is_mute(element: _Element) -> bool:
    """Whether nothing in an element is text of the page. An unclosed button may hold half the page (libxml2)."""
    return element.tag in SILENT or (element.tag in MUTE and element.find(".//p") is None)


def matched(page: Iterable[Run], reading: Iterable[Run]) -> list[Run]:
    """The page's runs that the reading holds, whole or in part."""
    texts = [run.bare for run in reading]
    whole, joined = set(texts), "\n".join(texts)

    def is_read(bare: str) -> bool:
        if bare in whole:
            return True
        if len(bare) >= MIN_ENDS_CHARACTERS:
            return bare[:_END] in joined and bare[-_END:] in joined
        return len(bare) >= MIN_PART_CHARACTERS and bare in joined

    return [run for run in page if is_read(run.bare)]
