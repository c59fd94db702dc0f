from datetime import timedelta

import pytest

from crawler.config import Feed, Opml, Posts, Sitemap, Subs, UrlList, load
from crawler.core.errors import ConfigError

EVERY_KIND = """
sources:
  - feed: https://example.org/rss.xml
    name: Example Daily
  - sitemap: https://example.org/news-sitemap.xml
    since: 30d
  - posts: ../site/_posts
  - list: urls.txt
  - opml: subscriptions.opml
  - subs: subs.json
"""


def test_each_kind_is_read_with_its_value(written):
    path = written(EVERY_KIND)
    folder = path.parent
    assert load(path, {}).sources == (
        Feed(feed="https://example.org/rss.xml", name="Example Daily"),
        Sitemap(sitemap="https://example.org/news-sitemap.xml", since=timedelta(days=30)),
        Posts(posts=folder / "../site/_posts"),
        UrlList(list=folder / "urls.txt"),
        Opml(opml=folder / "subscriptions.opml"),
        Subs(subs=folder / "subs.json"),
    )


def test_a_source_tells_its_kind_and_where_it_is(written):
    found = [(source.kind, str(source.where).rpartition("/")[2]) for source in load(written(EVERY_KIND), {}).sources]
    assert found == [
        ("feed", "rss.xml"), ("sitemap", "news-sitemap.xml"), ("posts", "_posts"),
        ("list", "urls.txt"), ("opml", "subscriptions.opml"), ("subs", "subs.json"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "sources:\n", "sources: []\n"])
def test_no_sources_are_no_error_here(written, text):
    assert load(written(text), {}).sources == ()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- feed:\n", 2, "sources.0.feed: needs a URL"),
        ("- feed: example.org/rss.xml\n", 2, "sources.0.feed: not a URL: 'example.org/rss.xml'; write it in full"),
        ("- feed: file:///etc/passwd\n", 2, "sources.0.feed: only http and https"),
        ("- feed: 7\n", 2, "sources.0.feed: needs a URL"),
        ("- list:\n", 2, "sources.0.list: needs a path"),
        ('- list: ""\n', 2, "sources.0.list: needs a path"),
        ('- list: "a\\0b"\n', 2, "sources.0.list: needs a path"),
        ("- list: [a]\n", 2, "sources.0.list: needs a path"),
        ("- list: a\n  nam: b\n", 3, "sources.0.nam: unknown key; did you mean `name`?"),
        ("- list: a\n  since: 3d\n", 3, "sources.0.since: unknown key; remove it; known are name, list"),
        ("- list: a\n- feed: https://a.example/\n  name: ''\n", 4, "sources.1.name: string should have at least 1"),
        ("- sitemap: https://a.example/\n  since: 30\n", 3, "sources.0.since: a time span is a number and a unit"),
        ("- list: a\n- opml: b\n  subs: c\n", 3, "sources.1: two kinds in one source, opml and subs; make two"),
        ("- fed: https://a.example/\n", 2, "sources.0: names no source, did you mean `feed` where 'fed' stands?"),
        ("- name: a\n", 2, "sources.0: names no source; write one of feed, sitemap"),
        ("- https://a.example/rss\n", 2, "sources.0: a source is a key and its value"),
        ("- [a]\n", 2, "sources.0: a source is a key and its value"),
        ("  feed: https://a.example/\n", 1, "sources: input should be a valid tuple"),
    ],
)
def test_an_error_names_the_entry_its_line_and_what_to_write(written, text, line, words):
    path = written(f"sources:\n{text}")
    with pytest.raises(ConfigError) as raised:
        load(path, {})
    assert str(raised.value).startswith(f"{path}:{line}: {words}")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("feed: https://a.example/rss", "feed: https://A.example/rss#top"),
        ("sitemap: https://a.example/s.xml", "sitemap: https://a.example/s.xml"),
        ("list: urls.txt", "list: ./other/../urls.txt"),
    ],
)
def test_a_source_that_is_there_twice_is_told_at_its_second_line(written, first, second):
    path = written(f"sources:\n- {first}\n- opml: x\n- {second}\n  name: other\n")
    with pytest.raises(ConfigError, match=r"crawl.yaml:4: sources.2: the same .* as entry 1; remove one"):
        load(path, {})


def test_one_address_may_be_two_kinds(written):
    assert len(load(written("sources:\n- opml: a.xml\n- list: a.xml\n"), {}).sources) == 2
