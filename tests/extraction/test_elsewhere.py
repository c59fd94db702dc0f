"""Pages that show other articles whole are lists: by their address and by where their headlines lead; by their program."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article, NoArticle
from crawler.extraction import extract
from crawler.extraction.refusals.addresses import is_home, is_list
from tests.extraction.pages import PROSE, URL, article, page

HOME = "https://news.example/"
TEXT = "".join(f"<p>{line}</p>" for line in PROSE)
OTHER = "".join(f"<p>{line.replace('river', 'lake')}</p>" for line in PROSE[::-1])
LISTS = [
    "https://news.example/blog/",
    "https://news.example/archives",
    "https://news.example/tag/rivers",
    "https://news.example/category/news/local/",
    "https://news.example/author/ann-ohara",
    "https://news.example/blog/page/2/",
    "https://news.example/?s=river",
    "https://news.example/index.php?cat=4",
]
ARTICLES = [
    "https://news.example/blog/the-river-is-clear",
    "https://news.example/archives/4711",
    "https://news.example/news/2024/the-river-is-clear.html",
    "https://news.example/news/content?id=4&page=2",
    "https://news.example/posts/4711",
    "https://news.example/research-on-tags",
]


def post(number: int, text: str, heading: str = "<h2 class='title'><a href='{0}'>{1}</a></h2>") -> str:
    headline = heading.format(f"/2024/05/{number}/a-b-c.html", f"Story number {number} of the river")
    return f"<article><header>{headline}</header><div class=text>{text}</div></article>"


@pytest.mark.parametrize("url", LISTS)
def test_addresses_of_lists(url: str) -> None:
    assert is_list(url)


@pytest.mark.parametrize("url", ARTICLES)
def test_addresses_of_articles(url: str) -> None:
    assert not is_list(url)
    assert not is_home(url)


@pytest.mark.parametrize("url", [HOME, "https://news.example", "https://news.example/index.html", *LISTS])
@pytest.mark.parametrize(
    "heading",
    [
        "<h1><a href='{0}'>{1}</a></h1>",
        "<h2 class='title'><a href='{0}'>{1}</a></h2>",
        "<a href='{0}'><h2>{1}</h2></a>",
        "<a class='post-title' href='{0}'>{1}</a>",
    ],
)
@pytest.mark.parametrize(
    "head", ["<title>News</title>", "<title>News</title><meta property='og:type' content='article'>"]
)
def test_a_page_of_whole_articles_is_none(url: str, heading: str, head: str) -> None:
    html = page(post(1, TEXT * 2 + "<h2>What comes next</h2>" + OTHER, heading) + post(2, OTHER, heading), head=head)
    found = extract(html, url)
    assert isinstance(found, NoArticle)
    assert found.reason == "a list that shows 2 articles of the site"


def test_a_list_of_one_is_none_either_unless_its_head_says_that_it_is_an_article() -> None:
    for url in LISTS:
        assert isinstance(extract(page(post(1, TEXT)), url), NoArticle)
        head = "<title>News</title><meta property='og:type' content='article'>"
        assert isinstance(extract(page(post(1, TEXT), head=head), url), Article)


@pytest.mark.parametrize(
    "html",
    [
        article(),
        page(
            f"<h1><a href=''>The river is clear</a></h1>{TEXT}<h2><a href='/2024/05/2/a-b.html'>The lake is too</a></h2>"
        ),
        page(f"<h1>The river is clear</h1>{TEXT}<aside>{post(1, OTHER)}{post(2, OTHER)}</aside>"),
        page(f"<nav><h2><a href='/world'>All of the world</a></h2></nav><h1>The river is clear</h1>{TEXT}"),
    ],
    ids=["plain", "its own address", "others aside", "a menu over it"],
)
@pytest.mark.parametrize("url", [HOME, *LISTS])
def test_an_article_is_one_wherever_it_stands(html: str, url: str) -> None:
    assert isinstance(extract(html, url), Article)


@pytest.mark.parametrize("url", LISTS)
def test_teasers_far_down_a_lists_page_are_a_list_still(url: str) -> None:
    links = "".join(f"<li><a href='/2024/05/{n}/a-b.html'>Story number {n} of the river</a></li>" for n in range(5))
    text = "".join(f"<p>{line}</p>" for line in PROSE[:4])
    html = page(f"<h1>All of them</h1>{text}<ul>{links}</ul><p>{PROSE[4]}</p>")
    found = extract(html, url)
    assert isinstance(found, NoArticle)
    assert found.reason == "a list of 5 teasers, as its address says"
    assert isinstance(extract(html, URL), Article)


def test_whole_articles_at_the_address_of_one_are_read() -> None:
    assert isinstance(extract(page(post(1, TEXT) + post(2, OTHER)), URL), Article)


@pytest.mark.parametrize(
    ("classes", "called"),
    [
        ("archive tag tag-rivers tag-7 logged-out", "archive"),
        ("archive tax-place term-7", "archive"),
        ("search search-results wp-theme", "search-results"),
        ("home blog wp-custom-logo", "home blog"),
        ("com_content view-category layout-blog", "view-category"),
        ("pg_forumdisplay", "pg_forumdisplay"),
    ],
)
def test_a_program_says_that_a_page_is_a_list(classes: str, called: str) -> None:
    found = extract(article().replace("<body>", f"<body class='{classes}'>"), URL)
    assert isinstance(found, NoArticle)
    assert found.reason == f"no article, as its program says: “{called}”"


@pytest.mark.parametrize(
    "classes", ["single single-post postid-7", "home page", "blog single archive", "article archive", ""]
)
def test_a_program_says_that_a_page_is_an_article(classes: str) -> None:
    assert isinstance(extract(article().replace("<body>", f"<body class='{classes}'>"), URL), Article)


@given(st.text(max_size=200))
def test_no_address_breaks_it(text: str) -> None:
    extract(article(), f"https://news.example/tag/{text}")
    is_home(text)
    is_list(text)


@pytest.mark.parametrize(
    "html",
    [
        "".join(f"<h2><a href='/a/{n}'>Story {n}</a></h2><p>{PROSE[n % 5]}</p>" for n in range(3_000)),
        "<div>" * 200 + "".join(f"<h2><a href='/a/{n}'>Story {n}</a></h2>" for n in range(3_000)) + TEXT * 3,
    ],
    ids=["flat", "deep"],
)
def test_a_hostile_page_costs_what_its_size_costs(html: str) -> None:
    started = time.process_time()
    extract(page(html), LISTS[0])
    assert time.process_time() - started < 4
