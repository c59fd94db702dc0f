from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Seed
from crawler.sources import sitemap as sitemaps
from crawler.sources.sitemap import NotASitemap, Sitemap, read_sitemap

URL = "https://news.example.org/sitemap.xml"
A, B = "https://news.example.org/a", "https://news.example.org/b"
SINCE = datetime(2024, 7, 26, 12, tzinfo=UTC)
NEWS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)


def read(text: str | bytes, since: datetime | None = None, label: str | None = None) -> Sitemap:
    found = read_sitemap(text.encode() if isinstance(text, str) else text, URL, since=since, label=label)
    assert isinstance(found, Sitemap), found
    return found


def urlset(*rows: str, head: str = "<urlset>") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}{"".join(rows)}</urlset>'


def row(address: str = A, more: str = "") -> str:
    return f"<url><loc>{address}</loc>{more}</url>"


def addresses(found: Sitemap) -> list[str]:
    return [one.url for one in found.seeds]


def test_a_news_sitemap_gives_title_date_and_name() -> None:
    news = (
        "<news:news><news:publication><news:name>Example Daily</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2024-07-26T11:38:40+08:00</news:publication_date><news:title>Q &amp;amp; A</news:title>"
        "<news:keywords>x</news:keywords></news:news><lastmod>2025-01-01</lastmod>"
        "<image:image><image:loc>https://cdn.example.net/x.png</image:loc><image:title>Two</image:title></image:image>"
        '<xhtml:link rel="alternate" hreflang="de" href="https://news.example.org/de/a"/>'
    )
    assert read(urlset(row(A + "?utm_source=x", news), head=NEWS)) == Sitemap(
        (
            Seed(
                url=A + "?utm_source=x",
                key=A,
                via=URL,
                title="Q & A",
                date=datetime(2024, 7, 26, 3, 38, 40, tzinfo=UTC),
                label="Example Daily",
            ),
        ),
        (),
        (),
    )


def test_the_sources_name_goes_before_the_publications() -> None:
    assert read(urlset(row()), label="泡泡").seeds[0].label == "泡泡"


def test_the_last_change_is_no_date_of_publication() -> None:
    assert read(urlset(row(A, "<lastmod>2024-07-26</lastmod>"))).seeds[0].date is None


def test_an_index_names_sitemaps() -> None:
    index = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc> https://news.example.org/new.xml.gz </loc><lastmod>2024-07-27</lastmod></sitemap>"
        "<sitemap><loc>/unknown.xml</loc></sitemap><sitemap><loc>/old.xml</loc><lastmod>2024-01-01</lastmod></sitemap>"
        "<sitemap><loc>/unknown.xml</loc></sitemap><sitemap/></sitemapindex>"
    )
    found = read(index, SINCE)
    assert found.sitemaps == ("https://news.example.org/new.xml.gz", "https://news.example.org/unknown.xml")
    assert found.seeds == ()
    assert found.problems[0].startswith("sitemap left out: its address leads nowhere we go ('empty URL")


@pytest.mark.parametrize(
    ("dates", "is_kept"),
    [
        ("", True),
        ("<lastmod>NaN</lastmod>", True),
        ("<lastmod>2024-07-26</lastmod>", True),
        ("<lastmod>2024-07-26T13:00:00Z</lastmod>", True),
        ("<lastmod>2024-07-26T11:59:59Z</lastmod>", False),
        ("<lastmod>2024-07-25</lastmod>", False),
        ("<lastmod>2024-07-25</lastmod><news:news><news:publication_date>2024-07-27</news:publication_date></news:news>", True),
        ("<lastmod>2024-07-27</lastmod><news:news><news:publication_date>2024-07-25</news:publication_date></news:news>", True),
        ("<news:news><news:publication_date>2024-07-25</news:publication_date></news:news>", False),
    ],
)  # fmt: skip
def test_what_says_that_it_is_older_is_left_out(dates: str, *, is_kept: bool) -> None:
    assert addresses(read(urlset(row(A, dates), head=NEWS), SINCE)) == [A] * is_kept


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(urlset(row()).encode()),
        gzip.compress(gzip.compress(urlset(row()).encode())),
        b"\xef\xbb\xbf\n\n" + urlset(row()).encode(),
        urlset(row()).encode("utf-16"),
        b"Warning: x<br />" + urlset(row()).encode(),
        urlset(row("<![CDATA[ /a ]]>")).encode(),
        urlset(row("//news.example.org/a")).encode(),
        urlset(row("https://ann:secret@news.example.org/a")).encode(),
        b'<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc>https://news.example.org/a</s:loc></s:url></s:urlset>',
        b"<urlset><url><image:image><image:loc>/x.png</image:loc></image:image><loc>/a</loc></url></urlset>",
        b"\xef\xbb\xbfhttps://news.example.org/a\r\n\r\n",
        b"<rss><channel><item><link>https://news.example.org/a</link></item></channel></rss>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://news.example.org/a"/></entry></feed>',
    ],
)
def test_every_shape_of_a_sitemap_is_read(body: bytes) -> None:
    found = read(body)
    assert (addresses(found), found.problems) == ([A], ())


