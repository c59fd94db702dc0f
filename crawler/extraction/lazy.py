"""Lazy images → plain ones, before anything else reads the tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml.etree import XPath

from crawler.core import urls
from crawler.extraction.tree import elements, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-actualsrc", "data-echo",
    "data-url", "data-image", "data-img-src", "data-full-src", "data-hi-res-src", "lazy-src", "file", "original",
)  # fmt: skip
_SRCSETS = ("data-srcset", "data-lazy-srcset", "srcset")
_CANDIDATE = re.compile(r"\s*(\S*[^\s,])(?:\s+(\d{1,6}(?:\.\d{1,4})?)[wx])?\s*(?:,|$)")  # HTML §4.8.4.3.10, in brief
_PLACEHOLDER = re.compile(
    r"^(?:data:|about:|$)|(?:blank|spacer|pixel|placeholder|loading|lazy|grey|1x1)[^/]*\.(?:gif|png|svg)", re.IGNORECASE
)
_NOSCRIPTS = XPath("//body//noscript[.//img]")
_PICTURES = XPath("//picture")


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
        for name in (*_LAZY, *_SRCSETS, "sizes", "loading"):
            image.attrib.pop(name, None)
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
    image.tail = picture.tail
    parent.replace(picture, image)
