"""A page that leads to articles is none: lists of teasers, indexes, home pages."""

from __future__ import annotations

import time

import pytest

from crawler.core.model import Article, NoArticle
from crawler.extraction import extract
from tests.extraction.pages import PROSE, URL, page

SECTION = "https://news.example/world"
HEADLINES = (
    *("The black river of ten years", "A fitter with a bucket in the morning", "Pupils draw a chart of the water"),
    *("Where the stalls let their water run", "A drain of their own, paid by all"),
)
CHINESE = (
    ("城西小河十年变清", "城西的小河黑了十年，住在河边的人家一直关着窗户，夏天也不敢打开。"),
    ("退休钳工每天捡垃圾", "一位退休的水厂钳工每天早上提着桶沿河走一遍，把漂着的东西捡出来。"),
    ("学生测量河水的颜色", "第二年学校也参加进来，学生们测量河水，把结果画成一条长长的彩图。"),
    ("菜市场后面的红色", "图上最红的一段在菜市场后面，摊主们把脏水直接排进了河里面去。"),
    ("摊主自己修了排水沟", "摊主们开了两次会，自己出钱修了一条排水沟，第三年春天有了鱼。"),
)
TEASERS = {
    "headings": "<div class=item><h2><a href='{url}'>{title}</a></h2><p>{text}</p></div>",
    "dated": "<div class=item><h3><a href='{url}'>{title}</a></h3><span>2024-05-06</span><p>{text}</p></div>",
    "cards": "<a class=card href='{url}'><h3>{title}</h3><p>{text}</p></a>",
    "pictures": "<div><a href='{url}'><img src='/a.jpg' width=600 height=400></a><h3><a href='{url}'>{title}</a></h3>"
    "<p>{text}</p></div>",
    "boxes": "<div class=item><div class=headline><a href='{url}'>{title}</a></div><p>{text}</p></div>",
    "broken lines": "<p><strong><a href='{url}'>{title}</a></strong><br>{text}</p>",
    "items": "<li><a href='{url}'>{text}</a></li>",
    "rows": "<tr><td><a href='{url}'>{title}</a></td><td>{text}</td><td>2024-05-06</td></tr>",
    "more below": "<div><h3>{title}</h3><p>{text}</p><a href='{url}'>Read more</a></div>",
    "more behind": "<div><p>{text} <a href='{url}'>[…]</a></p></div>",
}
AROUND = {"items": "<ul>{}</ul>", "rows": "<table>{}</table>"}


def listed(kind: str, said: list[tuple[str, str]], url: str = "/2024/05/{}/a-b-c.html") -> str:
    """The teasers of a list, one for each title and text."""
    made = (
        TEASERS[kind].format(url=url.format(number), title=title, text=text)
        for number, (title, text) in enumerate(said)
    )
    return AROUND.get(kind, "{}").format("".join(made))


@pytest.mark.parametrize("kind", TEASERS)
@pytest.mark.parametrize("said", [list(zip(HEADLINES, PROSE, strict=True)), list(CHINESE)], ids=["English", "Chinese"])
@pytest.mark.parametrize("before", ["", "<h1>World</h1>", "<h1>World</h1><p>All that is new in the world.</p>"])
def test_a_list_of_teasers_is_no_article(kind: str, said: list[tuple[str, str]], before: str) -> None:
    found = extract(page(before + listed(kind, said)), SECTION)
    assert isinstance(found, NoArticle)
    assert found.reason in {"a list of 4 teasers", "a list of 5 teasers"}


@pytest.mark.parametrize("kind", TEASERS)
def test_what_leads_to_other_sites_is_an_article_on_them(kind: str) -> None:
    said = list(zip(HEADLINES, PROSE, strict=True))
    links = listed(kind, said, "https://other.example/{}/a-b-c.html")
    assert isinstance(extract(page(f"<h1>What we read</h1>{links}"), URL), Article)


@pytest.mark.parametrize("kind", TEASERS)
def test_teasers_behind_a_text_are_no_list(kind: str) -> None:
    text = "".join(f"<p>{line.replace('river', 'lake')}</p>" for line in PROSE * 2)
    html = page(f"<h1>The lake is clear</h1>{text}{listed(kind, list(zip(HEADLINES, PROSE, strict=True)))}")
    assert isinstance(extract(html, URL), Article)


def test_an_index_of_many_short_lines_is_no_article() -> None:
    rows = "".join(
        f"<tr><td><a href='/f/{number}'>Board {number}</a></td><td>{number} threads</td><td>by user {number}</td></tr>"
        for number in range(20)
    )
    found = extract(page(f"<h1>Forum</h1><table>{rows}</table>"), "https://forum.example/boards")
    assert isinstance(found, NoArticle)
    assert found.reason == "a list of 20 links"


def test_a_home_page_is_no_article_unless_it_says_when_it_was_published() -> None:
    links = "".join(f"<li><a href='/thing/{number}'>Thing {number}</a></li>" for number in range(20))
    text = "".join(f"<p>{line}</p>" for line in PROSE)
    html = f"<nav><ul>{links}</ul></nav><h1>We make things</h1>{{}}{text}"
    found = extract(page(html.format("")), "https://things.example/")
    assert isinstance(found, NoArticle)
    assert found.reason == "a home page of 22 links"
    assert isinstance(
        extract(page(html.format("<time datetime='2024-05-06'></time>")), "https://things.example/"), Article
    )
    assert isinstance(extract(page(html.format("")), "https://things.example/about-them"), Article)


@pytest.mark.parametrize(
    "html",
    [
        "<div>"
        + "".join(f"<a href='/a/{n}'><p>A headline of some words {n}. {PROSE[0]}</p></a>" for n in range(4_000)),
        "<div>" + "".join(f"<div><a href='/a/{n}'>A headline of some words {n}</a>{PROSE[0]}" for n in range(200)),
        "<div>" + "".join(f"<a href='/a/{n}'>A headline of some words {n}</a> some text " for n in range(10_000)),
    ],
    ids=["cards", "nested", "in a row"],
)
def test_a_hostile_list_costs_what_its_size_costs(html: str) -> None:
    started = time.process_time()
    extract(page(html), SECTION)
    assert time.process_time() - started < 4
