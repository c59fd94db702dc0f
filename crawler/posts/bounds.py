"""HTML cut to what it may cost those that parse it: nesting, elements, attributes, characters.

nh3 parses as browsers do, and pays as they do. Measured with 0.3.8: 250 kB of `<div>` take 12 s, 400,000 `&` 5 s,
100,000 attributes 8 s, and 40 kB of `<b id=1><p><b id=2><p>` become 31 MB. kramdown 2.4 recurses into elements, its
stack ends between 1,000 and 2,000, and it looks for the end of the line at every tag: 5,000 paragraphs of Chinese on
one line take it 19 s. So tags come out well nested and few; within the bounds nothing that nh3 keeps is lost.
"""

from __future__ import annotations

import re
from collections import Counter

from crawler.posts.allowed import GONE_WITH_CONTENT, TAGS, UNENDED, VOID, is_allowed

MAX_DEPTH = 100  # elements; the deepest of the real posts has about 20
MAX_ELEMENTS = 5_000  # a live blog of a day has some 3,000
MAX_ATTRIBUTES = 50  # of one element
MAX_ATTRIBUTE_CHARACTERS = 10_000  # with its name; what is longer is a picture inlined, no address
MAX_COST = 2_000_000  # characters kept, and as below; a book has 1,000,000
_REFERENCE = 30  # nh3 copies the rest of a text at each `&`: 50,000 in 500 kB take it 1 s
_TAG_READ = 10  # kept or not: 2,000,000 tags take 13 s to read

# As the HTML standard's tokeniser has it, unclosed ones to the end; possessive, so that each character is read once.
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+)"""
_ATTRIBUTE = rf"[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+{_VALUE})?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*+(?:>|\Z)|</[^A-Za-z][^>]*+(?:>|\Z)"
_TAG = (
    rf"<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<attributes>(?:{_ATTRIBUTE.replace('(', '(?:', 1)})*+)[\s/]*+(?:>|\Z)"
)
_TOKEN = re.compile(rf"{_COMMENT}|{_TAG}|(?P<text>[^<]++|<)", re.DOTALL)

_CLOSED_BY_THE_NEXT = frozenset({"p", "li", "dt", "dd", "td", "th", "tr"})  # their end tags may be left out


def bounded(html: str) -> str:
    """The HTML within the bounds, its end tags in order; comments and what is not allowed are gone.

    Beyond a bound of nesting or elements the text stays without its tags; beyond `MAX_COST` the rest is cut off.
    """
    cut, at = _Cut(), 0
    while cut.left > 0 and (found := _TOKEN.match(html, at)):
        at = found.end()
        if found["text"]:
            cut.text(found["text"])
        elif found["name"]:
            name = found["name"].lower()
            cut.left -= _TAG_READ
            if found["end"]:
                cut.end(name)
            elif name in GONE_WITH_CONTENT:
                at = _after(html, name, found)
            elif name in TAGS:
                cut.start(name, found["attributes"])
    return cut.html()


def _after(html: str, name: str, start: re.Match[str]) -> int:
    """Where the element ends; without an end tag it takes the rest, as in a browser."""
    if name in UNENDED or (name in {"svg", "math"} and start[0].endswith("/>")):
        return start.end()
    end = re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE).search(html, start.end())
    return end.end() if end else len(html)


class _Cut:
    """What is kept so far. `_open` holds the open elements, kept or not, so that end tags find theirs."""

    def __init__(self) -> None:
        self.left = MAX_COST
        self._kept: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._names: Counter[str] = Counter()
        self._depth = 0
        self._elements = 0

    def html(self) -> str:
        return "".join(self._kept)

    def text(self, text: str) -> None:
        shown = text.replace("<", "&lt;")
        if _cost(shown) > self.left:
            shown = shown[: max(self.left, 0)]
            shown = shown if _cost(shown) <= self.left else shown[: self.left // (_REFERENCE + 1)]
            self._kept.append(shown)
            self.left = 0
        else:
            self._keep(shown)

    def start(self, name: str, attributes: str) -> None:
        if self._open and self._open[-1][0] == name and name in _CLOSED_BY_THE_NEXT:
            self._close()
        is_kept = self._depth < MAX_DEPTH and self._elements < MAX_ELEMENTS
        if name not in VOID:
            self._open.append((name, is_kept))
            self._names[name] += 1
            self._depth += is_kept
        if is_kept:
            self._elements += 1
            self._keep(f"<{name}{_allowed(name, attributes)}>" if attributes else f"<{name}>")

    def end(self, name: str) -> None:
        while self._names[name]:
            closed, is_kept = self._close()
            if is_kept:
                self._keep(f"</{closed}>")
            if closed == name:
                break

    def _close(self) -> tuple[str, bool]:
        name, is_kept = self._open.pop()
        self._names[name] -= 1
        self._depth -= is_kept
        return name, is_kept

    def _keep(self, shown: str) -> None:
        self.left -= _cost(shown)
        self._kept.append(shown)


def _cost(shown: str) -> int:
    return len(shown) + _REFERENCE * shown.count("&")


def _allowed(tag: str, attributes: str) -> str:
    kept: list[str] = []
    for found in _ATTRIBUTES.finditer(attributes):
        if len(kept) == MAX_ATTRIBUTES:
            break
        if len(found[0]) <= MAX_ATTRIBUTE_CHARACTERS and is_allowed(tag, found[1].lower()):
            kept.append(f" {found[0].lstrip(' /' + chr(9) + chr(10) + chr(12) + chr(13))}")
    return "".join(kept)
