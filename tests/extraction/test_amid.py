"""Links that make a line of their own: amid the prose they are of the text, beside and behind it they seldom are."""

from __future__ import annotations

import time

import pytest

from crawler.core.model import Article
from crawler.extraction import extract
from tests.extraction.lines import LONG
from tests.extraction.pages import PROSE, URL, article, page

TOOLS = {"Bucketcount": "https://tools.example/bucketcount", "Riverwatch 2": "http://riverwatch.example"}
LIMIT = 8  # seconds of CPU on a busy machine; 2 on a quiet one
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


@pytest.mark.parametrize("target", ["/2024/05/07/harbour.html", "https://harbour.example/7"])
def test_a_list_of_links_amid_the_prose_is_of_the_text(target: str) -> None:
    items = "".join(f'<li><a href="{target}{n}">The harbour, part {n}</a></li>' for n in range(1, 7))
    found = read(page(f"<h1>The river is clear</h1><p>{LONG[0]}</p><ul>{items}</ul><p>{LONG[1]}</p><p>{LONG[2]}</p>"))
    assert found.text.splitlines() == [LONG[0], *(f"The harbour, part {n}" for n in range(1, 7)), *LONG[1:3]]


@pytest.mark.parametrize(
    "between",
    [
        f"<blockquote>{link('https://social.example/p/1', 'The harbour is next')}</blockquote>",
        link("https://shop.example/1", "The harbour is next") * 2,
        link("/2024/05/07/next.html", "The harbour is next") * 2,
        f"<div>{link('/2024/05/07/next.html', 'The harbour is next')}</div>",
        '<div><ul><li><a href="/2024/05/07/next.html">The harbour is next</a></li></ul></div>',
        f"<div>{link('http://[', 'The harbour is next')}</div>",
    ],
    ids=["quoted post", "said twice", "of the site, said twice", "in a box", "a list in a box", "no address"],
)
def test_other_links_of_their_own_go(between: str) -> None:
    assert "harbour" not in read(article(between)).text


@pytest.mark.parametrize("target", ["/2024/05/07/next.html", "https://www.news.example/2024/05/07/next.html"])
def test_what_the_site_offers_behind_the_text_goes(target: str) -> None:
    found = read(page(f"<h1>The river is clear</h1>{TEXT}{link(target, 'The harbour is next')}"))
    assert found.text.splitlines() == list(LONG)


def test_a_page_of_fifty_thousand_links_is_read_in_time() -> None:
    items = "".join(f'<li><a href="https://o{n}.example/">Tool {n}</a></li>' for n in range(50_000))
    begun = time.thread_time()
    extract(page(f"<h1>Tools</h1><p>{LONG[0]}</p><ul>{items}</ul><p>{LONG[1]}</p>"), URL)
    assert time.thread_time() - begun < LIMIT


STEPS = tuple(f"Take {n} buckets of the water and pour them into the long drain." for n in (2, 4, 7))


def steps(*texts: str) -> str:
    return "".join(
        f'<div class="step"><div class="number">{n}</div><div>{text}</div></div>' for n, text in enumerate(texts)
    )


def test_sentences_in_boxes_of_one_form_amid_the_prose_are_of_the_text() -> None:
    found = read(
        page(f"<h1>The river is clear</h1><p>{LONG[0]}</p>{steps(*STEPS)}<p>{LONG[1]}</p><p>{LONG[2]}</p>{TEXT}")
    )
    assert found.text.splitlines()[:5] == [LONG[0], *STEPS, LONG[1]]


@pytest.mark.parametrize(
    "boxes",
    [steps(*STEPS[:2]), steps(*[one.rstrip(".") for one in STEPS]), steps(STEPS[0], STEPS[0], STEPS[0])],
    ids=["two", "no sentences", "one again and again"],
)
def test_other_words_in_mere_boxes_amid_the_prose_are_none(boxes: str) -> None:
    found = read(page(f"<h1>The river is clear</h1><p>{LONG[0]}</p>{boxes}<p>{LONG[1]}</p>{TEXT}"))
    assert "buckets" not in found.text


def test_headings_as_high_as_the_title_are_of_the_text_in_a_box_with_prose() -> None:
    part = f"<h1>The second year</h1><p>{LONG[1]}</p><div><h1>More</h1></div><p>{LONG[2]}</p>"
    found = read(page(f"<h1>The river is clear</h1><p>{LONG[0]}</p>{part}"))
    assert found.text.splitlines() == [LONG[0], "The second year", *LONG[1:3]]
