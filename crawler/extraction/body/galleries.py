"""Pictures that are shown one after the other: what calls itself so, and what is said of each."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.body.belongs import MAX_MEDIA_TEXT, leads_away, loose_text
from crawler.extraction.body.captions import CAPTION_TAGS, MAX_BESIDE_CHARACTERS, MAX_UP, is_caption
from crawler.extraction.body.images import is_icon
from crawler.extraction.tree import names, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

MAX_GALLERY = 100  # pictures
MIN_SAID = 20  # characters of what is said of a picture where nothing calls it a caption; less is its number
MAX_LABELS = 30  # characters for each picture, of numbers and buttons around them
GALLERY_TAGS = frozenset({"div", "section", "ul", "ol", "figure"})
_GALLERY = re.compile(
    r"galler|galer|slide|carou?ss?el|swiper|slick|splide|flickity|fotorama|lightslider|diapo|fotostrecke|bildstrecke"
    r"|bilderserie|photo-?(?:set|essay|album)|图集"
)


def is_gallery(element: _Element) -> bool:
    """Whether an element calls itself one: its pictures lead nowhere, and it says no more than what they show."""
    tag = str(element.tag)
    if (tag not in GALLERY_TAGS and "-" not in tag) or not _says_gallery(names(element)):
        return False
    pictures = [image for image in islice(element.iter("img"), MAX_GALLERY + 1) if not is_icon(image)]
    if not 1 < len(pictures) <= MAX_GALLERY or any(map(leads_away, pictures)):
        return False
    return loose_text(element) <= MAX_MEDIA_TEXT // 10 or _are_spoken(element, pictures)


@lru_cache(maxsize=4096)
def _says_gallery(called: str) -> bool:
    return bool(_GALLERY.search(called))


def has_captions(gallery: _Element) -> bool:
    """Whether something is said of its pictures."""
    if any(is_caption(one) and text_of(one) for one in gallery.iterdescendants()):
        return True
    return any(len(text_of(one)) >= MIN_SAID for one in slides(gallery))


def slides(gallery: _Element) -> list[_Element]:
    """The largest element in a gallery around each of its pictures that holds no other."""
    pictures = [image for image in islice(gallery.iter("img"), MAX_GALLERY) if not is_icon(image)]
    return [_slide(image, gallery) for image in pictures]


def _slide(image: _Element, gallery: _Element) -> _Element:
    found = image
    for up in islice(image.iterancestors(), MAX_UP):
        if up is gallery or len(list(islice((one for one in up.iter("img") if not is_icon(one)), 2))) > 1:
            break
        found = up
    return found


def _are_spoken(gallery: _Element, pictures: Sequence[_Element]) -> bool:
    """Whether each word in it stands beside one of its pictures, where nothing else is called a caption."""
    if any(is_caption(one) for one in gallery.iter(*CAPTION_TAGS)):
        return False
    alone = [_slide(image, gallery) for image in pictures]
    said = [len(text_of(one)) for one in alone]
    if max(said) > MAX_BESIDE_CHARACTERS or len(text_of(gallery)) - sum(said) > MAX_LABELS * len(said):
        return False
    return not any(len(text_of(link)) >= MIN_SAID for one in alone for link in one.iter("a"))
