"""What React streams behind a page is read where its script puts it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article
from crawler.extraction import extract
from tests.extraction.pages import PROSE, URL, article, page

LATE = (
    "The mayor came in the third summer, counted eleven kinds of fish, and went home with his shoes in his hand.",
    "Nobody has counted the herons yet, but the fitter says that they are more than the people who feed them.",
)
SCRIPT = '<script>$RC("B:{0}","S:{0}")</script>'


def boundary(number: str, meanwhile: str = "<div>Loading paragraph…</div>") -> str:
    return f'<!--$?--><template id="B:{number}"></template>{meanwhile}<!--/$-->'


def part(number: str, content: str) -> str:
    return f'<div hidden id="S:{number}">{content}</div>{SCRIPT.format(number)}'


def read(html: str, *parts: str) -> Article:
    found = extract(html.replace("</body>", "".join(parts) + "</body>"), URL)
    assert isinstance(found, Article)
    return found


def in_order(found: Article, *said: str) -> bool:
    places = [found.text.find(one) for one in said]
    return -1 not in places and places == sorted(places) and found.html.find(said[1]) > found.html.find(said[0])


def test_a_part_stands_where_its_boundary_is() -> None:
    found = read(article(boundary("0")), part("0", f"<p>{LATE[0]}</p>"))
    assert in_order(found, PROSE[1], LATE[0], PROSE[2])
    assert "Loading" not in found.text + found.html
    assert found.text.count(LATE[0]) == found.html.count(LATE[0]) == 1


def test_parts_stand_in_parts() -> None:
    inner = f'<p>{LATE[0]}</p><template id="P:1a"></template>'
    late = part("1a", f"<p>{LATE[1]}</p>"), part("0", inner)
    assert in_order(read(article(boundary("0")), *late), PROSE[1], LATE[0], LATE[1], PROSE[2])


def test_an_inner_boundary_ends_before_the_outer_one() -> None:
    meanwhile = f"<p>One moment, please.</p>{boundary('1', '<p>Another moment.</p>')}<p>The third moment is long.</p>"
    found = read(article(boundary("0", meanwhile)), part("0", f"<p>{LATE[0]}</p>"))
    assert "moment" not in found.text
    assert in_order(found, PROSE[1], LATE[0], PROSE[2])


def test_the_words_of_a_line_stay_in_it() -> None:
    found = read(
        page(f"<h1>Fish</h1><p>{PROSE[0]} {boundary('0', 'who?')} said so.</p>"), part("0", "<b>Ann</b> Ohara")
    )
    assert f"{PROSE[0]} Ann Ohara said so." in found.text


@pytest.mark.parametrize(
    "late",
    [
        "",
        f'<div hidden id="S:0">{boundary("0")}<p>{LATE[0]}</p></div>',
        f'<div hidden id="S:0">{boundary("1")}</div><div hidden id="S:1">{boundary("0")}</div>',
        f'<div hidden id="S:0"><div id="S:1"><p>{LATE[0]}</p>{boundary("1")}</div></div>',
        f'<div hidden id="S:0">{"<div>" * 230}<p>{LATE[0]}</p>{"</div>" * 230}</div>',
    ],
)
def test_what_does_not_fit_does_no_harm(late: str) -> None:
    found = read(article("<div>" * 20, boundary("0"), boundary("0"), "</div>" * 20), late)
    assert all(one in found.text for one in PROSE)


def test_a_boundary_without_an_end_keeps_what_follows() -> None:
    found = read(article('<template id="B:0"></template>'), part("0", f"<p>{LATE[0]}</p>"))
    assert in_order(found, PROSE[1], LATE[0], PROSE[2])


@given(
    st.lists(st.sampled_from(["B:0", "B:1", "P:0", "P:1", "S:0", "S:1", "/", "$", "x"]), max_size=30).map(
        lambda ids: "".join(
            {"/": "<!--/$--></div>", "$": "<!--$?-->", "x": "word"}.get(one)
            or (f'<div id="{one}">' if one[0] == "S" else f'<template id="{one}"></template>')
            for one in ids
        )
    )
)
def test_no_order_of_them_breaks_it(between: str) -> None:
    extract(article(between), URL)
