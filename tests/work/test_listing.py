"""What a feed or a sitemap names, as links of its visit."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest

from crawler.core.visit import FoundLink, Kind, Named
from crawler.work.listing import CARRIED, NAMED, Listing, NoListing, listing

URL = "https://a.example/rss.xml"
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


def rss(*items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>Own</title>{"".join(items)}</channel></rss>'.encode()


def item(path: str, more: str = "") -> str:
    return f"<item><title>{path}</title><link>https://a.example/{path}</link>{more}</item>"


def named(body, kind=Kind.FEED, label="Daily", since=None):
    return listing(body, URL, "text/xml", kind, label, since)


def urlset(*rows: str) -> bytes:
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(rows)}</urlset>'.encode()


def row(path: str, day: str = "") -> str:
    return f"<url><loc>https://a.example/{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"


def test_a_feed_s_entries_are_followed_and_those_with_a_text_are_known_by_their_reason():
    date = "<pubDate>Mon, 23 Nov 2026 12:00:00 GMT</pubDate>"
    text = (
        "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        + "&lt;p&gt;A long text.&lt;/p&gt;" * 60
        + "</content:encoded>"
    )
    found = named(rss(item("1", date), item("2", text)))
    assert isinstance(found, Listing)
    assert [(link.seed.url, link.reason, link.follow, link.kind) for link in found.links] == [
        ("https://a.example/1", NAMED, True, Kind.ARTICLE),
        ("https://a.example/2", CARRIED, True, Kind.ARTICLE),
    ]
    assert {(link.seed.via, link.seed.label) for link in found.links} == {(URL, "Daily")}
    assert (found.named.articles, found.named.undated) == (2, 1)
    assert found.reason == "a feed of 2 articles"


def test_an_empty_feed_is_a_feed():
    assert named(rss()) == Listing((), Named(0, 0, ()), "a feed of 0 articles")


def test_a_page_that_names_its_feeds_is_no_listing_and_leads_to_them():
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="https://me:secret@a.example/real"></head></html>'
    found = named(page)
    assert isinstance(found, NoListing)
    (link,) = found.links
    assert (link.seed.url, link.kind, link.follow, link.seed.label) == (
        "https://a.example/real",
        Kind.FEED,
        True,
        "Daily",
    )


@pytest.mark.parametrize("kind", [Kind.FEED, Kind.SITEMAP])
@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"<html>", b"not found", b"{}", b"<?xml version='1.0'?>"])
def test_what_is_no_source_says_why(kind, body):
    found = named(body, kind)
    assert isinstance(found, NoListing)
    assert found.reason
    assert found.links == ()


def test_a_sitemap_where_a_feed_should_be_is_none_while_a_feed_may_be_a_sitemap():
    """Sitemaps may be feeds (sitemaps.org, "Other Sitemap formats")."""
    assert isinstance(named(urlset(row("1"))), NoListing)
    assert isinstance(named(rss(item("1")), Kind.SITEMAP), Listing)


def test_of_a_sitemap_only_what_is_younger_and_what_has_no_date_is_named():
    found = named(urlset(row("old", "2026-10-01"), row("new", "2026-11-20"), row("undated")), Kind.SITEMAP, since=SINCE)
    assert isinstance(found, Listing)
    assert [link.seed.url for link in found.links] == ["https://a.example/new", "https://a.example/undated"]
    assert (found.named.articles, found.named.undated) == (2, 2)  # when a page was modified is not its date
    assert found.reason == "a sitemap of 2 articles"


def test_an_index_leads_to_its_sitemaps_and_to_no_other_place():
    locs = (
        "https://a.example/1.xml",
        "https://me:pw@a.example/2.xml",
        "ftp://a.example/3.xml",
        "https://a.example/" + "x" * 9_000,
    )
    rows = "".join(f"<sitemap><loc>{loc}</loc></sitemap>" for loc in locs)
    found = named(f"<sitemapindex>{rows}</sitemapindex>".encode(), Kind.SITEMAP)
    assert isinstance(found, Listing)
    assert [(link.seed.url, link.kind) for link in found.links] == [
        ("https://a.example/1.xml", Kind.SITEMAP),
        ("https://a.example/2.xml", Kind.SITEMAP),
    ]
    assert found.named.articles == 0
    assert found.reason == "an index of 2 sitemaps"


def test_what_crosses_to_another_process_can(tmp_path):
    found = named(rss(item("1")))
    assert pickle.loads(pickle.dumps(found)) == found
    assert all(isinstance(link, FoundLink) for link in found.links)
