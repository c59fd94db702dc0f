"""A letter that a page sets before its first paragraph is the first of the text."""

from __future__ import annotations

import pytest

from crawler.core.model import Article
from crawler.extraction import extract
from tests.extraction.lines import LONG, TEXT

URL = "https://news.example/2024/07/26/clear.html"
REST = f"urning {LONG[0]}"  # as a T before it makes a word


def read(begun: str) -> Article:
    found = extract(f"<html><body><article><h1>The river</h1>{begun}{TEXT}</article></body></html>", URL)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    "begun",
    [
        f"<div><span>T</span><p>{REST}</p></div>",
        f"<div><div>T</div><p><b>{REST[:5]}</b>{REST[5:]}</p></div>",
        f"<div><div><span>T</span></div><div><p>{REST}</p></div></div>",
    ],
)
def test_an_initial_before_its_paragraph_is_of_it(begun: str) -> None:
    found = read(begun)
    assert found.text.splitlines()[:2] == [f"T{REST}", LONG[0]]
    assert f"T{REST}" in found.html.replace("<b>", "").replace("</b>", "")
    assert "<span>T</span>" not in found.html


def test_a_letter_that_is_a_word_keeps_its_space() -> None:
    found = read(f"<div><span>A</span><p> {REST}</p></div>")
    assert found.text.startswith(f"A {REST}")
    assert f"A {REST}" in found.html


@pytest.mark.parametrize(
    ("begun", "joined"),
    [
        (f"<div><span>X</span><p>{LONG[0]}</p></div>", f"X{LONG[0]}"),
        ("<div><span>X</span><p>click here to close this window</p></div>", "Xclick"),
        (f"<ul><li>T</li></ul><p>{REST}</p>", f"T{REST}"),
        (f"<div><span>TX</span><p>{REST}</p></div>", f"TX{REST}"),
        (f"<div><a href='/t'>T</a><p>{REST}</p></div>", f"T{REST}"),
    ],
    ids=["a paragraph that is whole", "a button and its label", "an item", "two letters", "a link"],
)
def test_what_is_no_initial_stands_alone(begun: str, joined: str) -> None:
    assert joined not in read(begun).text
