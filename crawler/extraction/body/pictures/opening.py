"""The pictures that an article opens with, between its headline and its first words, and the galleries it ends with."""

from __future__ import annotations

from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

from crawler.extraction.body.belongs import MAX_MEDIA_TEXT, in_furniture, leads_away, loose_text
from crawler.extraction.body.pictures.called import is_caption
from crawler.extraction.body.pictures.captions import CAPTION_TAGS, MAX_BOXES, mirrored
from crawler.extraction.body.pictures.galleries import has_captions, is_gallery
from crawler.extraction.body.pictures.images import is_icon
from crawler.extraction.tree import several, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

_NO_CAPTION = ("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol")
MAX_FIGURES = 3  # more are of other articles, unless a box says that they are shown one after the other
MAX_SPACES = 3  # between a caption and its credit
MAX_BEHIND = 1_000  # images behind an article that are looked at


def opening(first: _Element, lead: str) -> list[_Element]:
    """The figures and a gallery before the article's first block; the image with the file name of `lead` from anywhere.

    Where no figure holds that image: the box that it shares with no more than its caption, or its caption after it.
    """
    around = set(first.iterancestors())
    known = dict.fromkeys(around, False)  # what holds the article is no furniture, whatever its names
    named = _named(first.getroottree().getroot(), file_name(lead), known)
    figures = [] if named is None else _with_caption(named, around)
    scope = _scope(first)
    gallery: _Element | None = None
    seen = {scope, *around}
    for element in () if scope is None else scope.iter("img", "figure", str(first.tag)):
        if element is first or len(figures) >= MAX_FIGURES:
            break
        if gallery is not None and gallery in element.iterancestors():
            continue
        if gallery is None and (gallery := _gallery(_unseen(element, seen), known)) is not None:
            figures = [gallery, *(one for one in figures if gallery not in one.iterancestors())]
        elif element.tag == "figure" and element is not named and _opens(element, known):
            figures.extend(_with_caption(element, around))
    return figures or _alone(first, scope, known)


def _alone(first: _Element, scope: _Element | None, known: dict[_Element, bool]) -> list[_Element]:
    """The first picture between the headline and the text, of a page that names none and has no figure."""
    is_below = scope is not None and scope.find(".//h1") is None
    for element in () if scope is None else scope.iter():
        if element is first:
            break
        is_below = is_below or element.tag == "h1"
        is_one = element.tag == "img" and is_below and not is_icon(element) and not _is_link(element)
        if is_one and not in_furniture(element, known):
            return _with_caption(element, set(first.iterancestors()))
    return []


def closing(last: _Element) -> list[_Element]:
    """The galleries with captions that stand behind the article's last block, in its own element or the page's main."""
    path = list(last.iterancestors())
    edge = max((place for place, up in enumerate(path) if up.tag in {"article", "main"}), default=0)
    behind = chain.from_iterable(up.itersiblings() for up in (last, *path[:edge]))
    found: list[_Element] = []
    known: dict[_Element, bool] = {}
    seen: set[_Element | None] = {None, *path}
    for image in islice(chain.from_iterable(beside.iter("img") for beside in behind), MAX_BEHIND):
        if any(one in found for one in image.iterancestors()):
            continue
        gallery = _gallery(_unseen(image, seen), known)
        if gallery is not None and has_captions(gallery):
            found.append(gallery)
    return found


def _unseen(element: _Element, seen: set[_Element | None]) -> list[_Element]:
    """An element and what it stands in, from the outermost that was not seen; they are then."""
    path = list(takewhile(lambda one: one not in seen, chain([element], element.iterancestors())))
    seen.update(path)
    return path[::-1]


def _gallery(path: Iterable[_Element], known: dict[_Element, bool]) -> _Element | None:
    """The first that is a gallery, unless it is furniture."""
    return next((one for one in path if is_gallery(one) and not in_furniture(one, known)), None)


