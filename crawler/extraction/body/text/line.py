"""A line of a page: text without a block boundary inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

DENSE_BYTES = 2.2  # of UTF-8 a character: from there on it is Chinese or Japanese, where one says what three say
PROSE = 130  # characters of a line: teasers and bylines are shorter
MAX_LINE = 2_000  # a line may hold a hundred thousand words that nobody sees, put there for search engines


@dataclass(slots=True, eq=False)  # not frozen: that takes three times as long, hundreds of times a page
class Line:
    """Text without a block boundary inside. `kind` is empty for text that stands in a mere box."""

    owner: _Element
    text: str
    size: int  # characters of Latin text that say as much
    kind: str
    broken: bool  # a line break before it: in a box, that is how a paragraph is written
    why: int  # index of the innermost reason against it; 0 for none
    linked: int  # characters of it in links, without white space around them
    is_prose: bool  # long, and less than half of it a link


def said(text: str) -> int:
    """How many characters of Latin text say as much."""
    characters = len(text)
    if not text.isascii() and (in_bytes := len(text.encode())) > DENSE_BYTES * characters:
        characters = in_bytes
    return min(characters, MAX_LINE)
