"""Lazy images → plain ones, before anything else reads the tree; and what the body's images say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml.etree import XPath

from crawler.core import urls
from crawler.core.model import Image
from crawler.extraction.tree import elements, folded, names, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

MIN_PIXELS = 32  # smaller ones are counters, bullets and share buttons
MAX_CAPTION_CHARACTERS = 1_000
MAX_BOXES = 4  # around an image, where its caption is looked for
_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-actualsrc", "data-echo",
    "data-url", "data-image", "data-img-src", "data-full-src", "data-hi-res-src", "lazy-src", "file", "original",
)  # fmt: skip
_SRCSETS = ("data-srcset", "data-lazy-srcset", "srcset")
_SPENT = frozenset({*_LAZY, *_SRCSETS, "sizes", "loading"})
_CANDIDATE = re.compile(r"\s*(\S*[^\s,])(?:\s+(\d{1,6}(?:\.\d{1,4})?)[wx])?\s*(?:,|$)")  # HTML §4.8.4.3.10, in brief
_PLACEHOLDER = re.compile(
    r"^(?:data:|about:|$)|(?:blank|spacer|pixel|placeholder|loading|lazy|grey|1x1)[^/]*\.(?:gif|png|svg)", re.IGNORECASE
)
_ICON = re.compile(
    r"(?:^|[/_-])(?:icon|icons|sprite|logo|emoji|avatar|gravatar|pixel|spacer|blank)(?:[/_.-]|$)|\.svg(?:$|\?)",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"caption|\blegend\b|img[-_]?desc|photo[-_]?desc|图注")
_CREDIT = re.compile(r"copyright|credit|photographer|photo[-_]?by|image[-_]?source")
_NOSCRIPTS = XPath("//body//noscript[.//img]")
_PICTURES = XPath("//picture")
_SIZE = re.compile(r"\d{1,5}")


def unlazied(root: HtmlElement, url: str) -> None:
    """Give every image of the tree its real, absolute URL as `src`, once each; drop what only lazy loading needs.

    Pictures become their image, noscript twins are merged into the placeholder beside them.
    """
    for noscript in elements(_NOSCRIPTS, root):
        _merge(noscript)
    for picture in elements(_PICTURES, root):
        _flatten(picture)
    for image in list(root.iter("img", "amp-img")):
        image.tag = "img"
        source = _source(image, url)
        for name in _SPENT.intersection(image.keys()):
            del image.attrib[name]
        if source:
            image.set("src", source)
        else:
            image.attrib.pop("src", None)


def _source(image: _Element, url: str) -> str | None:
    sets = [_largest(value) for name in _SRCSETS if (value := image.get(name))]
    lazy = [image.get(name, "") for name in _LAZY]
    for candidate in (*sets, *lazy, image.get("src", "")):
        if candidate and not _PLACEHOLDER.search(candidate.strip()) and (found := urls.join(url, candidate.strip())):
            return found
    return None


def _largest(srcset: str) -> str:
    """The candidate with the greatest width or density; the first where none is said."""
    found = [
        (float(size or 0), source)
        for source, size in _CANDIDATE.findall(srcset[:20_000])
        if not source.startswith("data:")
    ]
    return max(found, key=lambda candidate: candidate[0])[1] if found else ""


def _merge(noscript: _Element) -> None:
    """A noscript's image takes the place of the placeholder before it, or its own place where there is none."""
    parent, twin = noscript.getparent(), noscript.getprevious()
    image = next(noscript.iter("img"), None)
    if parent is None or image is None:
        return
    placeholder = None if twin is None else twin if twin.tag == "img" else next(twin.iter("img"), None)
    if placeholder is not None and twin is not None and not text_of(twin):
        for name in ("src", "srcset"):
            if image.get(name) and (name == "srcset" or _PLACEHOLDER.search(placeholder.get("src", ""))):
                placeholder.set(name, image.get(name, ""))
    else:
        image.tail = None
        noscript.addprevious(image)
    for child in list(noscript):
        noscript.remove(child)


def _flatten(picture: _Element) -> None:
    image = next(picture.iter("img", "amp-img"), None)
    parent = picture.getparent()
    if image is None or parent is None:
        return
    sets = [source.get("srcset") or source.get("data-srcset") or "" for source in picture.iter("source")]
    if not any(image.get(name) for name in _SRCSETS) and any(sets):
        image.set("srcset", ", ".join(filter(None, sets)))
    said = [
        child for child in picture if child.tag not in {"source", "img", "amp-img"} and child is not image.getparent()
    ]
    image.tail = None
    picture.addprevious(image)
    for child in said:  # a caption: HTML does not allow it there, sites write it all the same
        picture.addprevious(child)
    last, tail = said[-1] if said else image, picture.tail
    parent.remove(picture)
    last.tail = tail


def is_icon(image: _Element) -> bool:
    """Whether an image is furniture: an icon, a counter, or nothing that can be fetched."""
    source = image.get("src")
    sizes = [size for size in (_pixels(image, "width"), _pixels(image, "height")) if size is not None]
    return not source or any(size < MIN_PIXELS for size in sizes) or bool(_ICON.search(urlsplit(source).path))


def is_caption(element: _Element) -> bool:
    """Whether an element is the text of an image."""
    return element.tag == "figcaption" or bool(_CAPTION.search(names(element)))


def is_credit(element: _Element) -> bool:
    """Whether an element names the maker of an image."""
    return bool(_CREDIT.search(names(element)))


def images(body: _Element) -> tuple[Image, ...]:
    """The images of a body in their order, each URL once."""
    found: dict[str, Image] = {}
    for element in body.iter("img"):
        if not is_icon(element):
            image = _image(element)
            found.setdefault(image.url, image)
    return tuple(found.values())


def _image(element: _Element) -> Image:
    near = _surroundings(element)
    captions = [text_of(one) for one in near if is_caption(one) and not is_credit(one)]
    credits_ = [text_of(one) for one in near if is_credit(one)]
    credit = next(filter(None, credits_), "")
    caption = next(filter(None, captions), "") or next(
        (text for one in near if (text := one.get("data-caption", ""))), ""
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
    if block is None:
        block = _box(image)
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


def _pixels(element: _Element, name: str) -> int | None:
    found = _SIZE.fullmatch(element.get(name, "").strip().removesuffix("px"))
    return int(found[0]) if found else None