def _scope(first: _Element) -> _Element | None:
    """The element around the text that holds its headline too; else its article; else what is called main."""
    article: _Element | None = None
    for up in first.iterancestors():
        if up.tag == "body" and article is not None:
            break
        if up.tag == "main" or next(up.iter("h1"), None) is not None:
            return next((one for one in (up, *up.iterancestors()) if one.tag in {"article", "main"}), up)
        article = up if article is None and up.tag == "article" else article
    return article


def _opens(figure: _Element, known: dict[_Element, bool]) -> bool:
    pictures = [image for image in figure.iter("img") if not is_icon(image)]
    return bool(pictures) and not any(map(_is_link, pictures)) and not in_furniture(figure, known)


def _is_link(image: _Element) -> bool:
    """Whether a picture leads to another article: to another page, and none of the words beside it is its caption."""
    if not leads_away(image):
        return False
    said = next((one for up in image.iterancestors("figure") for one in up.iter("figcaption") if text_of(one)), None)
    if said is None and (again := mirrored(image)) is not None:
        said = again[0]
    return said is None or said.find(".//a") is not None or next(said.iterancestors("a"), None) is not None


def _named(page: _Element, name: str, known: dict[_Element, bool]) -> _Element | None:
    """The first image with that file name, with its figure; of several rather one that has a caption."""
    first: _Element | None = None
    for image in page.iter("img") if name else ():
        source = image.get("src", "")
        if name not in source.lower() or file_name(source) != name or is_icon(image):
            continue
        found = next(image.iterancestors("figure"), image)
        if _captioned(found, known):
            return found
        if first is None and not in_furniture(image, known):
            first = found
    return first


def _captioned(named: _Element, known: dict[_Element, bool]) -> bool:
    """Whether an image that leads nowhere has its caption in its own box."""
    if any(map(leads_away, [named, *named.iter("img")])):
        return False
    for up in islice(chain([named], named.iterancestors()), MAX_BOXES):
        if _behind(up) is not None:
            return True
        if known.get(up) is False or several(up.iter("img")):
            return False
        if any(is_caption(one) and text_of(one) for one in up.iter(*CAPTION_TAGS)):
            return True
    return False


def _with_caption(named: _Element, around: set[_Element]) -> list[_Element]:
    """The picture with its caption, in one element or in two."""
    if any(is_caption(one) for one in named.iter(*CAPTION_TAGS)):
        return [named]
    box = named
    for up in islice(named.iterancestors(), MAX_BOXES):
        if (said := _behind(box)) is not None:
            return [box, said]
        if several(one for one in up.iter("img") if not is_icon(one)):
            break
        said = next((one for one in up.iter(*CAPTION_TAGS) if is_caption(one)), None)
        if said is not None and named not in said.iterdescendants():
            return [box, _whole(said, up)] if 0 < len(text_of(said)) <= MAX_MEDIA_TEXT else [box]
        if up in around or _says_more(up) or len(text_of(up)) > MAX_MEDIA_TEXT:
            break
        box = up if text_of(up) else box
    again = None if (image := next(named.iter("img"), None)) is None else mirrored(image)
    if again is None or again[0] in around or _says_more(again[0]) or len(text_of(again[0])) > MAX_MEDIA_TEXT:
        return [box]
    return [box, again[0]]


def _says_more(box: _Element) -> bool:
    """Whether something in a box is a heading, of a card or of the text, or a list: no caption has one."""
    return next(box.iter(*_NO_CAPTION), None) is not None


def _whole(said: _Element, box: _Element) -> _Element:
    """A caption with the credit beside it, where what holds both within a box holds nothing else."""
    widest = next((one for one in chain([said], said.iterancestors()) if one.getparent() is box), said)
    return widest if widest.find(".//img") is None and loose_text(widest) <= MAX_SPACES else said


def _behind(box: _Element) -> _Element | None:
    """What stands behind a picture and calls itself its caption."""
    said = box.getnext()
    if said is None or said.tag not in CAPTION_TAGS or not is_caption(said) or said.find(".//img") is not None:
        return None
    return said if 0 < len(text_of(said)) <= MAX_MEDIA_TEXT else None


def file_name(url: str) -> str:
    """The last part of a URL's path: what stays the same where a site serves a picture in several sizes."""
    return url.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2].lower()
