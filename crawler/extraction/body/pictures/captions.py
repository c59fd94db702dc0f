"""What is said of a picture: its caption and who made it, where sites write it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.body.pictures.called import CAPTION_ATTRIBUTES, is_caption, is_credit, is_picture_box, is_said
from crawler.extraction.body.pictures.caption_lines import MAX_BESIDE_CHARACTERS, after, behind
from crawler.extraction.body.pictures.tools import COUNTED, without_tool
from crawler.extraction.tree import folded, lines_of, names, pieces, several

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from lxml.etree import _Element

MAX_CAPTION_CHARACTERS = 1_000
CAPTION_TAGS = ("figcaption", "div", "p", "span")
MIN_MIRRORED_CHARACTERS = 10  # of a text that an image's `alt` has too; a shorter one is a label
MAX_NEXT, MAX_PIECES = 2, 4  # siblings behind an image, and texts at the beginning of each, that are looked at
MAX_PARTS = 60  # elements of a box whose words are read
MAX_MAKER_CHARACTERS = 80
MAX_ROWS = 2  # of a table around a picture and its caption
MAX_UP = 12  # steps from an image to the box that stands there for it alone
MAX_BOXES = 4  # around an image, where its caption is looked for
_MAKER = re.compile(r"source|quelle|rights|author|autor|agency|fotograf|caption[-_]*meta")  # in a figure
_PICTURES_MAKER = re.compile(
    r"(?:image|img|picture|photo|foto|bild|media|caption)[\w-]{0,20}(?:source|quelle|rights|author|autor)"
)
_TAG = re.compile(r"<[^<>]{0,200}>")
_SLIDES = frozenset({"div", "span", "figure", "li"})
_COUNTER = re.compile(rf"^{COUNTED}(?:[^\w(]{{1,9}}|$)")


def attribute_of(element: _Element) -> str:
    """The caption that an attribute holds for a script that shows pictures."""
    said = next(filter(None, map(element.get, CAPTION_ATTRIBUTES)), "")
    return _TAG.sub(" ", said[: 2 * MAX_CAPTION_CHARACTERS]) if said[:1] not in {".", "#"} else ""  # there: a selector


def caption_of(image: _Element, boxes: Container[_Element] = ()) -> tuple[str, str]:
    """Caption and credit of an image, each empty where nobody wrote one. `boxes`: those that stand for a picture."""
    near = _surroundings(image)
    credit = next(filter(None, (lines_of(one) for one in near if is_credit(one))), "")
    for said in _said(image, near, boxes):
        if caption := without_tool(folded(said.removesuffix(credit))):
            maker = credit or _maker(image, near, caption)
            # some call both together the credit
            rest, caption = maker.removeprefix(caption).strip(), caption.removesuffix(maker).strip() or caption
            return caption[:MAX_CAPTION_CHARACTERS], rest[:MAX_CAPTION_CHARACTERS]
    return "", credit[:MAX_CAPTION_CHARACTERS]


def _maker(image: _Element, near: Sequence[_Element], caption: str) -> str:
    """What stands beside a caption or ends it, and may name who made the picture, by what the page calls it."""
    called = _PICTURES_MAKER if next(image.iterancestors("figure"), None) is None else _MAKER
    said = (lines_of(one) for one in near if called.search(names(one)))
    found = next((text for text in said if 0 < len(text) <= MAX_MAKER_CHARACTERS), "")
    return found if found not in caption or (found != caption and caption.endswith(found)) else ""


def _said(image: _Element, near: Sequence[_Element], boxes: Container[_Element]) -> Iterator[str]:
    """What may be its caption, best first."""
    yield from (lines_of(one) for one in near if is_caption(one) and not is_credit(one))
    yield from map(attribute_of, near)
    yield _beside(image, boxes)
    yield behind(image)
    yield after(image)
    if (again := mirrored(image)) is not None:
        yield again[1]


def _surroundings(image: _Element) -> list[_Element]:
    """The elements whose text may speak of the image: its figure, else the siblings up to the next block of text."""
    block = next(image.iterancestors("figure"), None)
    if block is None:
        block = next(
            (up for up in islice(image.iterancestors("div", "p", "a", "span"), MAX_UP) if is_caption(up)), None
        )
    if block is None or not any(is_caption(one) for one in block.iter(*CAPTION_TAGS)):
        found = _box(image)
        block = block if found is None else found
    if block is not None:
        return [block, *(one for one in block.iterdescendants() if one is not block)]
    near: list[_Element] = [image, *image.iterancestors("a", "li")]
    for sibling in image.itersiblings():
        if (sibling.tag in {"p", "img", "h2", "h3", "ul"} and not is_said(sibling)) or sibling.find(
            ".//img"
        ) is not None:
            break
        near.extend(one for one in sibling.iter("*") if isinstance(one.tag, str))
    return near


def _box(image: _Element) -> _Element | None:
    """The smallest box around an image alone that holds a caption."""
    for up, _ in zip(image.iterancestors(), range(MAX_BOXES), strict=False):
        pictures = up.iter("img")
        if next(pictures, None) is not None and next(pictures, None) is not None:
            return None
        if any(is_caption(one) for one in up.iterdescendants() if one is not image):
            return up
    return None


def _beside(image: _Element, boxes: Container[_Element]) -> str:
    """The text beside an image in a box of its own that calls itself a picture: a caption without a name."""
    boxed = 0
    for up in islice(image.iterancestors(), MAX_UP):
        if several(up.iter("img")):
            return ""
        boxed += up.tag in _SLIDES
        is_box = up.tag in _SLIDES and (up.tag == "figure" or is_picture_box(up))
        is_box = boxed <= MAX_BOXES and (is_box or (up.tag == "table" and is_framed(up, image)))
        if (is_box or up in boxes) and (said := _words(up)):
            return said if len(said) <= MAX_BESIDE_CHARACTERS else ""
    return ""


def is_framed(table: _Element, picture: _Element) -> bool:
    """Whether a table is a picture's frame: that stands in the first of two rows, one cell wide."""
    rows = list(islice(table.iter("tr"), MAX_ROWS + 1))
    is_first = bool(rows) and next(picture.iterancestors("tr"), None) is rows[0]
    return is_first and len(rows) == MAX_ROWS and all(len(row) == 1 for row in rows)


def _words(box: _Element) -> str:
    """The text of a box without the number of its picture."""
    said = pieces(box, MAX_PARTS)
    if any(map(_COUNTER.fullmatch, said)):
        return " ".join(piece for piece in said if not _COUNTER.fullmatch(piece))
    return _COUNTER.sub("", lines_of(box))


def mirrored(image: _Element) -> tuple[_Element, str] | None:
    """The element behind an image where its `alt` or `title` stands again, and that text: a caption without a name."""
    said = {text for name in ("alt", "title") if len(text := folded(image.get(name, ""))) >= MIN_MIRRORED_CHARACTERS}
    block = image
    for _ in range(MAX_BOXES if said else 0):
        for beside in islice(block.itersiblings(), MAX_NEXT):
            if found := [piece for piece in pieces(beside, MAX_PIECES) if piece in said]:
                return beside, found[0]
        if (parent := block.getparent()) is None:
            break
        block = parent
    return None
