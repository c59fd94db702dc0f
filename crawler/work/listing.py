"""What a feed or a sitemap names, as links of its visit. Runs in a reading process: sources are strangers too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Seed
from crawler.core.visit import FoundLink, Kind, Named
from crawler.sources.feed import NotAFeed, read_feed
from crawler.sources.sitemap import NotASitemap, read_sitemap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from crawler.sources.feed import Feed
    from crawler.sources.sitemap import Sitemap

NAMED = "named by the source"
CARRIED = "named by the feed, which carries its text"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source comes to."""

    links: tuple[FoundLink, ...]
    named: Named
    reason: str  # what was found, in words


@dataclass(frozen=True, slots=True)
class NoListing:
    """It is no source; `links` are the feeds that it names as its own."""

    reason: str
    links: tuple[FoundLink, ...] = ()


def listing(  # noqa: PLR0917 - what crosses to another process is plain
    body: bytes, url: str, content_type: str | None, kind: Kind, label: str | None, since: datetime | None
) -> Listing | NoListing:
    """What a source at that URL names. `since`: of a sitemap only what is younger; what has no date stays."""
    if kind is Kind.SITEMAP:
        sitemap = read_sitemap(body, url, since=since, label=label)
        return NoListing(sitemap.reason) if isinstance(sitemap, NotASitemap) else _of_sitemap(sitemap, url, label)
    feed = read_feed(body, url, content_type, label=label)
    if isinstance(feed, NotAFeed):
        return NoListing(feed.reason, tuple(_sources(feed.candidates, Kind.FEED, url, label)))
    return _of_feed(feed)


def _of_feed(feed: Feed) -> Listing:
    links = tuple(FoundLink(entry.seed, CARRIED if entry.html else NAMED, follow=True) for entry in feed.entries)
    undated = sum(entry.seed.date is None for entry in feed.entries)
    return Listing(links, Named(len(links), undated, feed.problems), f"a feed of {len(links)} articles")


def _of_sitemap(sitemap: Sitemap, url: str, label: str | None) -> Listing:
    links = tuple(FoundLink(seed, NAMED, follow=True) for seed in sitemap.seeds)
    below = tuple(_sources(sitemap.sitemaps, Kind.SITEMAP, url, label))
    undated = sum(link.seed.date is None for link in links)
    reason = f"an index of {len(below)} sitemaps" if below else f"a sitemap of {len(links)} articles"
    return Listing((*below, *links), Named(len(links), undated, sitemap.problems), reason)


def _sources(found: Iterable[str], kind: Kind, via: str, label: str | None) -> Iterator[FoundLink]:
    for each in found:
        url = urls.without_userinfo(each)
        try:
            key, _ = urls.key(url), urls.wire(url)
        except UrlError:
            continue
        yield FoundLink(Seed(url, key, via=via, label=label), NAMED, follow=True, kind=kind)
