"""Who a page shows as its author, where no structured data says it: its byline, found by what pages call theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.people import people
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

MAX_CHARACTERS = 100  # a line, not a biography
MAX_CANDIDATES = 100
_TAGS = (
    "a",
    "address",
    "cite",
    "div",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "header",
    "li",
    "p",
    "section",
    "span",
    "strong",
    "b",
)
_NAME = re.compile(r"(?:author|byline|writer|by)[-_]*(?:full)?[-_]*name|name[-_]author", re.IGNORECASE)
_BYLINE = re.compile(r"byline", re.IGNORECASE)
_AUTHOR = re.compile(r"author|autor|writer|contributor|zuozhe", re.IGNORECASE)
_PROFILE = re.compile(
    r"/(?:author|authors|autor|autoren|auteur|contributors?|writers?|staff|profile|people|by|redaktion)/", re.IGNORECASE
)
_ANY = re.compile(r"author|autor|byline|writer|contributor|zuozhe|name", re.IGNORECASE)
_SAID = frozenset({"rel", "itemprop", "href"})
_OTHERS = re.compile(r"comment|related|recommend|sidebar|footer|bio|social|share|avatar|image|date|time", re.IGNORECASE)
_DIGITS = re.compile(r"\d\d")  # a date, a count: the line says more than a name

# How Chinese pages say it in their text: 作者：余毅菁 向雪妮, 采写：南都记者 林子沛, （记者宋晨、田中全）, 执笔/叨叨姐.
_SAYS = re.compile(
    r"(?:作者|采写|採寫|执笔|撰文|撰稿)\s*[:：/／|]\s*(?:[\u4e00-\u9fff]{0,6}(?:记者|記者)\s*)?(?P<names>.{2,60})"
    r"|[（(](?:[\u4e00-\u9fff]{0,6})(?:记者|記者)\s*(?P<reporters>[^）)]{2,60})"
)
_HAN_NAME = re.compile(r"\s*(?P<name>[\u4e00-\u9fff]{2,4})(?:[、，,;；&和\s]+|$)")
# What they did: no name.
_DONE = frozenset({"整合", "综合", "综述", "报道", "摄影", "编辑", "整理", "采访", "通讯员"})
MAX_SAID_CHARACTERS = 2_000  # of a text that may end or begin with it
MAX_TEXTS = 4_000  # of a page

# Surest first. On 380 pages of one half of the sites (2026-11-25) the set of authors was right for .597 with the first
# five elements of class author or byline, for .697 with the first element of the first kind that names anybody, for
# .671 with its first two: further ones are of comments and of other articles.
_KINDS: tuple[Callable[[_Element, str], bool], ...] = (
    lambda _, names: bool(_NAME.search(names)),
    lambda element, _: "author" in element.get("itemprop", ""),
    lambda element, _: element.get("rel") == "author",
    lambda element, _: element.tag == "a" and bool(_PROFILE.search(element.get("href", ""))),
    lambda _, names: bool(_BYLINE.search(names)),
    lambda _, names: bool(_AUTHOR.search(names)),
)


def bylines(root: _Element) -> tuple[str, ...]:
    """The names in the page's byline; none where it has no element for them."""
    candidates = [(one, names) for one in root.iter(*_TAGS) if (names := _called(one)) is not None]
    for is_kind in _KINDS:
        of_kind = (one for one, names in candidates if is_kind(one, names))
        for _, one in zip(range(MAX_CANDIDATES), of_kind, strict=False):
            if found := _names(one):
                return found
    return _said(root)


def _said(root: _Element) -> tuple[str, ...]:
    """The Chinese names that a text of the page gives for its authors."""
    for _, one in zip(range(MAX_TEXTS), root.iter(*_TAGS), strict=False):
        for text in (one.text, one.tail):
            said = _SAYS.search(text) if text and len(text) <= MAX_SAID_CHARACTERS else None
            if said and (names := _han_names(said["names"] or said["reporters"])):
                return names
    return ()


def _han_names(text: str) -> tuple[str, ...]:
    """The names at the beginning of a text, up to what is none."""
    found: list[str] = []
    at = 0
    while name := _HAN_NAME.match(text, at):
        if name["name"] not in _DONE:
            found.append(name["name"])
        at = name.end()
    return tuple(dict.fromkeys(found))


def _called(element: _Element) -> str | None:
    """What the page calls an element that may be a byline; None for one that is none."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    said = not _SAID.isdisjoint(element.keys()) or _ANY.search(names)
    return names if said and not _OTHERS.search(names) else None


def _names(element: _Element) -> tuple[str, ...]:
    text = text_of(element)
    found = people([text]) if len(text) <= MAX_CHARACTERS else ()
    return found if not any(_DIGITS.search(name) for name in found) else ()
