"""Links of the body that lead to articles of the same site, and why each was kept."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Link
from crawler.extraction.belongs import is_related
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_LINKS = 100
MIN_SLUG_CHARACTERS = 10  # "/mandarin", "/sports": sections
_BLOCK, _INLINE = "related block", "in the body"
_NOT_ARTICLES = re.compile(
    r"/(?:tags?|topics?|themen?|authors?|auteur|people|person|profiles?|category|categories|section|sections|search|feed|rss|"
    r"comments?|login|signin|register|subscribe|account|share|sharer|wp-admin|preview|newsletters?|about|contact|privacy|terms|@@[^/]*)(?:[/.?]|$)",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|mp[34]|m4a|mov|webm|pdf|zip|docx?|xlsx?|pptx?|epub|xml|json|css|js)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\d{4,}|[a-z0-9%]+(?:[-_][a-z0-9%]+){2,}|\.s?html?$", re.IGNORECASE)


def related(body: _Element, url: str) -> tuple[Link, ...]:
    """Each article once, in the body's order."""
    found: dict[str, Link] = {}
    try:
        own, own_domain = urls.key(url), _domain(urls.host(url))
    except UrlError:
        return ()
    is_block = cache(is_related)
    for link in body.iter("a"):
        target = link.get("href", "")
        if _is_article(target, own_domain) and (text := text_of(link)) and (key := urls.key(target)) != own:
            in_block = any(is_block(one) for one in link.iterancestors("ul", "ol", "div", "section"))
            found.setdefault(key, Link(target, text, _BLOCK if in_block else _INLINE))
    return tuple(found.values())[:MAX_LINKS]


@lru_cache(maxsize=1024)
def _domain(host: str) -> str:
    """Raises: UrlError."""
    return urls.domain(f"https://{host}/")


def _is_article(target: str, own_domain: str) -> bool:
    """Whether the path of a link reads like an article of the page's site: a date, a number, a slug."""
    try:
        if _domain(urls.host(target)) != own_domain:
            return False
    except UrlError:
        return False
    parts = urlsplit(target)
    if _NOT_ARTICLES.search(parts.path) or _FILES.search(parts.path):
        return False
    slug = parts.path.rstrip("/").rpartition("/")[2]
    return bool(_ARTICLE.search(slug) or _ARTICLE.search(parts.query)) and len(parts.path) >= MIN_SLUG_CHARACTERS
