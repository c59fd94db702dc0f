"""What React streams behind a page: its slow parts come last, and a script moves them where they belong.

As its server renderer writes them (react-dom 18 and 19): a template `B:1` and what is shown meanwhile stand for a
boundary, a template `P:1` for a part within what comes; what belongs there stands in the element `S:1`.
"""

from __future__ import annotations

import re
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

from lxml.etree import XPath, strip_tags
from lxml.html import HtmlElement

from crawler.extraction.parse import parsed
from crawler.extraction.tree import elements

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PARTS = 1_000
MAX_MEANWHILE = 1_000  # elements that are shown until a part comes
MAX_DEPTH = 256  # of a page, as libxml2 has it
_EDGE = re.compile(rb"<!--(/?)\$[?!~]?-->")  # of a boundary
_BEGINS, _ENDS = "react-begins", "react-ends"
_PARTS = XPath("//*[starts-with(@id, 'S:')]")
_IS_DEEPER = XPath("boolean(.//*[count(ancestor::*) > $levels])")


def assembled(page: HtmlElement, text: bytes) -> HtmlElement:
    """The page with its parts in their places; itself where none was streamed. `text` is what it was parsed from.

    Where there is a place, the text is parsed again, with what tells where it ends: seven of 1,464 pages (2026-11-27).
    To look through the text of each page for a sign of it took .8 % of a reading.
    """
    if not _places(page):
        return page
    again = parsed(_with_edges(text))
    if isinstance(again, str):  # the edges made it too large, or too deep
        return page
    _assemble(again)
    return again


def _with_edges(text: bytes) -> bytes:
    """The page with an element for each comment that begins or ends a boundary: the parser keeps no comments."""
    return _EDGE.sub(lambda edge: b"<react-ends></react-ends>" if edge[1] else b"<react-begins></react-begins>", text)


def _assemble(page: HtmlElement) -> None:
    """Move the parts, in place, from the outermost inwards. What belongs nowhere, or would stand too deep, stays."""
    found = [one for one in elements(_PARTS, page)[:MAX_PARTS] if isinstance(one, HtmlElement)]
    known = frozenset(found)
    parts = {_number(one): one for one in found if known.isdisjoint(one.iterancestors())}
    waiting = deque(one for one in _places(page) if known.isdisjoint(one.iterancestors()))
    while waiting:
        place = waiting.popleft()
        part = parts.get(_number(place))
        if part is not None and place.getparent() is not None and _fits(part, place):
            del parts[_number(place)]
            waiting.extend(_places(part))
            _fill(place, part)
    strip_tags(page, _BEGINS, _ENDS)


def _number(element: _Element) -> str:
    return element.get("id", "")[2:]


def _places(root: HtmlElement) -> list[HtmlElement]:
    return [one for one in islice(root.iter("template"), MAX_PARTS) if one.get("id", "")[:2] in {"B:", "P:"}]


def _fits(part: _Element, place: _Element) -> bool:
    deeper = sum(1 for _ in place.iterancestors()) - sum(1 for _ in part.iterancestors()) - 1
    return not _IS_DEEPER(part, levels=MAX_DEPTH - 1 - deeper)


def _fill(place: HtmlElement, part: HtmlElement) -> None:
    if place.get("id", "").startswith("B:"):
        _clear(place)
    if part.text and not part.text.isspace():
        part.insert(0, part.makeelement("span"))
        part[0].text = part.text
    for child in list(part):
        place.addprevious(child)
    place.drop_tree()
    if part.getparent() is not None:  # else it was shown meanwhile
        part.drop_tree()


def _clear(place: HtmlElement) -> None:
    """Drop what is shown meanwhile: all up to the end of the boundary."""
    shown: list[HtmlElement] = []
    inner = 0
    for one in islice(place.itersiblings(), MAX_MEANWHILE):
        if one.tag == _ENDS and not inner:
            break
        inner += (one.tag == _BEGINS) - (one.tag == _ENDS)
        shown.append(one)
    else:
        return
    place.tail = None
    for one in shown:
        one.tail = None
        one.drop_tree()
