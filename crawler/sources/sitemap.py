"""A sitemap's bytes → seeds, or the sitemaps that an index names (sitemaps.org 0.9, Google's news extension).

Read as a stream: of 50 MB nothing is kept but what it points at. Extensions for pictures and videos are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.dates import moment
from crawler.core.errors import UrlError
from crawler.sources import markup
from crawler.sources.decoded import decoded
from crawler.sources.feed import Feed, read_feed
from crawler.sources.inflated import inflated
from crawler.sources.listed import read_list
from crawler.sources.plain import plain
from crawler.sources.pointing import address, seed
from crawler.sources.problems import Problems
from crawler.sources.sitemap_rows import Row, is_older, rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from crawler.core.model import Seed

__all__ = ["NotASitemap", "Sitemap", "read_sitemap"]

MAX_URLS = 50_000  # the protocol's limits for one file
MAX_BYTES = 50 * 1024 * 1024
MAX_TAGS = 4_000_000  # of that many URLs with 20 pictures each
_FEEDS = {"rss", "feed", "rdf", "channel"}


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap points at."""

    seeds: tuple[Seed, ...]  # in its order, one for each key
    sitemaps: tuple[str, ...]  # absolute URLs that an index names, each once
    problems: tuple[str, ...]  # what was mended, unreadable or left out, a line a kind


@dataclass(frozen=True, slots=True)
class NotASitemap:
    """There is no sitemap at this URL."""

    reason: str


def read_sitemap(body: bytes, url: str, *, since: datetime | None, label: str | None) -> Sitemap | NotASitemap:
    """The seeds of a sitemap: urlset, index, plain text, RSS or Atom, gzip or not. `url` is what they are `via`.

    What says that it is older than `since` is left out, pages and sitemaps of an index alike; what says nothing stays.
    Only the news extension's publication date becomes a seed's: `lastmod` tells of the last change. Without a label
    the publication's name is the seeds'. Raises: nothing.
    """
    problems = Problems()
    raw, cut = inflated(body, MAX_BYTES)
    if cut:
        problems.add(f"larger than {MAX_BYTES} bytes: the rest is left out")
    text = decoded(raw).lstrip()
    if not text:
        return NotASitemap("empty")
    name, start = markup.kind(text)
    if text.count("<") > MAX_TAGS:
        return NotASitemap(f"more than {MAX_TAGS} tags")
    if name in {"urlset", "sitemapindex"}:
        return _xml(text[start:], url, since, label, problems)
    if name in _FEEDS:
        return _of_feed(raw, url, since, label)
    if name or text.startswith("<"):
        return NotASitemap("an HTML page" if name == "html" else f"no sitemap: it begins with {text[:60]!r}")
    return _of_lines(text, url, label)


def _xml(text: str, url: str, since: datetime | None, label: str | None, problems: Problems) -> Sitemap:
    seeds: dict[str, Seed] = {}
    sitemaps: dict[str, None] = {}
    for count, row in enumerate(rows(text, problems)):
        if count == MAX_URLS:
            problems.add(f"more than {MAX_URLS} URLs: the others are left out")
            break
        date = moment(row.published)
        if is_older(row, date, since):
            continue
        if row.published.strip() and date is None:
            problems.add("date cannot be read", row.published.strip())
        try:
            found = _seed(row, date, url, label)
        except UrlError as err:
            problems.add(f"{row.kind} left out: its address leads nowhere we go", str(err))
            continue
        if row.kind == "sitemap":
            sitemaps.setdefault(found.url)
        elif found.key in seeds:
            problems.add("URL stands there twice", found.url)
        else:
            seeds[found.key] = found
    _count_strangers(seeds.values(), url, problems)
    return Sitemap(tuple(seeds.values()), tuple(sitemaps), problems.told())


def _seed(row: Row, date: datetime | None, url: str, label: str | None) -> Seed:
    found = address(row.address, url)
    return seed(found, via=url, title=plain(row.title), date=date, label=label or plain(row.name) or None)


def _count_strangers(seeds: Iterable[Seed], url: str, problems: Problems) -> None:
    """The protocol knows no URLs of other hosts; they are kept, since news sites have them."""
    try:
        host = _host(urls.key(url))
    except UrlError:
        return
    for one in seeds:
        if _host(one.key) != host:
            problems.add("URL of another host", one.url)


def _host(key: str) -> str:
    return key.split("/", 3)[2]


def _of_feed(raw: bytes, url: str, since: datetime | None, label: str | None) -> Sitemap | NotASitemap:
    found = read_feed(raw, url, None, label=label)
    if not isinstance(found, Feed):
        return NotASitemap(found.reason)
    seeds = (one.seed for one in found.entries)
    return Sitemap(tuple(one for one in seeds if not since or not one.date or one.date >= since), (), found.problems)


def _of_lines(text: str, url: str, label: str | None) -> Sitemap | NotASitemap:
    lines = text.splitlines()
    found = read_list("\n".join(lines[:MAX_URLS]).encode(), url, label)
    if not found.seeds:
        return NotASitemap("neither XML nor a list of URLs")
    more = (f"more than {MAX_URLS} URLs: the others are left out",) if len(lines) > MAX_URLS else ()
    return Sitemap(found.seeds, (), (*found.problems, *more))
