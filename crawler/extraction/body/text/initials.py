"""Initials: the first letter of a text, which a page sets in an element of its own before the paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.body.text.line import PROSE, said

if TYPE_CHECKING:
    from lxml.etree import _Element

    from crawler.extraction.body.text.line import Line


def with_initial(lines: list[Line], paragraph: _Element, text: str, why: int) -> str:
    """The paragraph's text with the letter that the last of the lines is: out of these it is taken, into the page put.

    Long ones alone, that go on in lower case: behind an X a box is closed. A space stays where the page has one. Two of
    1,464 pages begin so; one said "urkey" for Turkey (2026-11-27).
    """
    before = lines[-1] if lines else None
    if before is None or len(letter := before.text) != 1 or not letter.isupper() or said(text) <= PROSE:
        return text
    if before.kind or before.linked or before.why != why or not text[0].islower():
        return text
    lines.pop()
    inner = paragraph.text or ""
    paragraph.text = letter + inner
    return f"{letter}{' ' if inner[:1].isspace() else ''}{text}"
