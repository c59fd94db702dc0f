"""Pictures that a page shows twice in one box: a small one until the large one has come, or one for each screen."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from crawler.extraction.body.pictures.opening import file_name
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Characters of a file name: "image.jpg" may be any. No other value was tried: ten of 1,464 pages lose pictures, all
# that were looked at the same one in a smaller size (2026-11-27).
MIN_NAME = 12
PAIR = 2
MAX_UP = 4  # steps from either to the box that holds both
_NUMBERS = re.compile(r"\d{1,5}")


def drop_doubles(page: HtmlElement) -> None:
    """Drop all but the last of those, in place: what has the same file name, with no word and no other between them.

    The last gets the largest address, and the words for those who do not see it.
    """
    for first, second in list(pairwise(filter(_is_shown, page.iter("img")))):
        one, other = first.get("src", ""), second.get("src", "")
        name = file_name(other)
        if len(name) < MIN_NAME or name not in one.lower() or name != file_name(one) or not _in_one_box(first, second):
            continue
        if _size(one) > _size(other):
            second.set("src", one)
        if (said := first.get("alt")) and not second.get("alt"):
            second.set("alt", said)
        first.drop_tree()


def _is_shown(image: HtmlElement) -> bool:
    """Whether it leads to a picture; what keeps the place for one does not."""
    return bool(image.get("src"))


def _in_one_box(first: HtmlElement, second: HtmlElement) -> bool:
    around = set(islice(second.iterancestors(), MAX_UP))
    box = next((up for up in islice(first.iterancestors(), MAX_UP) if up in around), None)
    if box is None:
        return False
    shown = list(islice(filter(_is_shown, box.iter("img")), PAIR + 1))
    return len(shown) == PAIR and (box.tag == "figure" or not text_of(box))


def _size(address: str) -> int:
    """The largest number in it, which tells how large a picture is where two differ in nothing else."""
    return max(map(int, _NUMBERS.findall(address)), default=0)
