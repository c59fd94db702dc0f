"""Where nobody signs, who stands beside the date under the headline wrote the article."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.about.lines import Lines
from crawler.extraction.about.writers.beside_date import beside_date
from tests.extraction.pages import tree

PROSE = "<p>" + "The small river west of the town ran black for ten years. " * 5 + "</p>"
PORTRAIT = "<img src='/ann.jpg' alt=\"Ann O'Hara\">"


def read(under: str, title: str = "The river is clear") -> tuple[str, ...]:
    page = tree(f"<html><body><h1>{title}</h1>{under}{PROSE}</body></html>")
    return beside_date(Lines(page), title)


@pytest.mark.parametrize(
    "under",
    [
        "<p>26.07.2024 - Ann O'Hara</p>",
        "<p>Ann O'Hara, 26 July 2024</p>",
        "<p>July 26, 2024 | Ann O'Hara</p>",
        "<p>July 26, 2024 | Ann O'Hara | Rivers</p>",
        "<div><span>July 26, 2024</span> · <span>Ann O'Hara</span></div>",
        f"<div>{PORTRAIT}<p>Ann O'Hara</p><time>July 26, 2024</time></div>",
        f"<ul><li>July 26, 2024</li><li>Ann O'Hara</li></ul>{PORTRAIT}",
        "<ul><li><i class='bi bi-person'></i> Ann O'Hara</li></ul>",
        "<div><img class='avatar'> Ann O'Hara in <a href='/c'>Rivers</a></div>",
        "<p>Dec 26, 2025 <span>-</span> <img class='avatar'> Ann O'Hara in <a href='/c'>Water Works</a></p>",
        "<div><img alt=\"Portrait of Ann O'Hara\"><p>Ann O'Hara</p><time>July 26, 2024</time></div>",
        f"{PROSE}<div>{PORTRAIT}<p>Ann O'Hara</p><time>July 26, 2024</time></div>",
        f"{PROSE.replace('p>', 'h4>')}<div><span>Ann O'Hara |</span> <span>26.07.2024</span></div>",
    ],
)
def test_a_name_beside_the_date_is_the_authors(under: str) -> None:
    assert read(under) == ("Ann O'Hara",)


def test_the_headline_is_the_h1_though_another_heading_over_the_menu_says_it() -> None:
    over = "<h3>The river is clear</h3>" + "".join(f"<a href='/{n}'>Rivers {n}</a> " for n in range(30))
    page = tree(f"<html><body>{over}<h1>The river is clear</h1><p>Ann O'Hara | 26.07.2024</p>{PROSE}</body></html>")
    assert beside_date(Lines(page), "The river is clear") == ("Ann O'Hara",)


BIOGRAPHY = "<p>Ann O'Hara is a travel writer from the town.</p>"


def test_a_name_under_the_headline_is_the_authors_where_a_biography_says_so() -> None:
    assert read(f"<p>Ann O'Hara</p>{PROSE}{BIOGRAPHY}") == ("Ann O'Hara",)
    assert read(f"<p>Ann O'Hara</p>{PROSE}{BIOGRAPHY.replace('travel writer', 'swimmer')}") == ()
    assert read(f"<p>Ann O'Hara</p>{PROSE}{BIOGRAPHY}", title="Ann O'Hara swims again") == ()


def test_a_team_beside_the_date_signs() -> None:
    assert read("<p>Clear River Team</p><p>July 26, 2024</p>") == ("Clear River Team",)
    assert read("<p>Clear River Team</p><p>for ten years</p>") == ()


def test_a_headline_needs_no_heading() -> None:
    page = tree("<html><body><p>The river is clear</p><p>26.07.2024 - Ann O'Hara</p></body></html>")
    assert beside_date(Lines(page), "The river is clear") == ("Ann O'Hara",)


def test_an_account_with_its_picture_before_the_date_is_the_authors() -> None:
    account = "<a href='/u/9'>ann99</a> 26.07.2024, 10:00"
    assert read(f"<p><img class='avatar'>{account}</p>") == ("ann99",)
    assert read(f"<p>{account}</p>") == ()
    assert read("<p><img class='avatar'><a href='/u/9'>ann99</a> for the river</p>") == ()


@pytest.mark.parametrize(
    "under",
    [
        "<p>Water Works</p><p>July 26, 2024</p>",
        "<p>26.07.2024 - 10:00</p>",
        "<p>وزارة العمل, 26.07.2024</p>",
        "<p>Ann O'Hara</p><p>July 26, 2024</p><img alt=\"Ann O'Hara at the river\">",
        "<p>Berlin, 26.07.2024</p>",
        "<ul><li><span>July 26, 2024</span> · <span>Green River</span></li><li><span>July 27, 2024</span> · <span>Old Mill</span></li></ul>",
        "<p>Ann O'Hara</p>",
        "<ul><li><i class='icon-folder'></i> Water Works</li></ul>",
        f"{PROSE}<p>26.07.2024 - Ann O'Hara</p>",
        f"{PROSE}{PROSE}<div>{PORTRAIT}<p>Ann O'Hara</p><p>July 26, 2024</p></div>",
    ],
)
def test_a_section_a_place_and_a_name_in_the_text_are_not(under: str) -> None:
    assert read(under) == ()


def test_who_comments_under_a_short_text_is_not() -> None:
    comment = (
        f"<li class='comment'><div>{PORTRAIT}</div><time>July 27, 2024</time><p>Ann O'Hara</p><p>I saw it.</p></li>"
    )
    short = "<p>The small river west of the town ran black for ten years, and nobody went near it.</p>"
    page = tree(f"<html><body><h1>The river is clear</h1>{short}<ol>{comment}</ol></body></html>")
    assert beside_date(Lines(page), "The river is clear") == ()


@given(st.text(alphabet=st.sampled_from("Ann O'Hara,-|26.07.2024 <p>"), max_size=80))
def test_no_line_breaks_it(text: str) -> None:
    read(f"<p>{text}</p>")


def test_a_hostile_page_costs_what_its_size_costs() -> None:
    start = time.process_time()
    read("<p>2024 - , | , - 2024</p>" * 40_000 + "<img alt='x'>" * 40_000)
    read("<div>Ann O'Hara" + f"<i></i>{' x' * 400_000}" * 8 + "</div>" + "<p>Ann O'Hara</p>" * 20 + PROSE)
    assert time.process_time() - start < 4
