"""Links of the body and of the page's related boxes that lead to articles, of this site and others, and why."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Link
from crawler.extraction.belongs import is_related
from crawler.extraction.boxes import boxes
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

MAX_LINKS = 100
MIN_SLUG_CHARACTERS = 10  # "/mandarin", "/sports": sections
_BLOCK, _INLINE = "related block", "in the body"
_NOT_ARTICLES = re.compile(
    r"/(?:tags?|topics?|themen?|authors?|auteur|people|person|profiles?|category|categories|section|sections|search|feed|rss|"
    r"comments?|intent|dialog|login|signin|register|subscribe|account|share|sharer|wp-admin|preview|newsletters?|about|contact|privacy|terms|@@[^/]*)(?:[/.?]|$)",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|mp[34]|m4a|mov|webm|pdf|zip|docx?|xlsx?|pptx?|epub|xml|json|css|js)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\d{4,}|[a-z0-9%]+(?:[-_][a-z0-9%]+){2,}|\.s?html?$", re.IGNORECASE)


def related(
    body: _Element, page: _Element, url: str, cut: Sequence[_Element] = ()
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Articles of the page's site, and of other sites: each once, the body's first, in their order.

    `cut`: links of boxes that stood in the body and were cut out of it.
    """
    here: dict[str, Link] = {}
    elsewhere: dict[str, Link] = {}
    try:
        own, own_domain = urls.key(url), _domain(urls.host(url))
    except UrlError:
        return (), ()
    for target, text, reason in chain(_in_body(body), _absolute(chain(cut, _in_boxes(page)), url)):
        if text and (domain := _article_of(target)) and (key := urls.key(target)) != own:
            found = here if domain == own_domain else elsewhere
            found.setdefault(key, Link(target, text, reason))
    return tuple(here.values())[:MAX_LINKS], tuple(elsewhere.values())[:MAX_LINKS]


def _in_body(body: _Element) -> Iterator[tuple[str, str, str]]:
    is_block = cache(is_related)
    for link in body.iter("a"):
        in_block = any(is_block(one) for one in link.iterancestors("ul", "ol", "div", "section"))
        yield link.get("href", ""), text_of(link), _BLOCK if in_block else _INLINE


def _in_boxes(page: _Element) -> Iterator[_Element]:
    return chain.from_iterable(box.iter("a") for box in boxes(page))


def _absolute(links: Iterable[_Element], url: str) -> Iterator[tuple[str, str, str]]:
    for link in links:
        if target := urls.join(url, link.get("href", "").strip()):
            yield target, text_of(link), _BLOCK


@lru_cache(maxsize=1024)
def _domain(host: str) -> str:
    """Raises: UrlError."""
    return urls.domain(f"https://{host}/")


def _article_of(target: str) -> str | None:
    """The registered domain of a link whose path reads like an article: a date, a number, a slug. None: it does not."""
    try:
        domain = _domain(urls.host(target))
    except UrlError:
        return None
    parts = urlsplit(target)
    if _NOT_ARTICLES.search(parts.path) or _FILES.search(parts.path):
        return None
    slug = parts.path.rstrip("/").rpartition("/")[2]
    reads_so = _ARTICLE.search(slug) or _ARTICLE.search(parts.query)
    return domain if reads_so and len(parts.path) >= MIN_SLUG_CHARACTERS else None
