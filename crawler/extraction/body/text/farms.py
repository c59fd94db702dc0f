"""Elements that are made of links: menus, lists of further articles. The thresholds are trafilatura 2.3.1's."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.body.text.line import said
from crawler.extraction.tree import folded, text_of, whole_text

if TYPE_CHECKING:
    from lxml.etree import _Element

Size = tuple[int, int, int, int]  # of an element: characters, those in links, links, short links

FARMS = frozenset({"div", "ul", "ol", "dl", "p", "table"})
DENSEST = 3  # bytes of a character of Chinese: four short paragraphs are no menu, whatever its labels are
SHORT = 10  # characters of a link that is a label: "more", "next"
_LIMITS = {
    True: (30, 60),
    False: (100, 300),
}  # whether a paragraph: characters of a small element, of one that comes last
_SAMPLE = 600  # characters that tell a script
_SMALL_BOX, _PARTS = 100, 3  # a box of that few characters in that many parts, with a link, is furniture
_MANY = 4  # links; a handful of long ones is written by editors
_LONG_LINK = 100  # characters: from there on a link is a summary, and a list of them a text
_TABLE, _LARGE_TABLE = 200, 1_000
_LINKED = 0.8
_MENU, _MENU_LINKS = 3_000, 200  # characters of a menu with its white space, and its links that are looked at


def is_farm(element: _Element, around: str, size: Size) -> bool:
    """Whether an element with links is made of them. `around` is the kind of lines that it stands among."""
    characters, linked, links, short = size
    if element.tag == "table":
        return characters >= _TABLE and linked > (_LINKED if characters < _LARGE_TABLE else 0.5) * characters
    if element.tag == "p" and around in {"item", "cell"}:
        return False
    if links == 1 and linked > max(_LONG_LINK, 0.9 * characters):
        return True
    limit = _LIMITS[element.tag == "p"][element.getnext() is None]
    if 2 * linked < characters < limit <= DENSEST * characters:
        characters = int(characters * _density(element))
    if characters >= limit:
        return links > _MANY and 0.9 * characters < linked < _LONG_LINK * links
    labels = links > 1 and short > _LINKED * links
    small = element.tag == "div" and len(element) >= _PARTS and characters < _SMALL_BOX
    return linked > _LINKED * characters or labels or small


def _density(element: _Element) -> float:
    """How many characters of Latin text one of its characters says as much as."""
    text = text_of(element)[:_SAMPLE]
    return said(text) / len(text) if text else 1


def is_menu(element: _Element) -> bool:
    """Whether nothing stands in a small element, or hardly more than links.

    Where a name or a tag speaks against it as well it need not be walked, which is more than half of a page's
    elements: F1c .9440 and .9429, .9436 and .9423 with them walked (784 pages, two halves of the sites, 2026-11-26).
    """
    text = whole_text(element)
    if len(text) > _MENU:
        return False
    if not text or text.isspace():
        return True
    links = islice(element.iter("a"), _MENU_LINKS)
    if (first := next(links, None)) is None:
        return False
    left = len(folded(text)) / 2 - len(text_of(first))
    for link in links:
        if left < 0:
            break
        left -= len(text_of(link))
    return left <= 0
