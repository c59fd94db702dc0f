"""The links of a page that was read, as they enter the ledger: which are followed, and why the others are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Seed
from crawler.core.traps import REFUSED, without_noise
from crawler.core.visit import FoundLink
from crawler.work.traps import Traps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.config import Follow
    from crawler.core.model import Article, Link


def found_links(
    article: Article, lease_depth: int, seed: Seed, page_url: str, follow: Follow, *, traps: Traps | None = None
) -> tuple[FoundLink, ...]:
    """The related links of an article, each key once, in the page's order; `page_url` is their `via`.

    Followed are the first `per_article` of the page's own registered domain (of any, unless `same_site`) while depth
    remains; the reason of each says why it was kept and, where it is not followed, why not. The label of `seed`, a
    source's name, goes with links that stay on the site. Links to the page itself, and those that no server could be
    asked for, are left out; a session's number and random values are taken out of a URL. `traps`: what the crawl
    knows of them so far.

    Raises: UrlError where `page_url` is none that was ever visited.
    """
    site, followed, traps = urls.domain(page_url), 0, traps or Traps()
    trail = (page_url, *([seed.via] if lease_depth and seed.via else []))
    found: list[FoundLink] = []
    for link, url, key in _each(article, {seed.key, urls.key(page_url)}):
        is_same_site = urls.domain(url) == site
        refusal = _refusal(follow, lease_depth, followed, is_same_site=is_same_site)
        if follow.related:
            told = traps.by_url(url, trail) or ("" if refusal else traps.by_form(url))
            refusal = f"{REFUSED}{told}" if told else refusal
        followed += not refusal
        label = seed.label if is_same_site else None
        reason = f"{link.reason}; not followed: {refusal}" if refusal else link.reason
        found.append(FoundLink(Seed(url=url, key=key, via=page_url, label=label), reason, follow=not refusal))
    return tuple(found)


def _each(article: Article, own: set[str]) -> Iterator[tuple[Link, str, str]]:
    seen = set(own)
    for link in (*article.related, *article.off_site):
        url = without_noise(urls.without_userinfo(link.url))
        try:
            key, _ = urls.key(url), urls.wire(url)
        except UrlError:
            continue
        if key not in seen:
            seen.add(key)
            yield link, url, key


def _refusal(follow: Follow, depth: int, followed: int, *, is_same_site: bool) -> str:
    """Why a link is not followed; empty: it is."""
    if not follow.related:
        return "related articles are not to be followed (follow.related)"
    if depth >= follow.depth:
        return f"its page is {depth} steps from what was named, and {follow.depth} are allowed (--depth)"
    if follow.same_site and not is_same_site:
        return "it leaves the page's site (--off-site would follow it)"
    if followed >= follow.per_article:
        return f"{follow.per_article} links of its page are followed already (--per-article)"
    return ""
