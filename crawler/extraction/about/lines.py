"""The texts of a page in their order, for who looks for a dateline or a byline: walked once, and only when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.etree import iterwalk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    Line = tuple[_Element, str]
    """The element that holds a text, and the text as it stands; empty for a heading and a date, which are elements."""

HEADINGS = frozenset({"h1", "h2", "h3"})
TIMES = frozenset({"time", "relative-time", "time-ago", "local-time", "abbr"})
_STATED = HEADINGS | TIMES
_UNREAD = frozenset({"script", "style", "noscript", "option", "textarea", "template"})


class Lines:
    """The lines of one page's body, those of a comment left out."""

    def __init__(self, root: _Element) -> None:
        self.root = root
        self._found: list[Line] | None = None

    def __iter__(self) -> Iterator[Line]:
        if self._found is None:
            self._found = _lines(self.root)
        return iter(self._found)


def is_date(element: _Element) -> bool:
    """Whether an element is there to state a time."""
    return element.tag in TIMES or element.get("itemprop") == "datePublished"


def _lines(root: _Element) -> list[Line]:
    body = root.find("body")
    found: list[Line] = []
    for event, one in () if body is None else iterwalk(body, events=("start", "end", "comment", "pi")):
        if event == "start":
            tag = one.tag
            if tag in _STATED or one.get("itemprop") == "datePublished":
                found.append((one, ""))
            if (text := one.text) and tag not in _UNREAD and not text.isspace():
                found.append((one, text))
        elif (tail := one.tail) and not tail.isspace() and (parent := one.getparent()) is not None:
            found.append((parent, tail))
    return found
