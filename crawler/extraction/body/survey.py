"""One walk over a page: its lines of text, what speaks against each, and the places where an article may stand.

What counts and what does not is trafilatura's, checked against it page by page; it needs five copies of the tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crawler.extraction.body.farms import FARMS, SHORT, Size, is_farm
from crawler.extraction.body.runs import INLINE
from crawler.extraction.body.signs import LOOSE_SHARE, Sign, sign, unfolds

if TYPE_CHECKING:
    from lxml.etree import _Element

GONE = frozenset(
    {"applet", "area", "audio", "blink", "canvas", "datalist", "embed", "fencedframe", "figcaption"}
    | {"frame", "frameset", "head", "iframe", "input", "legend", "link", "map", "math"}
    | {"marquee", "menuitem", "meta", "noindex", "noscript", "object", "optgroup", "option", "output"}
    | {"param", "progress", "rp", "rt", "rtc", "script", "select", "source", "style", "svg", "template", "textarea"}
    | {"time", "track", "use", "video"}
)
_ASIDE = frozenset({"aside", "button", "dialog", "fieldset", "footer", "form", "label", "menu", "nav"})
_KINDS = (
    dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary"), "heading")
    | dict.fromkeys(("li", "dd", "dt"), "item")
    | dict.fromkeys(("td", "th"), "cell")
    | dict.fromkeys(("blockquote", "pre", "q"), "quote")
    | {"p": "p", "div": "", "section": "", "article": "", "main": ""}
)
_FLOWING = INLINE - GONE - {"label"}
_PLAIN = _FLOWING - {"a", "span"}
LONG = 80  # characters: prose, since menus, headlines and buttons are shorter
DENSE_BYTES = 2.2  # of UTF-8 a character: from there on it is Chinese or Japanese, where one says what three say
MAX_LINE = 2_000  # a line may hold a hundred thousand words that nobody sees, put there for search engines
MAX_NAME_CHARACTERS = 300  # of an attribute
_NOTHING: Size = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Text without a block boundary inside. `kind` is empty for text that stands in a mere box."""

    owner: _Element
    text: str
    size: int  # characters of Latin text that say as much
    kind: str
    broken: bool  # a line break before it: in a box, that is how a paragraph is written
    why: int  # index of the innermost reason against it; 0 for none
    linked: int  # characters of it in links, without white space around them


@dataclass(slots=True)
class Reason:
    """Why an element is no part of the article, and how much prose stands in it."""

    above: int  # index of the reason it stands in
    loose: bool = False  # this and the next as in `Sign`
    hidden: bool = False
    characters: int = 0


class Place(NamedTuple):
    """A part of the lines where an article may stand, and the reason that it stands in itself."""

    first: int
    last: int
    why: int


