"""What the blocks stand in that an article's text stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

_FRAMES = frozenset({"ul", "ol", "dl", "tr", "tbody", "thead", "tfoot", "table"})


def with_ancestors(owners: Sequence[_Element]) -> set[_Element]:
    """The blocks and all that they stand in.

    Ten thousand items of a list a hundred lists deep have a million ancestors, and nearly all in common.
    """
    found: set[_Element] = set()
    for owner in owners:
        up: _Element | None = owner
        while up is not None and up not in found:
            found.add(up)
            up = up.getparent()
    return found


def common(owners: Sequence[_Element]) -> _Element:
    """The smallest element that holds all of them; where that is one paragraph, what it stands in."""
    path = [owners[0], *owners[0].iterancestors()]
    place = {element: number for number, element in enumerate(path)}
    met, smallest = set(path), 0
    for owner in owners[1:]:
        up: _Element | None = owner
        while up is not None and up not in met:
            met.add(up)
            up = up.getparent()
        if up is not None:  # from here on up everything was met by an owner before
            smallest = max(smallest, place.get(up, 0))
    path = path[smallest:]
    alone = path[0].tag in {"p", "li", "td"} and len(path) > 1
    return path[1] if alone else path[0]


def framing(source: _Element) -> list[_Element]:
    """The lists, or the parts of a table, that an element is and stands in directly, the outermost first."""
    frames: list[_Element] = []
    one: _Element | None = source
    while one is not None and one.tag in _FRAMES:
        frames.append(one)
        one = one.getparent()
    return frames[::-1]
