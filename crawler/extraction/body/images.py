"""What the body's images say."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.core.model import Image
from crawler.extraction.tree import folded, names, text_of

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml.etree import _Element

MIN_PIXELS = 32  # smaller ones are counters, bullets and share buttons
MAX_CAPTION_CHARACTERS = 1_000
MAX_BESIDE_CHARACTERS = 400  # of a caption that nothing calls so
MAX_BOXES = 4  # around an image, where its caption is looked for
_ICON = re.compile(
    r"(?:^|[/_-])(?:icon|icons|sprite|logo|emoji|avatar|gravatar|pixel|spacer|blank)(?:[/_.-]|$)|\.svg(?:$|\?)",
    re.IGNORECASE,
)
# What a head names for every page of a site, by its file name: 29 of 1,464 pages, no labelled lead image among them
# (2026-11-26).
_SITES_OWN = re.compile(
    r"(?:^|[-_])(?:logo|placeholder|favicon|no[-_]?image|default[-_]?(?:image|img|thumb\w*|og|share|social|photo)"
    r"|(?:og|share|social|facebook)[-_]?(?:default|image|img)s?)(?:[-_.\d]|$)",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"caption|\blegend\b|img[-_]?desc|photo[-_]?desc|图注|图说|legende|cutline|bildtext|unterschrift|pie[-_]?de[-_]?foto"
)
_CREDIT = re.compile(r"copyright|credit|photographer|photo[-_]?by|image[-_]?source")
_PICTURE_BOX = re.compile(
    r"(?:^|[\s_-])(?:image|img|photo|picture|bild|foto|hmedia|slide|gallery|carousel)s?(?:$|[\s_-])"
)
_CREDITED = re.compile(
    r"©|photo(?:s|graph)?(?: ?[:：/]| by\b| credit| courtesy)|(?:picture|image|foto|fot|bild|crédits?|kuva) ?[:：/]"
    r"|getty images|\(?(?:reuters|afp|ap|epa|dpa)\)?\W*$|图[/／:：]|圖[/／:：]|[图圖]源|[图圖]片[来來]源|[摄攝]\W*$"
    r"|(?:提供|撮影)[）)]",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\d{1,5}")


def is_icon(image: _Element) -> bool:
    """Whether an image is furniture: an icon, a counter, or nothing that can be fetched."""
    source = image.get("src")
    sizes = [size for size in (_pixels(image, "width"), _pixels(image, "height")) if size is not None]
    return not source or any(size < MIN_PIXELS for size in sizes) or bool(_ICON.search(urlsplit(source).path))


def is_sites_own(url: str) -> bool:
    """Whether an image's file name says that it is the site's, not the article's: its logo, its default."""
    return bool(_SITES_OWN.search(url.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]))


def is_caption(element: _Element) -> bool:
    """Whether an element is the text of an image."""
    return element.tag == "figcaption" or _says_caption(names(element))


@lru_cache(maxsize=4096)
def _says_caption(called: str) -> bool:
    return bool(_CAPTION.search(called))


def is_credit(element: _Element) -> bool:
    """Whether an element names the maker of an image."""
    return _says_credit(names(element))


@lru_cache(maxsize=4096)
def _says_credit(called: str) -> bool:
    return bool(_CREDIT.search(called))


def is_picture_box(element: _Element) -> bool:
    """Whether an element calls itself a picture."""
    return bool(_PICTURE_BOX.search(names(element)))


def images(body: _Element, boxes: Container[_Element] = ()) -> tuple[Image, ...]:
    """The images of a body in their order, each URL once. `boxes`: those in it that stand there for their picture."""
    found: dict[str, Image] = {}
    for element in body.iter("img"):
        if not is_icon(element):
            image = _image(element, boxes)
            found.setdefault(image.url, image)
    return tuple(found.values())


def _image(element: _Element, boxes: Container[_Element]) -> Image:
    near = _surroundings(element)
    captions = [text_of(one) for one in near if is_caption(one) and not is_credit(one)]
    credits_ = [text_of(one) for one in near if is_credit(one)]
    credit = next(filter(None, credits_), "")
    caption = (
        next(filter(None, captions), "")
        or next((text for one in near if (text := one.get("data-caption", ""))), "")
        or _beside(element, boxes)
        or _after(element)
    )
    return Image(
        url=element.get("src", ""),
        alt=folded(element.get("alt", "")),
        title=folded(element.get("title", "")),
        width=_pixels(element, "width"),
        height=_pixels(element, "height"),
        caption=folded(caption.removesuffix(credit) or caption)[:MAX_CAPTION_CHARACTERS],
        credit=folded(credit)[:MAX_CAPTION_CHARACTERS],
    )


def _surroundings(image: _Element) -> list[_Element]:
    """The elements whose text may speak of the image: its figure, else the siblings up to the next block of text."""
    block = next(image.iterancestors("figure"), None)
    if block is None:
        block = next((up for up in image.iterancestors("div", "p", "a", "span") if is_caption(up)), None)
    if block is None or not any(is_caption(one) for one in block.iter("figcaption", "div", "p", "span")):
        found = _box(image)
        block = block if found is None else found
    if block is not None:
        return [block, *(one for one in block.iterdescendants() if one is not block)]
    near: list[_Element] = [image, *image.iterancestors("a")]
    for sibling in image.itersiblings():
        if sibling.tag in {"p", "img", "h2", "h3", "ul"} and not (is_caption(sibling) or is_credit(sibling)):
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
    for up, _ in zip(image.iterancestors("div", "span", "figure"), range(MAX_BOXES), strict=False):
        if len(list(islice(up.iter("img"), 2))) > 1:
            return ""
        if (up.tag == "figure" or up in boxes or is_picture_box(up)) and (said := text_of(up)):
            return said if len(said) <= MAX_BESIDE_CHARACTERS else ""
    return ""


def _after(image: _Element) -> str:
    """The paragraph after an image's own that names who made it: a caption as a text without a layout has it."""
    block = image
    while (parent := block.getparent()) is not None and _is_alone(block, parent):
        block = parent
    said = None if (block.tail or "").strip() else block.getnext()
    text = text_of(said) if said is not None and said.tag in {"p", "div"} and said.find(".//img") is None else ""
    return text if len(text) <= MAX_BESIDE_CHARACTERS and _CREDITED.search(text) else ""


def _is_alone(element: _Element, parent: _Element) -> bool:
    """Whether nothing stands beside an element. Its parent's length is not asked for: that counts all children."""
    beside = element.getnext() if element.getprevious() is None else element.getprevious()
    return beside is None and not f"{parent.text or ''}{element.tail or ''}".strip()


def _pixels(element: _Element, name: str) -> int | None:
    found = _SIZE.fullmatch(element.get(name, "").strip().removesuffix("px"))
    return int(found[0]) if found else None
