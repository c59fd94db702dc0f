"""A feed's bytes → seeds, and whole articles where it carries them: RSS, Atom, JSON Feed, however broken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawler.core import sites
from crawler.sources import discovery, json_feed, markup, xml_feed
from crawler.sources.decoded import cleaned, decoded
from crawler.sources.entry import Draft, Entry, entries
from crawler.sources.inflated import inflated
from crawler.sources.plain import plain
from crawler.sources.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Entry", "Feed", "NotAFeed", "read_feed"]

MAX_BYTES = 20 * 1024 * 1024  # what is fetched at most
MAX_ENTRIES = 10_000
_FEEDS = {"rss", "feed", "rdf", "channel"}
_OTHERS = {
    "html": "an HTML page",
    "urlset": "a sitemap: name it under `sitemap`",
    "sitemapindex": "a sitemap index: name it under `sitemap`",
    "opml": "a list of feeds (OPML): name it under `opml`",
}


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says."""

    url: str
    title: str  # empty: it has none
    entries: tuple[Entry, ...]  # in its order, one for each key
    problems: tuple[str, ...]  # what was mended, unreadable or left out, a line a kind


@dataclass(frozen=True, slots=True)
class NotAFeed:
    """There is no feed at this URL."""

    reason: str
    candidates: tuple[str, ...] = ()  # absolute URLs of the feeds that the page names


def read_feed(body: bytes, url: str, content_type: str | None, *, label: str | None) -> Feed | NotAFeed:
    """The entries of a feed. `url` is where it came from and what its seeds are `via`; `label` is the source's name.

    `content_type` is the header's value; None: there was none. Without a label the feed's title is the seeds'. A time
    without a zone is in the one that sites.yaml has for the URL, else UTC. Raises: nothing.
    """
    problems = Problems()
    raw, cut = inflated(body, MAX_BYTES)
    if cut:
        problems.add(f"larger than {MAX_BYTES} bytes: the rest is left out")
    text = decoded(raw, content_type).lstrip()
    if not text:
        return NotAFeed("empty")
    if text.startswith(("{", "[")):
        found = json_feed.parsed(text)
        if isinstance(found, str):
            return NotAFeed(cleaned(found))
        told = json_feed.channel(found, url)
        return _feed(url, told.title, json_feed.drafts(found, told), label, problems)
    return _xml(text, url, label, problems)


def _xml(text: str, url: str, label: str | None, problems: Problems) -> Feed | NotAFeed:
    name, start = markup.kind(text)
    if name not in _FEEDS:
        reason = _OTHERS.get(name) or f"neither RSS, Atom nor JSON Feed: it begins with {text[:60]!r}"
        return NotAFeed(reason, discovery.feeds(text, url) if "<" in text else ())
    tree = markup.tree(text[start:])
    if tree is None:
        return NotAFeed("XML of which nothing can be read")
    if tree.fault:
        problems.add("not well-formed: read as far as it can be", tree.fault)
    told = xml_feed.channel(tree.root, url)
    return _feed(url, told.title, xml_feed.drafts(tree.root, told, url), label, problems)


def _feed(url: str, title: str, drafts: Iterable[Draft], label: str | None, problems: Problems) -> Feed:
    name = plain(title)
    site = sites.site(url)
    found = entries(
        drafts,
        via=url,
        label=label or name or None,
        zone=ZoneInfo(site.zone) if site else UTC,
        problems=problems,
        most=MAX_ENTRIES,
    )
    return Feed(url, name, found, problems.told())