def test_bare_ampersands_are_part_of_the_url() -> None:
    assert addresses(read(urlset(row(A + "?x=1&y=2&copy=3")))) == [A + "?x=1&y=2&copy=3"]


def test_what_is_wrong_is_told_and_the_rest_read() -> None:
    found = read(
        urlset(row(), row(A + "?utm_source=x"), row("javascript:x"), row("https://cdn.example.net/c"), "<url/>")[:-9]
    )
    assert addresses(found) == [A, "https://cdn.example.net/c"]
    assert [problem.partition(" (")[0] for problem in found.problems] == [
        "URL stands there twice",
        "url left out: its address leads nowhere we go",
        "not well-formed: read as far as it can be",
        "URL of another host",
    ]


def test_a_url_within_a_url_takes_nothing_from_it() -> None:
    assert addresses(read(urlset(row(A, "<x:url xmlns:x='y'>/x</x:url>"), row(B)))) == [A, B]
    unended = f"<urlset><url><loc>{A}</loc><url><loc>{B}</loc></url></urlset>"
    assert sorted(addresses(read(unended))) == [A, B]


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = '<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    found = read(bomb + "<urlset>" + row("/&a;") + row("/&b;") + "</urlset>")
    assert addresses(found) == ["https://news.example.org/&a;", "https://news.example.org/&b;"]


def test_a_sitemap_is_read_to_the_protocols_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_URLS", 2)
    for text in (
        urlset(*(row(f"/{number}") for number in range(3))),
        "https://e.org/1\nhttps://e.org/2\nhttps://e.org/3",
    ):
        found = read(text)
        assert len(found.seeds) == 2
        assert "more than 2 URLs: the others are left out" in found.problems


def test_gzip_does_not_grow_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_BYTES", 1_000)
    found = read(gzip.compress(urlset(row()).encode() + b" " * 10_000_000))
    assert addresses(found) == [A]
    assert found.problems[0].startswith("larger than 1000 bytes")


def test_damaged_gzip_is_read_up_to_the_damage() -> None:
    body = bytearray(gzip.compress(urlset(*(row(f"/{number}") for number in range(2_000))).encode()))
    body[-2_000:] = b"\xff" * 2_000
    assert len(read(bytes(body)).seeds) > 500


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("<!doctype html><title>404</title>", "an HTML page"),
        ("<opml/>", "no sitemap: it begins with '<opml/>'"),
        ("Not found", "neither XML nor a list of URLs"),
    ],
)
def test_what_is_no_sitemap_says_so(text: str, reason: str) -> None:
    assert read_sitemap(text.encode(), URL, since=None, label=None) == NotASitemap(reason)


TAGS = st.sampled_from(
    [
        "<url>",
        "</url>",
        "<loc>",
        "https://e.org/",
        "<lastmod>",
        "<![CDATA[",
        "<sitemap>",
        "&",
        "<news:news>",
        "<x:1>",
        "]]>",
        "</urlset>",
    ]
)


@given(st.lists(TAGS | st.text(max_size=8), max_size=30), st.binary(max_size=20))
def test_no_bytes_break_the_reader(parts: list[str], junk: bytes) -> None:
    text = "".join(parts).encode("utf-8", "replace")
    for data in (junk, text, b"<urlset><url><loc>" + text + junk, b"<sitemapindex>" + text, b"\x1f\x8b" + junk):
        found = read_sitemap(data, URL, since=SINCE, label=None)
        repr(found).encode()


def test_a_sitemap_of_more_tags_than_its_limits_allow_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_TAGS", 5)
    assert read_sitemap(urlset(row()).encode(), URL, since=None, label=None) == NotASitemap("more than 5 tags")
