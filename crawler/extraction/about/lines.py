"""The texts of a page in their order, for who looks for a dateline or a byline: walked once, and only when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    """The lines of one page's body, in the order in which they are read.

    A walk that tells where each element ends takes a third longer, and XPath ten times as long (150 pages, 2026-11-27).
    """

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
    waiting: list[tuple[_Element, Line]] = []  # the texts behind elements that are not yet at their end
    for one in () if body is None else body.iter():
        while waiting and waiting[-1][0] not in one.iterancestors():
            found.append(waiting.pop()[1])
        tag = one.tag
        if tag in _STATED or one.get(b"itemprop") == "datePublished":  # bytes take a fifth less time
            found.append((one, ""))
        if (text := one.text) and tag not in _UNREAD and not text.isspace():
            found.append((one, text))
        if (tail := one.tail) and not tail.isspace() and (parent := one.getparent()) is not None:
            if len(one):
                waiting.append((one, (parent, tail)))
            else:
                found.append((parent, tail))
    found.extend(line for _, line in reversed(waiting))
    return found
