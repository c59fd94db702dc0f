"""The lines of a page stand in the order in which readers meet them."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.about.lines import Lines
from tests.extraction.pages import tree

TEXTS = st.text("ab ", max_size=3)
PARTS = st.recursive(TEXTS, lambda inner: st.lists(inner, max_size=4).map(lambda held: f"<b>{''.join(held)}</b>"))


def test_a_text_behind_an_element_comes_behind_what_the_element_holds() -> None:
    page = tree("<html><body><p>one<b>two<i>three</i></b>four<u></u>five</p>six<script>x</script>seven</body></html>")
    assert [text for _, text in Lines(page)] == ["one", "two", "three", "four", "five", "six", "seven"]
    assert [owner.tag for owner, _ in Lines(page)] == ["p", "b", "i", "p", "p", "body", "body"]


@given(st.lists(PARTS, max_size=6))
def test_the_order_is_that_of_the_texts(parts: list[str]) -> None:
    page = tree(f"<html><body><div>{''.join(parts)}</div></body></html>")
    assert [text for _, text in Lines(page)] == [text for text in page.itertext() if not text.isspace()]


def test_a_hostile_page_costs_what_its_size_costs() -> None:
    page = tree(f"<html><body>{'<div>' * 240}{'<b></b>x' * 60_000}{'</div>x' * 240}</body></html>")
    start = time.process_time()
    assert len(list(Lines(page))) == 60_000 + 240
    assert time.process_time() - start < 2
