"""The feeds that a page names by `<link rel=alternate type=application/rss+xml …>` (RSS autodiscovery)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from crawler.core import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MAX_FEEDS = 20
_MAX_CHARACTERS = 1_000_000  # the links are in the head
_TYPES = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "application/xml",
    "text/xml",
}


def feeds(page: str, url: str) -> tuple[str, ...]:
    """Absolute URLs in the page's order, each once; comments' feeds behind the others."""
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, collect_ids=False)
    try:
        root = etree.fromstring(page[:_MAX_CHARACTERS].encode(), parser)
    except etree.XMLSyntaxError:
        return ()
    return tuple(dict.fromkeys(sorted(_named(root, url), key=_is_of_comments)))[:MAX_FEEDS] if root is not None else ()


def _named(root: _Element, url: str) -> Iterator[str]:
    base = next((urls.join(url, one.get("href", "")) for one in root.iter("base") if one.get("href")), None) or url
    for one in root.iter("link"):
        kind = (one.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in (one.get("rel") or "").lower().split() and kind in _TYPES and one.get("href"):
            found = urls.join(base, one.get("href", ""))
            if found:
                yield urls.without_userinfo(found)


def _is_of_comments(url: str) -> bool:
    return "comments" in url.lower()
