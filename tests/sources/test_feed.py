from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core import urls
from crawler.core.model import Seed
from crawler.sources import feed as feeds
from crawler.sources.feed import Feed, NotAFeed, read_feed
from tests.sources.broken_feeds import CONTENT, SHAPES, URL, WHOLE, Shape, Want, atom, item, json_feed, rss


def read(text: str | bytes, label: str | None = None, content_type: str | None = None) -> Feed:
    found = read_feed(text.encode() if isinstance(text, str) else text, URL, content_type, label=label)
    assert isinstance(found, Feed), found
    return found


def none(text: str | bytes) -> NotAFeed:
    found = read_feed(text.encode() if isinstance(text, str) else text, URL, None, label=None)
    assert isinstance(found, NotAFeed), found
    return found


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_shape_of_brokenness_gives_what_it_means(shape: Shape) -> None:
    found = read(shape.body, content_type=shape.content_type)
    assert (
        tuple(Want(one.seed.url, one.seed.title, one.seed.date, one.seed.author, one.html) for one in found.entries)
        == shape.want
    )
    assert len(found.problems) == len(shape.problems), found.problems
    for problem, begins in zip(found.problems, shape.problems, strict=True):
        assert problem.startswith(begins)


def test_at_least_forty_shapes_are_tried() -> None:
    assert len({shape.name for shape in SHAPES}) == len(SHAPES) >= 40


def test_a_seed_says_who_pointed_at_it() -> None:
    (one,) = read(rss(item(link="/a?utm_source=x"))).entries
    assert one.seed == Seed(
        url="https://news.example.org/a?utm_source=x",
        key="https://news.example.org/a",
        via=URL,
        title="One",
        label="News",
    )


def test_the_sources_name_goes_before_the_feeds_own_title() -> None:
    assert read(rss(item()), label="泡泡").entries[0].seed.label == "泡泡"
    assert read(f"<rss>{item()}</rss>").entries[0].seed.label is None


def test_a_feeds_own_title_is_text() -> None:
    assert read("<rss><channel><title>Q &amp;amp; &lt;b&gt;A&lt;/b&gt;</title></channel></rss>").title == "Q & A"


def test_a_time_without_a_zone_is_in_the_one_that_is_known_of_the_site() -> None:
    found = read_feed(
        rss(item("<pubDate>2024-07-26 11:38:40</pubDate>")).encode(), "https://www.rfa.org/rss", None, label=None
    )
    assert isinstance(found, Feed)
    assert found.entries[0].seed.date == datetime(2024, 7, 26, 15, 38, 40, tzinfo=UTC)


def body(inside: str) -> str:
    (one,) = read(rss(item(inside), root=f"<rss {CONTENT}>")).entries
    return one.html


def test_content_is_the_whole_article() -> None:
    assert body(f"<description>short</description><content:encoded><![CDATA[ {WHOLE} ]]></content:encoded>") == WHOLE


def test_a_long_description_of_paragraphs_is_the_whole_article() -> None:
    assert body(f"<description><![CDATA[{WHOLE * 3}]]></description>") == WHOLE * 3


@pytest.mark.parametrize(
    "inside",
    [
        "<description>short</description>",
        f"<description><![CDATA[{WHOLE * 3}<p>and so […]</p>]]></description>",
        f"<description><![CDATA[{WHOLE * 3}<a href='/a'>阅读全文 &raquo;</a>]]></description>",
        f"<description>{'word ' * 2_000}</description>",
        f"<content:encoded><![CDATA[{WHOLE}<p>and so [&#8230;]</p> <p>The post One appeared first on News.</p>]]></content:encoded>",
        f"<content:encoded><![CDATA[{WHOLE}<p><a href='/a'>Continue reading <span>One</span></a></p>]]></content:encoded>",
        "<content:encoded><![CDATA[<p> </p><img src='/x.png'>]]></content:encoded>",
    ],
)
def test_a_teaser_is_no_article(inside: str) -> None:
    assert body(inside) == ""


PAGE = """<!doctype html><html><head><title>x</title><base href="/en/">
<link rel="alternate" type="application/rss+xml" href="comments/feed" title="Comments">
<link rel="stylesheet alternate" type="application/atom+xml; charset=utf-8" href="atom.xml">
<link rel="Alternate" type="application/feed+json" href="https://ann:secret@cdn.example.net/f.json">
<link rel="alternate" hreflang="de" href="/de/"><link rel="alternate" type="application/rss+xml" href="javascript:x">
</head><body><rss></rss></body></html>"""


