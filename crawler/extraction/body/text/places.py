"""A part of a page's lines where an article may stand, and how it grows where the page has it in several boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extraction.body.text.line import Line


class Place(NamedTuple):
    """A part of the lines where an article may stand, and the reason that it stands in itself."""

    first: int
    last: int
    why: int


def grown(place: Place | None, lines: Sequence[Line], first: int, why: int, *, goes_on: bool) -> Place:
    """The place with the lines from `first` to the last; as it was where it does not go on, or a headline is between.

    Advertisements part the text of some sites into boxes of one class. F1 of aeb .9706, .9652 without, none of its
    pages the worse; all pages .9600 and .9565, .9594 and .9552 without (784 pages, two halves of the sites,
    2026-11-26).
    """
    if place is None:
        return Place(first, len(lines), why)
    if not goes_on or any(lines[number].owner.tag == "h1" for number in range(place.last, len(lines))):
        return place
    return place._replace(last=len(lines))
