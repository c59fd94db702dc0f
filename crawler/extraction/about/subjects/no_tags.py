"""Links to tags that are none of an article's: in boxes of the site's own, and words of a sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.tree import names, pieces, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MIN_SAID_CHARACTERS = 80  # of a sentence, beside its links
MAX_LINKS, MAX_PIECES = 20, 60  # of a paragraph, that are looked at
_ANCESTORS = 12
_ELSEWHERE = re.compile(
    r"sidebar|widget|tag[-_]?cloud|(?:site|page|global|main)[-_]?footer|related|recommend|comment|trending|popular"
)
_CONTENT = re.compile(r"(?:article|post|entry|story)[-_]?(?:content|body)(?:$|\s)")  # beside which something sticks
_OWN = re.compile(r"\b(?:article|post|entry)[-_]?tags?\b")
_MENU = re.compile(r"\bnav|menu|header")


def stands_elsewhere(link: _Element) -> bool:
    """Whether a link stands in a box that is not the article's."""
    is_menu = is_footer = False
    for up in islice(link.iterancestors(), _ANCESTORS):
        if up.tag in {"article", "main", "body"}:  # an article has menus of its own, of its tags
            return (is_menu and up.tag != "article") or (is_footer and up.tag == "body")
        called = names(up)
        if _names_other(called):
            return True
        is_menu = is_menu or ((up.tag in {"nav", "header"} or _names_menu(called)) and not _OWN.search(called))
        is_footer = is_footer or up.tag == "footer"
    return is_menu


def is_within(link: _Element, url: str) -> bool:
    """Whether a link leads to a part of its own page, which is at `url`, or to a page below it."""
    own, path = _path(url), _path(link.get("href", "").strip())
    return len(own) > 1 and (path == own or path.startswith(f"{own}/"))


def _path(url: str) -> str:
    place = re.split(r"[?#]", url, maxsplit=1)[0]
    return f"/{place.partition('//')[2].partition('/')[2]}".rstrip("/") if "//" in place else place.rstrip("/")


def is_amid(link: _Element) -> bool:
    """Whether a link is a word of a sentence."""
    block = link.getparent()
    if block is None or block.tag != "p":
        return False
    linked = sum(len(text_of(one)) for one in islice(block.iter("a"), MAX_LINKS))
    return sum(map(len, pieces(block, MAX_PIECES))) > linked + MIN_SAID_CHARACTERS


@lru_cache(4096)
def _names_other(called: str) -> bool:
    return bool(_ELSEWHERE.search(called)) and not _CONTENT.search(called)


@lru_cache(4096)
def _names_menu(called: str) -> bool:
    return bool(_MENU.search(called))
