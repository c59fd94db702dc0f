"""A name at the right margin is whoever signs, where it is the only one there."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.about.lines import Lines
from crawler.extraction.about.writers.aligned import aligned
from tests.extraction.pages import tree

PROSE = "<p>The river has run through the town for three hundred years, and nobody ever thought that it might stop.</p>"


def read(body: str) -> tuple[str, ...]:
    return aligned(Lines(tree(f"<html><body><h1>The river</h1>{PROSE}{body}</body></html>")), "The river")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("<p style='text-align:right'>王小明</p>", "王小明"),
        ("<p style='TEXT-ALIGN: right'><strong>Nguyễn Văn An</strong></p>", "Nguyễn Văn An"),
        ("<p align='right'><b><i>Ann O'Hara</i></b></p>", "Ann O'Hara"),
        ("<div class='has-text-align-right'>Ann O'Hara</div>", "Ann O'Hara"),
        ("<p class='has-text-align-right'><em>By Ann O'Hara</em></p>", "Ann O'Hara"),
    ],
)
def test_a_name_at_the_right_margin_signs(line: str, name: str) -> None:
    assert read(line) == (name,)


@pytest.mark.parametrize(
    "lines",
    [
        "<p style='text-align:right'>Ann O'Hara</p>" + PROSE + "<p style='text-align:right'>Bo Li</p>",
        "<blockquote><p style='text-align:right'>Ann O'Hara</p></blockquote>",
        "<table><tr><td align='right'>Ann O'Hara</td></tr></table>",
        "<div class='comments'><p align='right'>Ann O'Hara</p></div>",
        "<p align='right'>小河日报</p>",
        "<p align='right'>Read more</p>",
        "<p>Ann O'Hara</p>",
        "<p align='right'>The River</p>",
        "<p>Menu</p><p align='right'>Map Data</p><p>Terms</p>",
    ],
)
def test_what_else_stands_there_does_not(lines: str) -> None:
    assert read(lines) == ()


@given(st.text(max_size=60))
def test_no_line_breaks_it(text: str) -> None:
    read(f"<p align='right'>{text}</p>")


def test_a_hostile_page_costs_what_its_size_costs() -> None:
    start = time.process_time()
    read("<p align='right'>Ann O'Hara</p>" * 60_000 + "<div>" * 200 + "<p style='text-align:right'>x</p>" * 10_000)
    assert time.process_time() - start < 4
