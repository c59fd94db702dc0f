"""Lazy images → plain ones, before anything else reads the tree."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.extraction.tree import attributes, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lxml.etree import _Element
    from lxml.html import HtmlElement

_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-actualsrc", "data-echo",
    "data-url", "data-image", "data-img-src", "data-full-src", "data-hi-res-src", "lazy-src", "zoomfile", "file",
    "original",
)  # fmt: skip
_DESCRIBING = ("alt", "title", "width", "height", "referrerpolicy")
_NEAR = 4  # steps up from an image to where its noscript lies: a picture, a link and a box in a figure
_SRCSETS = ("data-srcset", "data-lazy-srcset", "srcset")
_WAITS = re.compile(r"lazy|defer|src$|(?:^|-)(?:orig(?:inal)?|full|large|real)(?:$|[-_])")
_ADDRESS = re.compile(r"(?:https?:)?//|/\w|[\w./-]{1,200}\.(?:jpe?g|png|webp|gif|avif)\b", re.IGNORECASE)
WHOLE_ADDRESS = re.compile(r"[^\s\"'<>{}\[\]]{1,1000}\.(?:jpe?g|png|webp|avif)(?:\?\S{0,500})?", re.IGNORECASE)
_NESTED = re.compile(r"(?:https?:)?//[^\s\"',;\\\[\]{}]+")
MAX_NESTED = 2_000  # characters that are looked through for an address
_SPENT = frozenset({*_LAZY, *_SRCSETS, "sizes", "loading"})
_CANDIDATE = re.compile(r"\s*(\S*[^\s,])(?:\s+(\d{1,6}(?:\.\d{1,4})?)[wx])?\s*(?:,|$)")  # HTML §4.8.4.3.10, in brief
_DRAWN = re.compile(r"\.(?:gif|png|svg)", re.IGNORECASE)
_STANDING_IN = ("blank", "spacer", "pixel", "placeholder", "loading", "lazy", "grey", "1x1", "none.gif")
_PLACEHOLDER = re.compile(rf"(?:{'|'.join(_STANDING_IN[:-1])})[^/]*{_DRAWN.pattern}|(?:^|/)none\.gif", re.IGNORECASE)


def unlazied(root: HtmlElement, url: str) -> None:
    """Give every image of the tree its real, absolute URL as `src`, once each; drop what only lazy loading needs.

    Pictures become their image, noscript twins are merged into the placeholder beside them.
    """
    noscripts = [
        one for body in root.iter("body") for one in body.iter("noscript") if next(one.iter("img"), None) is not None
    ]
    shown = _by_address(root, noscripts)
    for noscript in noscripts:
        _merge(noscript, shown)
    for picture in list(root.iter("picture")):
        _flatten(picture)
    for image in list(root.iter("img", "amp-img")):
        if image.tag != "img":
            image.tag = "img"
        said = dict(attributes(image))  # of its twenty names for an address an image has two or three
        source = _source(said, url)
        for name in _SPENT.intersection(said):
            del image.attrib[name]
        if source and source != said.get("src"):
            image.set("src", source)
        elif not source:
            image.attrib.pop("src", None)
        if _is_again(image):
            _tell(image.getprevious(), image)
            image.drop_tree()


def _is_again(image: HtmlElement) -> bool:
    """Whether it is the image just before it: the one that stands in while the other loads."""
    before = image.getprevious()
    is_image = before is not None and before.tag == "img" and not (before.tail or "").strip()
    return is_image and bool(image.get("src")) and before.get("src") == image.get("src")


def _source(said: Mapping[str, str], url: str) -> str | None:
    sets = [_largest(value) for name in _SRCSETS if (value := said.get(name))]
    lazy = [said[name] for name in _LAZY if name in said]
    for candidate in map(_bare, (*sets, *lazy, said.get("src", ""))):
        if candidate and not _is_placeholder(candidate.strip()) and (found := urls.join(url, candidate.strip())):
            return found
    return _elsewhere(said, url)


def _bare(address: str) -> str:
    """The first address in what only a script reads: `{"src": "…"}`, `[…, small]`."""
    if address[:1] not in {"{", "["}:
        return address
    found = _NESTED.search(address[:MAX_NESTED].replace("\\/", "/"))
    return found[0] if found else ""


def _is_placeholder(address: str) -> bool:
    if address[:6].lower().startswith(("data:", "about:")) or not address:
        return True
    if not _DRAWN.search(address):  # takes a fifth of the second
        return False
    lower = address.lower()
    may_be = not address.isascii() or any(word in lower for word in _STANDING_IN)
    return may_be and bool(_PLACEHOLDER.search(address))


def _elsewhere(said: Mapping[str, str], url: str) -> str | None:
    """The address in an attribute of a name that only one player knows, of an image that has none where it belongs."""
    for name, value in said.items():
        is_set = name.endswith("srcset")
        if not name.startswith("data-") or not (is_set or _WAITS.search(name)):
            continue
        candidate = _largest(value) if is_set else value.strip()
        if _ADDRESS.match(candidate) and (found := urls.join(url, candidate)):
            return found
    pictures = (value.strip() for name, value in said.items() if name.startswith("data-"))
    return next(filter(None, (urls.join(url, one) for one in pictures if WHOLE_ADDRESS.fullmatch(one))), None)


def _largest(srcset: str) -> str:
    """The candidate with the greatest width or density; the first where none is said."""
    if srcset.startswith("data:") and not any(map(str.isspace, srcset)):  # one picture in itself: 1 ms for each of them
        return ""
    found = [
        (float(size or 0), source)
        for source, size in _CANDIDATE.findall(srcset[:20_000])
        if not source.startswith("data:")
    ]
    return max(found, key=lambda candidate: candidate[0])[1] if found else ""


def _by_address(root: HtmlElement, noscripts: Collection[_Element]) -> dict[str, _Element]:
    """The images outside of noscripts, by every address that they may be loaded from."""
    if not noscripts:
        return {}
    inside = {image for noscript in noscripts for image in noscript.iter("img")}
    found: dict[str, _Element] = {}
    for image in root.iter("img", "amp-img"):
        for name, address in () if image in inside else attributes(image):
            if name == "src" or name in _LAZY:
                found.setdefault(address, image)
    return found


def _merge(noscript: _Element, shown: Mapping[str, _Element]) -> None:
    """A noscript's image becomes one with the placeholder near it, or takes its own place where there is none."""
    parent, image = noscript.getparent(), next(noscript.iter("img"), None)
    if parent is None or image is None:
        return
    twin = shown.get(image.get("src") or "-")
    if twin is None or parent not in islice(twin.iterancestors(), _NEAR):
        twin = _image_before(noscript)
    if twin is None:
        image.tail = None
        noscript.addprevious(image)
    else:
        _tell(twin, image)
    for child in list(noscript):
        noscript.remove(child)


