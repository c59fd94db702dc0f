"""Lines of a text that stand in a picture's own box: its caption, though nothing calls it so."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.body.pictures.called import is_picture_box
from crawler.extraction.body.pictures.caption_lines import LINES, MAX_BESIDE_CHARACTERS, is_credited
from crawler.extraction.body.pictures.captions import MAX_BOXES, is_framed
from crawler.extraction.body.pictures.images import is_icon
from crawler.extraction.body.text.edges import size
from crawler.extraction.tree import names, several, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from crawler.extraction.body.text.line import Line

_SLIDE = re.compile("slide")  # of a list that is told picture by picture, its text beside each
# Of a text's characters, in lines under pictures that name who made them: with more, they tell it. Six pages of 1,464
# read otherwise, three better, up to .024, one worse, .001; one of pictures alone .452 without the bound (2026-11-27).
MAX_UNDER_SHARE = 0.33
MAX_UP = 3  # steps from a line's own element to its block: a font in a link in a paragraph
_OWN = frozenset({"heading", "quote"})


def boxed(lines: Sequence[Line]) -> frozenset[Line]:
    """The lines that stand in the box of one picture.

    They are of the body, not of its text: of 1,174 pages eight read otherwise, by +.043 to -.008, and F1c is .9637 and
    .9598 on two halves of the sites, .9636 and .9595 with them (2026-11-26).
    """
    known: dict[_Element, bool] = {}
    short = [line for line in lines if line.size <= MAX_BESIDE_CHARACTERS and line.kind not in _OWN]
    under = frozenset(line for line in short if _is_under(line))
    if size(under) > MAX_UNDER_SHARE * size(lines):
        under = frozenset()
    return under | {line for line in short if _is_boxed(line.owner, known)}


def _is_under(line: Line) -> bool:
    """Whether a line that names who made a picture stands under one. Where it stands is asked first: it costs less."""
    block: _Element | None = line.owner
    if line.owner.tag not in LINES:  # as few are
        block = next((up for up in islice(line.owner.iterancestors(), MAX_UP) if up.tag in LINES), None)
    before = None if block is None else block.getprevious()
    if block is None or before is None or next(before.iter("img"), None) is None:
        return False
    return is_credited(line.text) and text_of(block) == line.text and not text_of(before)


def _is_boxed(owner: _Element, known: dict[_Element, bool]) -> bool:
    """Whether the nearest box with a picture has one alone. `known` keeps the answers for one page."""
    path: list[_Element] = []
    verdict = False
    up: _Element | None = owner
    while up is not None and len(path) <= MAX_BOXES:
        if up in known:
            verdict = known[up]
            break
        path.append(up)
        pictures = (
            [one for one in up.iter("img") if not is_icon(one)] if up.tag == "table" or is_picture_box(up) else []
        )
        if pictures:
            verdict = _is_for_one(up, pictures)
            break
        up = up.getparent()
    known.update(dict.fromkeys(path, verdict))
    return verdict


def _is_for_one(box: _Element, pictures: list[_Element]) -> bool:
    is_alone = not several(pictures) and not _SLIDE.search(names(box)) and len(text_of(box)) <= MAX_BESIDE_CHARACTERS
    return is_alone and (box.tag != "table" or is_framed(box, pictures[0]))
