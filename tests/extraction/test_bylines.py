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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("作者：余毅菁 向雪妮", ("余毅菁", "向雪妮")),
        ("采写：南都见习记者 林子沛", ("林子沛",)),
        ("新华社北京4月24日电（记者宋晨、田中全）", ("宋晨", "田中全")),
        ("执笔/叨叨姐、胡一刀&李小飞刀", ("叨叨姐", "胡一刀", "李小飞刀")),
        ("长江网10月4日讯（记者陈智 整合）", ("陈智",)),
        ("（责编：牛镛、岳弘彬）", ()),
        ("作者：https://example.cn", ()),
    ],
)
def test_chinese_texts_name_their_authors(text: str, names: tuple[str, ...]) -> None:
    assert read(f"<p>{text}</p>") == names
