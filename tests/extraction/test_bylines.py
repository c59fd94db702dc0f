"""A byline is found by what the page calls it, and only the first one counts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.about.lines import Lines
from crawler.extraction.about.writers.bylines import bylines
from tests.extraction.pages import tree


def read(body: str, title: str = "The river is clear", own: str = "") -> tuple[str, ...]:
    page = tree(f"<html><body><div><h1>{title}</h1>{body}</div></body></html>")
    return bylines(Lines(page), title, own.__eq__)


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
        "<div class='byline'><span>By</span><b>Ann O'Hara</b><i>Tech Reporter</i></div>",
        "<div class='author'><a href='/ann'>Ann O'Hara</a><span>Follow</span></div>",
    ],
)
def test_a_byline_is_found(byline: str) -> None:
    assert read(f"<p class='comment-author'>A reader</p>{byline}<p class='author'>Of another article</p>") == (
        "Ann O'Hara",
    )


@pytest.mark.parametrize("called", ["auteur", "yazar", "szerzo", "penulis", "forfatter-navn", "firma", "tac-gia"])
def test_a_byline_is_found_in_what_other_languages_call_theirs(called: str) -> None:
    assert read(f"<div class='{called}'>Ann O'Hara</div>") == ("Ann O'Hara",)


@pytest.mark.parametrize(
    "card",
    [
        "<a href='/mill'><h4>The mill</h4><span class='author'>Bo Li</span></a>",
        "<a href='/mill'><div class='title'>The mill</div><div class='author'>Bo Li</div></a>",
        "<p>Rating: <a href='https://ratings.example.org/profile/1'>Bo Li</a></p>",
        "<a href='/settings/profile/'>Bo Li</a>",
    ],
)
def test_a_card_of_another_article_and_a_profile_elsewhere_are_no_byline(card: str) -> None:
    assert read(card) == ()
    assert read(f"{card}<p class='author'>Ann O'Hara</p>") == ("Ann O'Hara",)


def test_a_byline_may_lead_to_who_wrote() -> None:
    assert read("<a href='/author/ann'><b class='author'>Ann O'Hara</b><i class='title'>Editor</i></a>") == (
        "Ann O'Hara",
    )


def test_a_books_author_is_none_of_the_article() -> None:
    book = "<p>Title: The mill</p><p>Author: Bo Li</p><p>{}</p>"
    assert read(book.format("Pages: 300")) == ()
    assert read(book.format("ISBN 978-3-00-000000-0")) == ()
    assert read(book.format("The river is clear.")) == ("Bo Li",)


def test_microdata_without_a_text_counts_where_nothing_else_does() -> None:
    stated = "<span itemprop='author' itemscope><link itemprop='url' href='/ann'><meta itemprop='name' content=\"Ann\"></span>"
    assert read(stated) == ("Ann",)
    assert read(stated + "<div class='author'>Bo Li</div>") == ("Bo Li",)


@pytest.mark.parametrize("joint", [", ", "、", " and ", " & "])
def test_bylines_side_by_side_are_of_one_article(joint: str) -> None:
    one, other = "<a class='author-name'>Ann O'Hara</a>", "<a class='author-name'>Bo Li</a>"
    assert read(f"<div>{one}{joint}{other}</div>") == ("Ann O'Hara", "Bo Li")
    assert read(f"<div>{one}<p>for this article</p>{other}</div>") == ("Ann O'Hara",)


@pytest.mark.parametrize(
    "line",
    [
        "<p class='author'>20 December 2025</p>",
        "<p class='byline'>Photograph by Ann O'Hara</p>",
        f"<div class='author'>{'Ann has written for us since she left school. ' * 3}</div>",
        "<p class='comment-author'>A reader</p>",
        "<div class='comments'><ul><li><span class='author-name'>A Reader</span></li></ul></div>",
        "<a href='/x'>Ann O'Hara</a>",
        "<footer><ul><li class='theme-author'>Ann O'Hara</li></ul></footer>",
        "<div class='pull-quote'>The river is clear.<p><span class='author'>Ann O'Hara</span></p></div>",
    ],
)
def test_dates_pictures_biographies_and_readers_are_no_byline(line: str) -> None:
    assert read(line) == ()


@pytest.mark.parametrize(
    "text",
    ["我已授权", "忘记密码？", "关注", "微信号 river 功能介绍", "当前位置 : 小河网 > 新闻", "作者：佚名"],
)
def test_buttons_of_chinese_pages_are_no_names(text: str) -> None:
    assert read(f"<span class='author-name'>{text}</span>", "一条小河是怎样变清的") == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("作者：余毅菁 向雪妮", ("余毅菁", "向雪妮")),
        ("采写：南都见习记者 林子沛", ("林子沛",)),
        ("新华社北京4月24日电（记者宋晨、田中全）", ("宋晨", "田中全")),
        ("执笔/叨叨姐、胡一刀&李小飞刀", ("叨叨姐", "胡一刀", "李小飞刀")),
        ("长江网10月4日讯（记者陈智 整合）", ("陈智",)),
        ("来源：小河新闻网  作者：小河新闻客户端、青禾", ("小河新闻客户端", "青禾")),
        ("记者：青禾、小满", ("青禾", "小满")),
        ("（记者青禾摄）", ()),
        ("（责编：牛镛、岳弘彬）", ()),
        ("作者：https://example.cn", ()),
    ],
)
def test_chinese_texts_name_their_authors(text: str, names: tuple[str, ...]) -> None:
    assert read(f"<p>{text}</p>", "一条小河是怎样变清的") == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann O'Hara", ("Ann O'Hara",)),
        ("By <b>Ann O'Hara</b> and <b>Bo Li</b> | 26 July 2024", ("Ann O'Hara", "Bo Li")),
        ("<span>By</span><span>Ann O'Hara</span><span>Reporter</span>", ("Ann O'Hara",)),
        ("Written by: <span>Ann O'Hara</span>", ("Ann O'Hara",)),
        ("von Ann O'Hara am 26. Juli 2024", ("Ann O'Hara",)),
        ("Ein Gastbeitrag von Ann O'Hara", ("Ann O'Hara",)),
        ("Por Ana María del Río", ("Ana María del Río",)),
        ("Posted by ann99 on July 26", ("ann99",)),
        ("By Ann O'Hara Lv.3", ("Ann O'Hara",)),
        ("Autor: Jana Nováková", ("Jana Nováková",)),
        ("Автор: Анна Иванова", ("Анна Иванова",)),
        ("<i>| By</i> <span>Ann O'Hara</span> |", ("Ann O'Hara",)),
        ("Article written by: <h3>Ann O'Hara</h3>", ("Ann O'Hara",)),
        ("Text: Ann O'Hara", ("Ann O'Hara",)),
        ("Tekst: Ann O'Hara", ("Ann O'Hara",)),
        ("Penulis: Budi Santoso", ("Budi Santoso",)),
        ("Oleh Budi Santoso", ("Budi Santoso",)),
        ("Írta: Kovács János", ("Kovács János",)),
        ("Yazan: Ayşe Yılmaz", ("Ayşe Yılmaz",)),
        ("كتب: محمد علي", ("محمد علي",)),
        ("取材・文／山田太郎", ("山田太郎",)),
        ("文・山田太郎", ("山田太郎",)),
        ("by ann99 on July 26, 2024", ("ann99",)),
        ("von ann99 am 26. Juli 2024", ("ann99",)),
        ("By Ann C. O'Hara", ("Ann C. O'Hara",)),
        ("<a>Rivers</a> — ann99 @ 10:30", ("ann99",)),
        ("The river — ann99 @ home", ()),
        ("<ul><li><b>Date</b> 26.07.2024</li><li><b>Autorin/Autor</b> Ann O'Hara</li></ul>", ("Ann O'Hara",)),
        ("<b>Contributors:</b> Ann O'Hara", ("Ann O'Hara",)),
        ("Autoren Ann O'Hara und Bo Li", ("Ann O'Hara", "Bo Li")),
        ("Researched by Ann O'Hara", ("Ann O'Hara",)),
        ("Blogbeitrag von Ann O'Hara", ("Ann O'Hara",)),
        ("Text von Ann O'Hara Illustration von Bo Li", ("Ann O'Hara",)),
        ("<byline>Von Ann O'Hara, dpa</byline>", ("Ann O'Hara",)),
        ("<div>By</div><div>The Rivers Team</div><div>|</div><div>6</div><div>mins</div>", ("The Rivers Team",)),
        ("<h6>Author(s)</h6><ul><li>Ann T. O'Hara</li><li>Bo Li</li></ul>", ("Ann T. O'Hara", "Bo Li")),
        ("<span>von</span> <a href='/user/ann99'>Ann99</a><br> am 26.07.2024", ("Ann99",)),
        ("<nav><a>Authors</a><a>Latest News</a></nav>", ()),
        (f"<h3>Author</h3><p>Ann O'Hara</p><p>{'Bo Li walks. ' * 9}</p>", ()),
        ("<b>Ann O'Hara</b>, <i>author</i><br><b>Bo Li</b>", ()),
        ("Authors are many", ()),
        ("by water on Monday", ()),
        ("By the river, on a cold morning", ()),
        ("By 2030 the water will be clean", ()),
        ("Por favor", ()),
        (f"By{' ' * 120}Ann O'Hara", ("Ann O'Hara",)),
    ],
)
def test_a_signature_under_the_headline_is_a_byline(line: str, names: tuple[str, ...]) -> None:
    assert read(f"<div>{line}</div><p>The river ran black for ten years.</p>") == names


def test_a_signature_tells_more_than_a_byline_that_names_the_site() -> None:
    byline, signature = "<p class='author-name'>Rivers</p>", "<p>Posted by Ann O'Hara and Bo Li - River team</p>"
    assert read(byline + signature, own="Rivers") == ("Ann O'Hara", "Bo Li")
    assert read(byline, own="Rivers") == ("Rivers",)
    assert read(byline + signature) == ("Rivers",)


def test_what_readers_sign_is_not_the_articles() -> None:
    assert read("<ul class='comments'><li>Posted by Ann O'Hara</li></ul>") == ()


def test_a_bare_by_far_under_the_text_is_of_another_article() -> None:
    text = "<p>" + "The small river west of the town ran black for ten years. " * 5 + "</p>"
    assert read(text * 4 + "<div>By Ann O'Hara</div>") == ()
    assert read(text * 4 + "<div>Written by Ann O'Hara</div>") == ("Ann O'Hara",)


@given(st.text(alphabet=st.sampled_from("By Ann|,&and作者：记者（）青禾<>div-é"), max_size=120))
def test_no_line_breaks_it(line: str) -> None:
    read(f"<p>{line}</p>")
    read(f"<p class='byline author-name'>{line}</p>", "一条小河")


@pytest.mark.parametrize(
    "body",
    [
        "<p>By Ann</p>" * 60_000,
        "<div class='author'>" * 200 + "<i></i>Ann " * 60_000,
        "<a rel='author'>" + "Ann, " * 200_000 + "</a>",
        "<p>Written by</p>" + "<b></b>" * 200_000,
        "<p>（记者</p>" * 60_000,
    ],
)
def test_a_hostile_page_costs_what_its_size_costs(body: str) -> None:
    start = time.process_time()
    read(body, "一条小河")
    assert time.process_time() - start < 4
