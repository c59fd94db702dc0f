"""Where no byline names anybody, whom the page tells its readers about wrote the article."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article
from crawler.extraction import extract
from crawler.extraction.about.lines import Lines
from crawler.extraction.about.writers.biography import biography
from tests.extraction.pages import URL, article, tree


def read(body: str) -> tuple[str, ...]:
    return biography(Lines(tree(f"<html><body><p>The river ran black for ten years.</p>{body}</body></html>")))


@pytest.mark.parametrize(
    "body",
    [
        "<h3>About the author</h3><p>Ann O'Hara</p>",
        "<h3>About the Author:</h3><img src='/ann.jpg'><p>Ann O'Hara is a teacher from the town.</p>",
        "<p>About the author: Ann O'Hara writes about rivers.</p>",
        "<h4>Über die Autorin</h4><p>Ann O'Hara schreibt über Flüsse.</p>",
        "<b>Sobre el autor</b><p>Ann O'Hara vive en el campo.</p>",
        "<figcaption>Guest author Ann O'Hara</figcaption>",
        "<h3>Author Bio</h3><p>Hi, I'm Ann O'Hara and I love rivers.</p>",
        "<ul><li>Author Bio</li></ul><p>Ten years ago.</p><p>It ran.</p><p>Black.</p><h3>Author Bio</h3><p>Ann O'Hara</p>",
    ],
)
def test_who_is_told_about_under_such_a_label_is_the_author(body: str) -> None:
    assert read(body) == ("Ann O'Hara",)


@pytest.mark.parametrize(
    "body",
    [
        "<h3>About the author</h3><p>The river is our home.</p>",
        "<h3>About the authority</h3><p>Ann O'Hara</p>",
        "<h3>About us</h3><p>Ann O'Hara</p>",
        "<p>Nobody knows more about the author</p><p>Ann O'Hara</p>",
        "<h3>About the author</h3><p>One.</p><p>Two.</p><p>Three.</p><p>Ann O'Hara</p>",
    ],
)
def test_who_stands_elsewhere_is_not(body: str) -> None:
    assert read(body) == ()


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("", ("Ann O'Hara",)),
        ("<meta name='author' content='news.example'>", ("Ann O'Hara",)),
        ("<meta name='author' content='Bo Li'>", ("Bo Li",)),
    ],
)
def test_it_counts_where_nobody_but_the_site_is_named(byline: str, authors: tuple[str, ...]) -> None:
    found = extract(article("<h3>About the author</h3><p>Ann O'Hara</p>", head=byline), URL)
    assert isinstance(found, Article)
    assert found.authors == authors


@given(st.text(alphabet=st.sampled_from("About the author: Ann O'Hara is <p>"), max_size=80))
def test_no_line_breaks_it(text: str) -> None:
    read(f"<h3>About the author</h3><p>{text}</p>")


def test_a_hostile_page_costs_what_its_size_costs() -> None:
    for body in ("<p>About the author</p>" * 50_000, f"<p>{'hi ' * 500_000}</p>", f"<p>{'-' * 500_000}</p>"):
        start = time.process_time()
        read(body)
        assert time.process_time() - start < 2
