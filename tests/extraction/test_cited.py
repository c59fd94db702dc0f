"""What a text names stays, though it is a paragraph of one link; what its site offers goes."""

from __future__ import annotations

import pytest

from crawler.core.model import Article
from crawler.extraction import extract
from tests.extraction.lines import LONG
from tests.extraction.pages import PROSE, URL, article, page

TOOLS = {"Bucketcount": "https://tools.example/bucketcount", "Riverwatch 2": "http://riverwatch.example"}
TEXT = "".join(f"<p>{one}</p>" for one in LONG)


def link(target: str, text: str) -> str:
    return f'<p><a href="{target}">{text}</a></p>'


def read(html: str) -> Article:
    found = extract(html, URL)
    assert isinstance(found, Article)
    return found


def test_the_tools_that_a_text_is_a_list_of_stand_in_its_text_and_its_body() -> None:
    found = read(article(*(link(target, name) + f"<p>{PROSE[0]} {name}.</p>" for name, target in TOOLS.items())))
    for name, target in TOOLS.items():
        assert name in found.text.splitlines()
        assert target in found.html


def test_the_article_that_a_text_translates_stands_behind_it() -> None:
    found = read(
        page(f"<h1>The river is clear</h1>{TEXT}{link('https://www.other.example/river', 'Der Fluss ist klar')}")
    )
    assert found.text.splitlines() == [*LONG, "Der Fluss ist klar"]
    assert 'href="https://www.other.example/river"' in found.html


def test_a_link_behind_the_text_and_outside_of_its_box_is_none_of_it() -> None:
    other = link("https://www.other.example/river", "Der Fluss ist klar")
    found = read(page(f"<h1>The river is clear</h1><div>{TEXT}</div><div>{other}</div>"))
    assert found.text.splitlines() == list(LONG)


@pytest.mark.parametrize(
    "between",
    [
        link("/2024/05/07/next.html", "The harbour is next"),
        link("https://www.news.example/2024/05/07/next.html", "The harbour is next"),
        f"<blockquote>{link('https://social.example/p/1', 'The harbour is next')}</blockquote>",
        link("https://shop.example/1", "The harbour is next") * 2,
        link("http://[", "The harbour is next"),
    ],
    ids=["own page", "own host", "quoted post", "said twice", "no address"],
)
def test_other_links_of_their_own_go(between: str) -> None:
    assert "harbour" not in read(article(between)).text
