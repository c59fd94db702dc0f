"""What is known of an article, as the seed's keys say it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.errors import UrlError
from crawler.core.model import Article, Seed
from crawler.posts import Additions, PostFields, compose, fields_of, render

FETCHED = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
URL = "https://example.org/news/a"


def article(**known) -> Article:
    return Article(**{"url": URL, "title": "题目", "html": "", "text": "", "site": "Example", **known})


def seed(**known) -> Seed:
    return Seed(**{"url": URL, "key": URL, **known})


def fields(**known) -> PostFields:
    return PostFields(
        **{"title": "题目", "date": FETCHED, "author": "作者", "url": URL, "labels": ("源",), "is_dated": True, **known}
    )


def link_line(**known) -> str:
    return compose(fields(**known), "").body.splitlines()[1]


def test_the_seeds_title_and_date_win_only_over_none():
    known = seed(title="种子", date=FETCHED - timedelta(days=9))
    assert fields_of(article(), known, FETCHED).title == "题目"
    assert fields_of(article(title=""), known, FETCHED).title == "种子"
    day = datetime(2025, 5, 5, tzinfo=UTC)
    assert fields_of(article(published=day), known, FETCHED).date == day
    assert fields_of(article(), known, FETCHED).date == known.date
    assert fields_of(article(), known, FETCHED).is_dated


def test_without_a_date_or_with_a_future_one_it_is_the_fetch():
    for published in (None, FETCHED + timedelta(seconds=1)):
        found = fields_of(article(published=published), seed(), FETCHED)
        assert (found.date, found.is_dated) == (FETCHED, False)


def test_an_article_that_nobody_named_has_its_address_for_a_title():
    assert fields_of(article(title=" \n"), seed(), FETCHED).title == URL


@pytest.mark.parametrize(
    ("page", "known", "author"),
    [
        ({"authors": ("李四", "Jane Doe")}, {"label": "源"}, "李四, Jane Doe"),
        ({}, {"label": "源", "author": "王五"}, "王五"),
        ({}, {"label": "源"}, "源"),
        ({}, {}, "Example"),
        ({"site": ""}, {}, "example.org"),
    ],
)
def test_the_author_is_who_is_known(page, known, author):
    assert fields_of(article(**page), seed(**known), FETCHED).author == author


def test_the_label_comes_first_and_no_tag_twice():
    assert fields_of(article(tags=("科学", "源", " 科学 ")), seed(label="源"), FETCHED).labels == ("源", "科学")


def test_a_sentence_is_no_tag_and_tags_are_few():
    tags = ("字" * 67, "a" * 201, "a" * 200, *map(str, range(40)))
    labels = fields_of(article(tags=tags), seed(label="源"), FETCHED).labels
    assert labels[:2] == ("源", "a" * 200)
    assert len(labels) == 15


def test_controls_and_line_ends_are_in_no_field():
    found = fields_of(article(title="a\x00b\n c", tags=("x\x00y",), authors=("p\r\nq",)), seed(label="l\x85m"), FETCHED)
    assert (found.title, found.labels, found.author) == ("a b c", ("l m", "x y"), "p q")


def test_from_is_the_address_as_found_without_userinfo():
    url = "https://me:secret@example.org/%e5%ad%97?source=rss&b"
    assert fields_of(article(), seed(url=url), FETCHED).url == "https://example.org/%e5%ad%97?source=rss&b"


def test_the_keys_are_the_seeds_then_ours_where_set():
    additions = Additions(
        archived_at=FETCHED,
        warc_record_id="urn:uuid:1",
        warc_digest="sha256:AB",
        lang="zh",
        description="一: 二",
        image="https://example.org/i.png",
        last_modified_at=FETCHED,
        related=("https://example.org/x?a,b", "https://example.org/y"),
        memento_url="https://example.org/m",
        memento_datetime=FETCHED,
        render_with_liquid=False,
    )
    text = render(compose(fields(), "", additions)).decode()
    front = yaml.safe_load(text.split("---\n")[1])
    assert list(front) == [
        *("layout", "title", "date", "author", "from", "tags", "comments", "categories"),
        *("archived_at", "warc_record_id", "warc_digest", "lang", "description", "image", "last_modified_at"),
        *("related", "memento_url", "memento_datetime", "render_with_liquid"),
    ]
    assert front["date"] == front["archived_at"] == front["last_modified_at"] == front["memento_datetime"] == FETCHED
    assert front["related"] == ["https://example.org/x?a,b", "https://example.org/y"]
    assert front["description"] == "一: 二"
    assert front["render_with_liquid"] is False
    assert "\nrender_with_liquid: false\n" in text
    assert [name for name, _ in compose(fields(), "").fields][-1] == "categories"


@pytest.mark.parametrize(
    ("date", "text", "milliseconds"),
    [
        (FETCHED, "2026-01-02T03:04:05.678Z", 1767323045678),
        (datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), "1969-12-31T23:59:59.999Z", -1),
        (datetime(987, 1, 2, tzinfo=UTC), "0987-01-02T00:00:00.000Z", -31020364800000),
    ],
)
def test_times_are_milliseconds_of_utc(date, text, milliseconds):
    post = compose(fields(date=date), "")
    assert post.get("date") == text
    assert post.body.startswith(f"<!--{milliseconds}-->\n")
    assert f"\ndate: {text}\n" in render(post).decode()


def test_a_date_that_is_no_time_is_quoted():
    from dataclasses import replace

    post = replace(compose(fields(), ""), fields=(("date", "gestern: 5\nx: y"),))
    assert yaml.safe_load(render(post).decode().split("---\n")[1]) == {"date": "gestern: 5\nx: y"}


def test_a_plain_title_stays_as_it_is():
    assert (
        link_line(title="两岸要种树　街坊凑出三万元 (图), a+b=c!")
        == f"[两岸要种树　街坊凑出三万元 (图), a+b=c!]({URL})"
    )


def test_an_address_keeps_what_markdown_leaves_alone():
    url = "https://example.org/a_b*c/%e5%ad%97;x=1?q=~!$,&copy=2#f"
    assert link_line(url=url) == f"[题目]({url.replace('*', '&#42;')})"


def test_an_address_cannot_end_its_link():
    line = link_line(url="https://example.org/a)b(c d\ne'\"{{x}}<y>&copy;")
    assert line == (
        "[题目](https://example.org/a&#41;b&#40;c%20d%0Ae&#39;&#34;&#123;&#123;x&#125;&#125;&#60;y&#62;&amp;copy;)"
    )


@given(st.text())
def test_no_title_is_markdown_or_a_template(title):
    line = link_line(title=title)
    text = line.removeprefix("[").removesuffix(f"]({URL})")
    assert len(line.splitlines()) == 1
    assert not re.search(r"[\\`*_{}\[\]<>|~$^\"'\x00-\x1f]|--|\.\.|&(?!#\d+;|amp;)", text) or text == URL


def test_a_post_without_a_title_can_be_followed():
    assert link_line(title=" ") == f"[{URL}]({URL})"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "", "example.org/a"])
def test_only_an_address_of_the_web_becomes_a_link(url):
    with pytest.raises(UrlError):
        compose(fields(url=url), "")


def test_an_article_published_the_moment_it_was_fetched_is_dated():
    found = fields_of(article(published=FETCHED), seed(), FETCHED)
    assert (found.date, found.is_dated) == (FETCHED, True)


def test_dashes_and_dots_stay_what_they_are():
    assert link_line(title="a -- b - c... d. e") == f"[a &#45;&#45; b - c&#46;&#46;&#46; d. e]({URL})"
