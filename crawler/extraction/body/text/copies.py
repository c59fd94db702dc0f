"""A text that stands on a page several times, for screens of several sizes, is read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extraction.body.text.line import Line

PARAGRAPH = 130  # characters
MIN_PARAGRAPHS = 3  # different ones; a paragraph ten times over is a refrain, or what a maker of pages tries out
MIN_SHARE = 0.2  # of the text. Two of 784 pages have such copies: F1c .65 and .33, .97 and .77 without (2026-11-26)
MIN_COPY = 40  # characters: shorter lines recur within a text


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