def _image_before(noscript: _Element) -> _Element | None:
    before = noscript.getprevious()
    return None if before is None or text_of(before) else next(before.iter("img"), None)


def _tell(placeholder: _Element, image: _Element) -> None:
    """The placeholder says what its twin says and it does not, and points where the twin does if it points nowhere."""
    for name in ("src", "srcset", *_DESCRIBING):
        is_missing = not placeholder.get(name) or (name == "src" and _is_placeholder(placeholder.get(name, "")))
        if (value := image.get(name)) and (is_missing or name == "srcset"):
            placeholder.set(name, value)


def _flatten(picture: _Element) -> None:
    image = next(picture.iter("img", "amp-img"), None)
    parent = picture.getparent()
    if image is None or parent is None:
        return
    sets = [_set(source) for source in picture.iter("source")]
    if not any(image.get(name) for name in _SRCSETS) and any(sets):
        image.set("srcset", ", ".join(filter(None, sets)))
    said = [
        one
        for box in picture.iter("picture", "source")  # libxml2 lets a source hold what follows it
        for one in box
        if one.tag not in {"source", "img", "amp-img"} and one is not image.getparent()
    ]
    image.tail = None
    picture.addprevious(image)
    for child in said:  # a caption: HTML does not allow it there, sites write it all the same
        picture.addprevious(child)
    last, tail = said[-1] if said else image, picture.tail
    parent.remove(picture)
    last.tail = tail


def _set(source: _Element) -> str:
    said = attributes(source)
    return next((value for name, value in said if value and name.endswith("srcset")), "")
