"""A text that stands on a page several times, for screens of several sizes, is read once."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extraction.body.text.line import Line

PARAGRAPH = 130  # characters
MIN_PARAGRAPHS = 3  # different ones; a paragraph ten times over is a refrain, or what a maker of pages tries out
MIN_SHARE = 0.2  # of the text. Two of 784 pages have such copies: F1c .65 and .33, .97 and .77 without (2026-11-26)
MIN_COPY = 40  # characters: shorter lines recur within a text

# Short items in a row that say the same: the label of a button beneath each of other articles, which are left out.
# No other number was tried: two of 1,464 pages differ, both for the better (2026-11-27).
MIN_ECHOES = 4


def once(lines: Sequence[Line]) -> list[Line]:
    """The lines without copies of others before them. What is said twice and no more stays."""
    seen: set[str] = set()
    copied: set[str] = set()
    size = 0
    for line in lines:
        if line.size > PARAGRAPH and line.text in seen:
            copied.add(line.text)
            size += line.size
        seen.add(line.text)
    if len(copied) < MIN_PARAGRAPHS or size < MIN_SHARE * sum(line.size for line in lines):
        return list(lines)
    first: dict[str, Line] = {}
    return [line for line in lines if line.size < MIN_COPY or first.setdefault(line.text, line) is line]


def without_echoes(lines: list[Line]) -> list[Line]:
    """The lines without short items that stand in a row several times; a table's cells and a song's lines may."""
    runs = ((text, list(run)) for text, run in groupby(lines, _said))
    labels = {text for text, run in runs if text and len(run) >= MIN_ECHOES}
    return [line for line in lines if line.text not in labels] if labels else lines


def _said(line: Line) -> str:
    return line.text if line.size < MIN_COPY and line.kind == "item" else ""
