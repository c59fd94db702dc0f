"""Pictures that are shown one after the other: what calls itself so, and what is said of each."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from crawler.extraction.body.belongs import MAX_MEDIA_TEXT, is_elsewhere, leads_away, loose_text
from crawler.extraction.body.pictures.called import is_caption
from crawler.extraction.body.pictures.caption_lines import MAX_BESIDE_CHARACTERS
from crawler.extraction.body.pictures.captions import CAPTION_TAGS, MAX_UP, attribute_of
from crawler.extraction.body.pictures.images import is_icon
from crawler.extraction.tree import names, several, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

MAX_GALLERY = 100  # pictures
MIN_SAID = 20  # characters of what is said of a picture where nothing calls it a caption; less is its number
MAX_LABELS = 30  # characters for each picture, of numbers and buttons around them
GALLERY_TAGS = frozenset({"div", "section", "ul", "ol", "figure"})
_GALLERY = re.compile(
    r"galler|galer|slide|carou?ss?el|swiper|slick|splide|flickity|glide|fotorama|photoswipe|diapo|fotostrecke|bildstrecke"
    r"|bilderserie|photo-?(?:set|essay|album)|图集"
)
_ATTACHED = re.compile(r"gallery-item|gallery-image|wp-block-image|attachment")


def is_gallery(element: _Element) -> bool:
    """Whether an element calls itself one: its pictures lead nowhere, and it says no more than what they show."""
    tag = str(element.tag)
    if (tag not in GALLERY_TAGS and "-" not in tag) or not (_says_gallery(names(element)) or _is_list(element, tag)):
        return False
    pictures = [image for image in islice(element.iter("img"), MAX_GALLERY + 1) if not is_icon(image)]
    if not 1 < len(pictures) <= MAX_GALLERY:
        return False
    if any(leads_away(image) and not _is_attached(image, element) for image in pictures):
        return False
    return loose_text(element) <= MAX_MEDIA_TEXT // 10 or _are_spoken(element, pictures)


def _is_attached(image: _Element, gallery: _Element) -> bool:
    """Whether it leads to its own page, as WordPress has it: its slide is called so, and its caption is no link."""
    slide = _slide(image, gallery)
    return bool(_ATTACHED.search(names(image) + names(slide))) and _has_caption(slide)


def _is_list(element: _Element, tag: str) -> bool:
    """Whether it is a list of pictures with captions, which need not be called a gallery."""
    if tag not in {"ul", "ol"} or element.find("li") is None:
        return False
    return all(one.find(".//img") is not None and _has_caption(one) for one in islice(element, MAX_GALLERY))


def _has_caption(slide: _Element) -> bool:
    """Whether a caption stands in it that is no link, nor holds one to another page."""
    said = (one for one in slide.iter(*CAPTION_TAGS, "dd") if is_caption(one) and text_of(one))
    return any(not any(map(is_elsewhere, chain(one.iter("a"), one.iterancestors("a")))) for one in said)


@lru_cache(maxsize=4096)
def _says_gallery(called: str) -> bool:
    return bool(_GALLERY.search(called))


def has_captions(gallery: _Element) -> bool:
    """Whether something is said of its pictures."""
    if any((is_caption(one) and text_of(one)) or attribute_of(one) for one in gallery.iterdescendants()):
        return True
    return any(len(text_of(one)) >= MIN_SAID for one in slides(gallery))


def slides(gallery: _Element) -> list[_Element]:
    """The largest element in a gallery around each of its pictures that holds no other."""
    pictures = [image for image in islice(gallery.iter("img"), MAX_GALLERY) if not is_icon(image)]
    return [_slide(image, gallery) for image in pictures]


def _slide(image: _Element, gallery: _Element) -> _Element:
    found = image
    for up in islice(image.iterancestors(), MAX_UP):
        if up is gallery or several(one for one in up.iter("img") if not is_icon(one)):
            break
        found = up
    return found


def _are_spoken(gallery: _Element, pictures: Sequence[_Element]) -> bool:
    """Whether each word in it stands beside one of its pictures, none is called a caption, and few lead away."""
    if any(is_caption(one) for one in gallery.iter(*CAPTION_TAGS)):
        return False
    alone = [_slide(image, gallery) for image in pictures]
    said = [len(text_of(one)) for one in alone]
    if max(said) > MAX_BESIDE_CHARACTERS or len(text_of(gallery)) - sum(said) > MAX_LABELS * len(said):
        return False
    return 2 * sum(any(map(is_elsewhere, one.iter("a"))) for one in alone) <= len(alone)
