"""What a page calls the boxes of its pictures: by class and id, a picture, its text, who made it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.extraction.tree import names

if TYPE_CHECKING:
    from lxml.etree import _Element

_CAPTION = re.compile(
    r"caption|\blegend\b|图注|图说|legende|légende|cutline|unterschrift|pie[-_]?de[-_]?foto|didascalia|leyenda|epigrafe|bildtext"
    r"|(?:img|image|photo|picture|pic|figure|media|bild|foto)[-_]{0,2}(?:desc|info|subtitle)|(?:figure|photo|foto)[-_]{0,2}text"
)
# One of them stands in whatever it matches; to look for them takes a sixth of its time.
_IN_CAPTION = (
    *("caption", "legend", "图", "légende", "cutline", "unterschrift", "foto", "didascalia", "leyenda", "epigrafe"),
    *("desc", "info", "subtitle", "text"),
)
CAPTION_ATTRIBUTES = ("data-caption", "data-sub-html", "data-image-caption")  # for scripts that show pictures
_CREDIT = re.compile(r"copyright|credit|photographer|photo[-_]?by|image[-_]?source")
_PICTURE_BOX = re.compile(
    r"(?:^|[\s_-])(?:image|img|photo|picture|pic|bild|foto|hmedia|slide|gallery|carousel)s?(?:box|wrap|frame|block)?\w?(?:$|[\s_-])"
    r"|(?:image|photo|picture|bild|foto)(?:$|[\s_-])"
)


def is_caption(element: _Element) -> bool:
    """Whether an element is the text of an image."""
    return element.tag == "figcaption" or _says_caption(names(element))


@lru_cache(maxsize=4096)
def _says_caption(called: str) -> bool:
    return any(map(called.__contains__, _IN_CAPTION)) and bool(_CAPTION.search(called))


def is_credit(element: _Element) -> bool:
    """Whether an element names the maker of an image."""
    return _says_credit(names(element))


@lru_cache(maxsize=4096)
def _says_credit(called: str) -> bool:
    return bool(_CREDIT.search(called))


def is_said(element: _Element) -> bool:
    """Whether an element is the text of an image, or names its maker."""
    return element.tag == "figcaption" or _says_either(names(element))


@lru_cache(maxsize=4096)
def _says_either(called: str) -> bool:
    return _says_caption(called) or _says_credit(called)


def is_picture_box(element: _Element) -> bool:
    """Whether an element calls itself a picture."""
    return _says_picture(names(element))


@lru_cache(maxsize=4096)
def _says_picture(called: str) -> bool:
    return bool(_PICTURE_BOX.search(called))
