"""What PHP writes into a page about its own program: "Warning: … in /path/file.php on line 12"."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# As PHP has them (main/main.c, php_error_cb), each in a `b`, as are the file and the line.
_KINDS = frozenset(
    ["Deprecated", "Notice", "Warning", "Strict Standards", "Fatal error", "Parse error", "Recoverable fatal error"]
)
_ON_LINE = " on line "
MAX_NOTICES = 1_000
MAX_PARTS = 20  # elements from its kind to its line, as links to the manual


def drop_notices(page: HtmlElement) -> None:
    """Drop them, in place; what stands between and behind them stays.

    Four of 1,464 pages have some, one had 28 in its text (2026-11-27).
    """
    for kind in list(islice(filter(_is_kind, page.iter("b")), MAX_NOTICES)):
        said = _notice(kind)
        for part in said[:-1]:
            part.tail = None
        for part in said:
            part.drop_tree()


def _is_kind(b: HtmlElement) -> bool:
    return b.text in _KINDS and (b.tail or "").startswith(":  ")


def _notice(kind: HtmlElement) -> list[HtmlElement]:
    """Its elements, the kind first and the line last; none where it does not end as one of PHP's."""
    parts = [kind]
    for part in islice(kind.itersiblings(), MAX_PARTS):
        parts.append(part)
        before = part.getprevious()
        if part.tag == "b" and before is not None and before.tag == "b" and before.tail == _ON_LINE:
            return parts if (part.text or "").isdecimal() else []
    return []
