"""Pages that show other articles whole, one below the other: the headline over the text leads to where it stands."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.core import urls
from crawler.extraction.body.pictures.cards import leads
from crawler.extraction.refusals.addresses import is_home
from crawler.extraction.tree import names, text_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element

    from crawler.extraction.body.body import Body

# Of 1,464 real articles, 33 stand under a heading that leads to another page of the site; two have an address of a list
# too, and only that one heading; one, saved without its address, stands at the root (2026-11-27).
MIN_ARTICLES = 2
MAX_ELEMENTS = 20_000  # of a page, that are looked at
MAX_LINKS = 5  # of a heading
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_TITLED = frozenset({"p", "div", "span", "a"})
_ASIDE = frozenset({"nav", "aside", "footer"})
_TITLE = re.compile(r"(?:^|\s)(?:post|entry|article)[-_]title(?:$|\s)")


def elsewhere(page: _Element, body: Body, url: str, *, says_article: bool) -> int:
    """How many articles of the site a page shows, whose own address says that it is a list; 0: it may be one itself.

    One is enough where its head does not say that it is an article.
    """
    if not body.owners:
        return 0
    over: _Element | None = None
    shown: list[_Element] = []
    is_over = True
    for one in islice(page.iter(), MAX_ELEMENTS):
        if _is_heading(one) and text_of(one):
            over = one if is_over else over
            shown.append(one)
        is_over = is_over and one is not body.owners[0]
    if over is None:
        return 0
    alike = {one: target for one in shown if _kind(one) == _kind(over) and (target := _target(one, url))}
    if over not in alike or not _is_own(over, body.owners[0], alike):
        return 0
    found = {target for one, target in alike.items() if not _stands_aside(one)}
    return len(found) if len(found) >= MIN_ARTICLES or not (says_article or is_home(url)) else 0


def _is_heading(one: _Element) -> bool:
    return one.tag in _HEADINGS or (one.tag in _TITLED and _is_titled(names(one)))


@lru_cache(4096)
def _is_titled(called: str) -> bool:
    return bool(_TITLE.search(called))


def _is_own(over: _Element, owner: _Element, alike: Collection[_Element]) -> bool:
    """Whether a heading and the text have a box of their own, without another heading of that kind."""
    around = set(owner.iterancestors())
    box = next((up for up in over.iterancestors() if up in around), None)
    return box is not None and sum(box in one.iterancestors() for one in alike) == 1


def _kind(heading: _Element) -> str:
    return str(heading.tag) if heading.tag in _HEADINGS else f"{heading.tag} {names(heading)}"


def _target(heading: _Element, url: str) -> str:
    """The other page of the site that a heading leads to, in whole; empty: none."""
    said, here = text_of(heading), urlsplit(url).path.rstrip("/")
    for link in (*islice(heading.iter("a"), MAX_LINKS), *heading.iterancestors("a")):
        if leads(link, url) and said in text_of(link):
            target = (urls.join(url, link.get("href", "")) or "").partition("#")[0]
            return target if urlsplit(target).path.rstrip("/") != here else ""
    return ""


def _stands_aside(heading: _Element) -> bool:
    return any(up.tag in _ASIDE for up in heading.iterancestors())
