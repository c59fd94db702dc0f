"""A feed of other articles is told from an article that is a list."""

from __future__ import annotations

import pytest

from crawler.core.model import Article
from crawler.extraction import extract
from tests.extraction.pages import PROSE, URL, page

OTHERS = (
    "The council counted every lamp in the old harbour twice, and found that three of them had never been lit, wh",
    "A ferry that nobody had ordered lay at the quay on Sunday; its captain asked for the mayor, and then for a…",
    "Why the bell of the upper church rings at eleven instead of twelve is a story that three families tell in...",
    "The last weaver of the valley has sold her loom to a museum that does not know yet where it could be shown",
)
TEXT = "".join(f"<p>{one}</p>" for one in PROSE[:3])


def feed(*, site: str = "", under: str = "", ends: bool = False) -> str:
    cards = (
        f'<div class="card"><h3 class="headline"><a href="{site}/2024/05/0{n}/other-{n}.html">What happened on day {n}</a></h3>'
        f"<span>May {n}</span><p>{one.rstrip('.…')}{'.' if ends else ''}</p>{under}</div>"
        for n, one in enumerate(OTHERS, start=1)
    )
    return f'<div class="list">{"".join(cards)}</div>'


def text(body: str) -> str:
    found = extract(page(body), URL)
    assert isinstance(found, Article)
    return found.text


@pytest.mark.parametrize("place", ["above", "below"])
def test_a_feed_longer_than_the_article_is_none_of_it(place: str) -> None:
    parts = [f'<div class="x"><h1>The river is clear</h1>{TEXT}</div>', feed() * 2]
    found = text("".join(parts if place == "below" else reversed(parts)))
    assert found.splitlines() == list(PROSE[:3])


def test_a_heading_that_leads_to_another_site_stands_over_a_part_of_the_article() -> None:
    assert OTHERS[0] in text(f"<h1>Four rivers</h1>{TEXT}{feed(site='https://other.example')}")


def test_what_ends_where_its_sentence_does_may_be_the_article() -> None:
    assert f"{OTHERS[0]}." in text(f"<h1>Four rivers</h1>{TEXT}{feed(ends=True)}")


def test_parts_of_several_paragraphs_are_the_article_wherever_their_headings_lead() -> None:
    under = f"<p>{PROSE[3]}</p><p>{PROSE[4]}</p>"
    assert OTHERS[0] in text(f"<h1>Four rivers</h1>{TEXT}{feed(under=under)}")


def test_an_address_that_cannot_be_read_ends_no_reading() -> None:
    assert PROSE[0] in text(f"<h1>Four rivers</h1>{TEXT}{feed(site='http://[')}")