def test_a_page_names_its_feeds() -> None:
    assert none(PAGE) == NotAFeed(
        "an HTML page",
        (
            "https://news.example.org/en/atom.xml",
            "https://cdn.example.net/f.json",
            "https://news.example.org/en/comments/feed",
        ),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n\0", "empty"),
        (b'{"error": "no such feed"}', "JSON that is no feed: it has no list `items`: no such feed"),
        (b'{"items": 3}', "JSON that is no feed"),
        (b"[1, 2]", "JSON that is no feed"),
        (b'{"items": [', "broken JSON: Expecting value"),
        (b'{"a":' * 100_000, "JSON that is nested too deep"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "broken JSON: Exceeds the limit"),
        (b"<urlset></urlset>", "a sitemap: name it under `sitemap`"),
        (b"<sitemapindex/>", "a sitemap index"),
        (b"<opml/>", "a list of feeds (OPML): name it under `opml`"),
        (b"503 Service Unavailable", "neither RSS, Atom nor JSON Feed: it begins with '503 Service Unavailable'"),
        (b"\x89PNG\r\n\x1a\n", "neither RSS, Atom nor JSON Feed"),
    ],
)
def test_what_is_no_feed_says_what_it_is(text: bytes, reason: str) -> None:
    found = none(text)
    assert found.reason.startswith(reason)
    assert found.candidates == ()


def test_a_feed_is_read_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_ENTRIES", 2)
    found = read(rss("".join(item(link=f"/{number}") for number in range(3))))
    assert len(found.entries) == 2
    assert found.problems == ("more than 2 entries: the others are left out",)


def test_gzip_does_not_grow_beyond_what_is_fetched_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_BYTES", 1_000)
    bomb = gzip.compress(rss(item()).encode() + b" " * 10_000_000)
    assert read(bomb).problems[0].startswith("larger than 1000 bytes")


def test_nesting_ends_where_it_is_too_deep() -> None:
    found = read(rss(item() + "<item>" + "<a>" * 100_000))
    assert len(found.entries) == 1
    assert "Excessive depth" in found.problems[0]


TAGS = st.sampled_from(
    ["<rss>", "<item>", "</item>", "<link>", "<link href='/a' rel=", "<title>", "<![CDATA[", "]]>", "<feed xmlns='http://www.w3.org/2005/Atom'>",
     "<entry>", "<content type='xhtml'>", "<x:1>", "<dc:date>", "&", "&#0;", "&#xd800;", "<a b='<!--'>", "https://e.org/", "\udcff", "</", "<a:b xmlns:a=''>", "xml:base='[", "<guid>"]
)  # fmt: skip


@given(st.lists(TAGS | st.text(max_size=8), max_size=30), st.binary(max_size=20))
def test_no_bytes_break_the_reader(parts: list[str], junk: bytes) -> None:
    text = "".join(parts).encode("utf-8", "surrogateescape" if "\udcff" in parts else "replace")
    for data in (junk, text, b"<rss><item>" + text, junk + text + junk, b"\x1f\x8b" + junk, b"{" + text):
        found = read_feed(data, URL, None, label=None)
        for one in found.entries if isinstance(found, Feed) else ():
            assert urls.key(one.seed.url) == one.seed.key
            repr(one).encode()


JSON = (
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=9)
    | st.lists(st.text(max_size=3), max_size=2)
)
NAMES = st.sampled_from(
    ["url", "id", "title", "authors", "author", "content_html", "content_text", "date_published", "external_url"]
)


@given(st.lists(JSON | st.dictionaries(NAMES, JSON | st.just("https://e.org/"), max_size=5), max_size=4))
def test_no_json_breaks_the_reader(items: list[object]) -> None:
    for one in read(json_feed(*items)).entries:
        str((one.seed, one.html)).encode()


@given(st.text(), st.text(), st.text())
def test_no_text_in_a_field_breaks_the_reader(link: str, title: str, attribute: str) -> None:
    for text in (
        rss(item(f"<pubDate>{title}</pubDate>", link=link, title=title)),
        atom(f"<link href='{attribute}'/>", attribute),
    ):
        assert isinstance(read_feed(text.encode("utf-8", "replace"), URL, attribute, label=None), Feed)
