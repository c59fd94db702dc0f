"""Of a picture that a page shows twice in one box, the larger one is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from crawler.core.model import Article
from crawler.extraction import extract
from crawler.extraction.body.pictures.doubles import drop_doubles
from tests.extraction.pages import URL, article


def kept(body: str) -> list[str]:
    page = document_fromstring(f"<html><body>{body}</body></html>")
    drop_doubles(page)
    return [image.get("src") for image in page.iter("img")]


SMALL, LARGE = "/max/60/the-bridge-in-june.png?q=20", "/max/1080/the-bridge-in-june.png"


@pytest.mark.parametrize(
    "box",
    [
        "<figure><div><img src='{0}'></div><div><img src='{1}'></div><figcaption>The bridge</figcaption></figure>",
        "<figure><span><img src='{1}'><img src='{0}'></span></figure>",
        "<p>Before</p><div><div><img src='{0}'></div> <div><img src='{1}'></div></div><p>After</p>",
    ],
)
def test_one_of_two_in_a_box_is_kept(box: str) -> None:
    assert kept(box.format(SMALL, LARGE)) == [LARGE]


def test_what_keeps_the_place_of_a_picture_is_none_and_a_script_between_two_is_no_word() -> None:
    small = (
        "<img src='data:image/svg+xml;charset=utf-8,%3Csvg%3E' alt=''><img src='data:image/webp;base64,UklGRj' alt=''>"
        f"<picture><source data-srcset='{SMALL} 60w'><img alt='The bridge'></picture>"
        f"<noscript><picture><img src='{SMALL}' alt='The bridge'></picture></noscript>"
        "<script type='module'>const t = 'loading' in HTMLImageElement.prototype</script>"
    )
    found = extract(article(f"<div><div>{small}</div><div><img src='{LARGE}' alt=''></div></div>"), URL)
    assert isinstance(found, Article)
    assert [(image.url, image.alt) for image in found.images] == [(f"https://news.example{LARGE}", "The bridge")]


@pytest.mark.parametrize(
    "box",
    [
        "<figure><img src='{0}'><figcaption>In June</figcaption></figure><figure><img src='{1}'></figure>",
        "<div><img src='{0}'><p>In June</p><img src='{1}'></div>",
        "<figure><img src='{0}'><img src='{1}'><img src='/another-bridge.png'></figure>",
        "<figure><img src='/1/image.jpg'><img src='/2/image.jpg'></figure>",
        "<figure><img src='/bridge-in-june-1.png'><img src='/bridge-in-june-2.png'></figure>",
    ],
)
def test_pictures_that_may_be_others_are_kept(box: str) -> None:
    shown = box.format(SMALL, LARGE)
    assert len(kept(shown)) == shown.count("<img")


def test_an_article_shows_it_once() -> None:
    figure = f"<figure><img src='{SMALL}'><img src='{LARGE}'><figcaption>The bridge</figcaption></figure>"
    found = extract(article(figure), URL)
    assert isinstance(found, Article)
    assert [(one.url, one.caption) for one in found.images] == [(f"https://news.example{LARGE}", "The bridge")]


@given(st.lists(st.sampled_from(["<div>", "</div>", "<figure>", "<img>", f"<img src='{SMALL}'>", "word"]), max_size=30))
def test_no_page_breaks_it(parts: list[str]) -> None:
    kept("".join(parts))
