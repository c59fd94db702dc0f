"""A caption stands in the figure of its picture, as HTML wants it; what belongs to none is a paragraph."""

from __future__ import annotations

import pytest

from crawler.core.model import Article
from crawler.extraction import extract
from tests.extraction.pages import URL, article

IMAGE = '<img src="/media/bridge.jpg" alt="">'
SHOWN = '<img src="https://news.example/media/bridge.jpg" alt="">'
CAPTION = "<figcaption>A bridge at dawn</figcaption>"
FIGURE = f"<figure>{SHOWN}{CAPTION}</figure>"


def read(markup: str) -> Article:
    found = extract(article(markup), URL)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("markup", "figure"),
    [
        (f"<div>{IMAGE}{CAPTION}</div>", f"<div>{FIGURE}</div>"),
        (f"<div><figure>{IMAGE}</figure> {CAPTION} </div>", f"<div>{FIGURE} </div>"),
        (f"<div><div>{IMAGE}</div>{CAPTION}</div>", f"<div><figure><div>{SHOWN}</div>{CAPTION}</figure></div>"),
        (f"<div>{IMAGE}{CAPTION}{CAPTION}</div>", f"<div>{FIGURE}</div>"),
    ],
    ids=["an image", "a figure", "a box", "twice"],
)
def test_a_caption_behind_a_picture_is_in_its_figure(markup: str, figure: str) -> None:
    found = read(markup)
    assert figure in found.html
    assert [image.caption for image in found.images] == ["A bridge at dawn"]


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        (f"<div>{CAPTION}<table><tr><td>1</td></tr></table></div>", "<div><p>A bridge at dawn</p><table>"),
        ("<div><figcaption><p>Two</p><p>lines</p></figcaption></div>", "<div><div><p>Two</p><p>lines</p></div></div>"),
        (f"<div>{FIGURE}<figcaption>At night</figcaption></div>", f"<div>{FIGURE}<p>At night</p></div>"),
    ],
    ids=["a table's", "of several lines", "a second one"],
)
def test_a_caption_of_no_picture_is_a_paragraph(markup: str, kept: str) -> None:
    assert kept in read(markup).html


def test_a_figure_stays_as_it_is() -> None:
    deep = f"<figure><div>{SHOWN}<div>{CAPTION}</div></div></figure>"
    assert deep in read(deep).html


def test_as_much_as_an_article_is_no_caption() -> None:
    found = read(f"<div>{IMAGE}<figcaption>{'<p>The bridge is older than the town.</p>' * 20}</figcaption></div>")
    assert "figure" not in found.html
    assert "figcaption" not in found.html


def test_two_spans_side_by_side_are_not_glued_together() -> None:
    found = read(
        "<figure><img src='/river.jpg'><figcaption><span>The river</span><span>Ann O</span></figcaption></figure>"
    )
    assert "<span>The river</span> <span>Ann O</span>" in found.html
    found = read("<figure><img src='/river.jpg'><figcaption>A<span>nn</span><b>O</b></figcaption></figure>")
    assert "A<span>nn</span><b>O</b>" in found.html