class Survey:
    """All lines of a page in their order, the reasons against some, and the places by their number in `signs`."""

    def __init__(self, page: _Element) -> None:
        body = page.find("body")
        self.lines: list[Line] = []
        self.reasons: list[Reason] = [Reason(0)]
        self.farms: set[Line] = set()  # lists of links: most of what stands in them
        self.places: dict[int, Place] = {}
        self._pieces: list[str] = []
        self._broken = False
        self._linked = 0
        self._links = 0  # that the walk is inside of
        root = page if body is None else body
        self._walk(root, root, "", 0)
        self._close(root, "", 0)
        self._weigh()

    def is_out(self, why: int, inside: int = 0, *, hidden: bool = False) -> bool:
        """Whether a reason, with `hidden` one of that kind, holds against a line and not against the place `inside`."""
        prose = self.reasons[0].characters  # a form or a "sidebar" around half of the page's prose is a wrapper
        while why not in (0, inside):
            reason = self.reasons[why]
            if (reason.hidden or not hidden) and reason.characters <= (LOOSE_SHARE if reason.loose else 0.5) * prose:
                return True
            why = reason.above
        return False

    def _weigh(self) -> None:
        for line in self.lines:
            if line.size >= LONG:
                self.reasons[line.why].characters += line.size
        for reason in reversed(self.reasons[1:]):  # inner ones come after outer ones
            self.reasons[reason.above].characters += reason.characters

    def _against(self, above: int, found: Sign) -> int:
        self.reasons.append(Reason(above, found.loose, found.hidden))
        return len(self.reasons) - 1

    def _close(self, owner: _Element, kind: str, why: int) -> None:
        if self._pieces:
            text = " ".join("".join(self._pieces).split())
            self._pieces.clear()
            self.lines.append(Line(owner, text, _said(text), kind, self._broken, why, self._linked))
            self._linked = 0
        self._broken = False

    def _add(self, text: str | None) -> int:
        if not text or text.isspace():
            return 0
        self._pieces.append(text)
        characters = len(text.strip())
        if self._links:
            self._linked += characters
        return characters

    def _walk(self, element: _Element, owner: _Element, kind: str, why: int) -> Size:
        """Take in what stands in an element; its size, without what speaks against itself."""
        characters, linked, links, short = self._add(element.text), 0, 0, 0
        for child in element:
            tag = child.tag
            if tag == "br":
                self._close(owner, kind, why)
                self._broken = True
            elif tag in _PLAIN and not len(child):
                characters += self._add(child.text)
            elif tag in _FLOWING:
                size = self._inline(child, owner, kind, why)
                characters, linked, links, short = (
                    characters + size[0], linked + size[1], links + size[2], short + size[3],
                )  # fmt: skip
            else:
                self._close(owner, kind, why)
                if tag not in GONE and (tag != "figure" or child.find(".//table") is not None):
                    size = self._block(child, kind, why)
                    characters, linked, links, short = (
                        characters + size[0], linked + size[1], links + size[2], short + size[3],
                    )  # fmt: skip
            characters += self._add(child.tail)
        return characters, linked, links, short

    def _inline(self, element: _Element, owner: _Element, kind: str, why: int) -> Size:
        if element.tag == "span" and _sign(element).out and element.find(".//p") is None:
            return _NOTHING
        if element.tag != "a":
            return self._walk(element, owner, kind, why)
        self._links += 1
        size = self._walk(element, owner, kind, why)
        self._links -= 1
        return (size[0], size[0], 1, int(size[0] < SHORT)) if size[0] else size

    def _block(self, element: _Element, kind: str, why: int) -> Size:
        found = _sign(element)
        if found.comments or (found.foreign and element.find(".//h1") is None):
            return _NOTHING
        inner = self._against(why, found) if found.out or element.tag in _ASIDE else why
        places = [place for place in found.places if place not in self.places]
        for place in places:
            self.places[place] = Place(0, 0, 0)  # taken: what stands inside comes later
        first = len(self.lines)
        own = _KINDS.get(element.tag, kind)
        size = self._walk(element, element, own, inner)
        self._close(element, own, inner)
        if size[2] and element.tag in FARMS and is_farm(element, kind, size):
            self.farms.update(line for line in self.lines[first:] if line.why == inner)
            size = _NOTHING
        for place in places:
            self.places[place] = Place(first, len(self.lines), inner)
        return _NOTHING if inner != why else size


def _said(text: str) -> int:
    characters = len(text)
    if not text.isascii() and (in_bytes := len(text.encode())) > DENSE_BYTES * characters:
        characters = in_bytes
    return min(characters, MAX_LINE)


def _sign(element: _Element) -> Sign:
    get = element.get  # five look-ups cost less than a list of all attributes
    id_, class_, role, style, property_ = get("id"), get("class"), get("role"), get("style"), get("itemprop")
    if get("aria-hidden") == "true" or get("hidden") is not None:
        style = "hidden"
    if style and ("hidden" in style or "none" in style) and unfolds(element):
        style = None
    said = [(name or "")[:MAX_NAME_CHARACTERS] for name in (id_, class_, role, style, property_)]
    return sign(str(element.tag), (said[0], said[1], said[2], said[3], said[4]))
