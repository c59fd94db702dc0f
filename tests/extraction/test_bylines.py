"""A byline is found by what the page calls it, and only the first one counts."""

from __future__ import annotations

import pytest

from crawler.extraction.bylines import bylines
from crawler.extraction.tree import parsed


def read(body: str) -> tuple[str, ...]:
    page = parsed(f"<html><body><div>{body}</div></body></html>")
    assert not isinstance(page, str)
    return bylines(page)


@pytest.mark.parametrize(
    "byline",
    [
        "<span class='byline__name'>Ann O'Hara</span>",
        "<span itemprop='author'>Ann O'Hara</span>",
        "<a rel='author' href='/x'>Ann O'Hara</a>",
        "<a href='/author/ann'>Ann O'Hara</a>",
        "<p class='byline'>By Ann O'Hara</p>",
        "<div id='author'>Written by Ann O'Hara</div>",
        "<div class='post-author'>This post was written by Ann O'Hara</div>",
    ],
)
def test_a_byline_is_found(byline: str) -> None:
    assert read(f"<p class='comment-author'>A reader</p>{byline}<p class='author'>Of another article</p>") == (
        "Ann O'Hara",
    )


@pytest.mark.parametrize(
    "line",
    [
        "<p class='author'>20 December 2025</p>",
        "<p class='byline'>Photograph by Ann O'Hara</p>",
        f"<div class='author'>{'Ann has written for us since she left school. ' * 3}</div>",
        "<p class='comment-author'>A reader</p>",
        "<a href='/x'>Ann O'Hara</a>",
    ],
)
def test_dates_pictures_biographies_and_readers_are_no_byline(line: str) -> None:
    assert read(line) == ()
