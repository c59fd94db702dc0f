"""Cards of other articles among an article's elements: a picture, and a headline that leads where they are."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.body.belongs import MAX_MEDIA_TEXT, is_elsewhere
from crawler.extraction.body.pictures.called import is_caption
from crawler.extraction.body.pictures.captions import CAPTION_TAGS, MAX_BOXES
from crawler.extraction.body.pictures.images import is_icon
from crawler.extraction.body.runs import INLINE
from crawler.extraction.tree import several, text_of

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml.etree import _Element

MIN_TITLE_CHARACTERS = 12  # of a link beside a picture; a shorter one is a label
MAX_PICTURES = 100  # of an element, that are looked at
MAX_LINKS = 20  # of a box around a picture; a card has two or three
HEADLINE_SHARE = 0.6  # of the words beside a picture that lead to another page


def is_teaser(element: _Element, own: Container[_Element], url: str) -> bool:
    """Whether all its pictures stand for other articles of the site, which the words beside them are the titles of.

    `own` are the blocks that the reading stands in: a title among them is one of its own. `url` is the page's.
    """
    pictures = [one for one in islice(element.iter("img"), MAX_PICTURES) if not is_icon(one)]
    if not pictures:
        return False
    said = [one for one in element.iter(*CAPTION_TAGS) if is_caption(one) and text_of(one)]
    targets = {link.get("href") for one in pictures for link in one.iterancestors("a")}
    if any(not _is_headline(one, url, inside=len(targets) > 1) for one in said):
        return False
    return all(_is_titled(one, own, url) for one in pictures)


def _is_headline(caption: _Element, url: str, *, inside: bool) -> bool:
    """Whether a caption is a link to another page; with `inside`, also where it is a part of one."""
    if inside and any(leads(link, url) for link in caption.iterancestors("a")):
        return True
    return _linked(caption, url) >= HEADLINE_SHARE * len(text_of(caption))


def _is_titled(image: _Element, own: Container[_Element], url: str) -> bool:
    link = next(image.iterancestors("a"), None)
    link = None if link is None or not is_elsewhere(link) else link
    if link is not None and not leads(link, url):
        return False
    if link is not None and len(text_of(link)) >= MIN_TITLE_CHARACTERS:
        return True
    for up in islice(image.iterancestors(), MAX_BOXES):
        if several(up.iter("img")):
            break
        titles = [one for one in islice(up.iter("a"), MAX_LINKS) if one is not link and _is_title(one, url)]
        if link is not None:
            titles = [one for one in titles if one.get("href") == link.get("href")]
        if not titles:
            continue
        if (said := len(text_of(up))) > MAX_MEDIA_TEXT:
            break
        if link is not None or sum(len(text_of(one)) for one in titles) >= HEADLINE_SHARE * said:
            return next((one for one in titles[0].iterancestors() if one.tag not in INLINE), None) not in own
    return False


def _linked(element: _Element, url: str) -> int:
    """Characters of titles in it that lead to other pages of the site."""
    return sum(len(text_of(link)) for link in element.iter("a") if _is_title(link, url))


def _is_title(link: _Element, url: str) -> bool:
    return leads(link, url) and len(text_of(link)) >= MIN_TITLE_CHARACTERS


def leads(link: _Element, url: str) -> bool:
    """Whether a link leads to another page of the same site."""
    if not is_elsewhere(link):
        return False
    try:
        return urlsplit(link.get("href", "")).netloc in {"", urlsplit(url).netloc}
    except ValueError:
        return False
