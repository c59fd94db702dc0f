"""The headline of a page whose head names no article: what stands over the text and looks like one."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.extraction.about.headline import MAX_HEADINGS, heading_text, is_stated
from crawler.extraction.tree import names, several

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MIN_TEXT = 100  # characters of a line of the article, over which its headline stands
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:article|post|entry|news|content|page|story|detail|rich_media|main|art)?[-_]?"
    r"(?:title|headline|heading|biaoti|bt|tit|contentheading)(?:$|[\s_-])"
)
_ASIDE = re.compile(r"nav|menu|sidebar|footer|breadcrumb|related|widget|banner|cookie|login|search|popup|modal")
_ASIDES = frozenset({"nav", "aside", "footer", "form", "li", "dialog"})
_LABEL = re.compile(
    r"\s*(?:发布|發布|更新|日期|时间|時間|来源|來源|作者|编辑|編輯|浏览|published|posted|updated|by\s)", re.IGNORECASE
)
_STRONG = frozenset({"b", "strong", "font", "big", "center"})


def unclaimed(root: _Element, url: str) -> Iterator[str]:
    """Texts that may be the headline, the likeliest first: called so, headings, what is set off before the text."""
    before = list(_before_text(root))
    for is_one in (_is_told, _is_heading, _is_called, _is_set_off):
        for one in filter(is_one, before):
            if not _LABEL.match(text := heading_text(one)) and not _stands_aside(one, url):
                yield text


def _before_text(root: _Element) -> Iterator[_Element]:
    """The elements until the first line of a text, without those that hold many."""
    for one in islice(root.iter(), 20 * MAX_HEADINGS):
        text = one.text or ""
        if len(text) >= MIN_TEXT and one.tag in {"p", "div", "td", "span", "section", "article"}:
            return
        if isinstance(one.tag, str) and one.tag not in {"body", "html", "head", "main", "article"}:
            yield one


def _is_told(one: _Element) -> bool:
    return one.get("aria-level", "1") == "1" if one.get("role") == "heading" else is_stated(one)


def _is_called(one: _Element) -> bool:
    return bool(_NAMED.search(names(one))) and not several(one.iter("a"))


def _is_heading(one: _Element) -> bool:
    return one.tag in {"h2", "h3", "h4", "h5"} or one.tag.endswith("-headline")


def _is_set_off(one: _Element) -> bool:
    is_centred = one.get("align") == "center" or "text-align:center" in one.get("style", "").replace(" ", "")
    return one.tag in _STRONG or (is_centred and one.tag in {"p", "div", "td"} and not several(one))


def _stands_aside(one: _Element, url: str) -> bool:
    """Whether it is the headline of something else, or what the page is used by."""
    for place in (one, *islice(one.iterancestors(), 20)):
        if place.tag in _ASIDES or _ASIDE.search(names(place)):
            return True
        if place.tag == "a" and urls.join(url, place.get("href", "")) != url:
            return True
    return False
