"""What follows a text and is of others goes; so does what stands there again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.body.text import endings
from tests.extraction.lines import LONG, TEXT, chosen
from tests.extraction.pages import PROSE

SHORT = tuple(one[:90] + "." for one in PROSE[:3])
LETTERS = st.characters(
    exclude_categories=["Cs"], exclude_characters="\u0130\u0131\u017f\u212a"
)  # old forms of i, s, k
CARDS = "".join(f"<div><h4>A story of day {n}</h4><p>{one}</p></div>" for n, one in enumerate(SHORT))


@pytest.mark.parametrize(
    "heading",
    ["<h3>Read This Next</h3>", "<p>More from the river desk:</p>", "<h2>相关阅读</h2>"]
    + ["<h3>About the author</h3>", "<p>About the Author:</p>", "<h2>Author Bio</h2>", "<h4>Über die Autorin</h4>"]
    + [f"<h4>{one}</h4>" for one in ("你可能会喜欢", "為您推薦", "热门新闻排行榜", "延伸閱讀", "猜你喜欢")],
)
def test_a_section_that_says_others_follow_ends_the_text(heading: str) -> None:
    assert chosen(f"<article>{TEXT}{heading}{CARDS}</article>") == list(LONG)


TEASED = "".join(f"<article><p>{one} Elsewhere.</p></article>" for one in LONG)


@pytest.mark.parametrize(
    "label",
    ["<h3>You may also like</h3>", "<div><span>Você pode gostar...</span></div>"]
    + [
        f"<h4><i></i> {one}</h4>"
        for one in ("También te puede interesar", "Potrebbe interessarti", "Vous aimerez aussi")
    ],
)
def test_a_box_that_begins_so_is_no_text_however_much_it_says(label: str) -> None:
    opening = f"<p>{LONG[0]}</p><p>{LONG[1]}</p>"
    for box in ("<div class='x1'>{}</div>", "<article>{}</article>"):
        others = box.format(label + TEASED)
        assert chosen(f"<div><article>{opening}</article>{others}</div>") == list(LONG[:2])
        assert chosen(f"<div>{opening}{others}<p>{LONG[2]}</p></div>") == list(LONG[:3])


def test_a_box_without_such_a_label_or_with_the_headline_is_of_the_text() -> None:
    opening = f"<p>{LONG[0]}</p><p>{LONG[1]}</p>"
    for begins in ("<h3>What they liked</h3>", "<h3>Latest news</h3><h1>The river is clear</h1>"):
        assert LONG[9] in chosen(f"<div><div>{opening}</div><div>{begins}{TEXT}</div></div>")


def test_a_box_of_others_beside_the_last_words_does_not_end_the_text() -> None:
    box = f"<aside><h3>Related stories</h3><ul>{CARDS}</ul></aside>"
    assert chosen(f"<article>{TEXT}{box}<p>{SHORT[0]}</p></article>") == [*LONG, SHORT[0]]


def test_a_label_that_is_no_heading_ends_the_text_as_well() -> None:
    links = "".join(f"<li>A story of day {n}, <a href='/{n}'>told by those who saw it</a></li>" for n in range(5))
    label = "<div class='h3'>More Great River Stories</div>"
    assert chosen(f"<article>{TEXT}{label}<ul>{links}</ul></article>") == list(LONG)


def test_such_a_heading_in_the_middle_ends_nothing() -> None:
    assert chosen(f"<article>{TEXT}<h3>Further reading</h3>{TEXT.replace('The', 'A')}</article>")[-1].startswith("A ")


def test_a_sentence_that_begins_like_one_ends_nothing() -> None:
    assert (
        chosen(f"<article>{TEXT}<p>See also what the pupils measured.</p><p>{PROSE[0]}</p></article>")[-1] == PROSE[0]
    )


@pytest.mark.parametrize(
    "statement",
    [
        "特别声明：以上内容为自媒体平台用户上传并发布，本平台仅提供信息存储服务。" * 3,
        "Notice: The content above (including the pictures and videos if any) is uploaded and posted by a user.",
        "【免责声明】本文仅代表作者本人观点。",
        "扫描上方二维码关注，每天读一篇河边的故事。",
        "本文仅代表作者本人观点，与本站无关。",
        "Artikel ini telah tayang di Koran Sungai dengan judul Sungai itu kembali jernih setelah sepuluh tahun.",
        "Dieser Artikel wurde ausgedruckt unter der Adresse: https://news.example/fluss.html",
    ],
)
def test_what_a_platform_says_under_every_text_goes_and_stays_within_one(statement: str) -> None:
    line = f"<p>{statement}</p>"
    assert chosen(f"<article>{TEXT}{line}{line}</article>") == list(LONG)
    assert statement in chosen(f"<article>{line}{TEXT}</article>")


LINKS = "".join(f'<li><a href="/{n}">The river, part {n}</a></li>' for n in range(3))


def test_what_announces_links_goes_with_them_and_what_announces_a_post_stays() -> None:
    assert chosen(f"<article>{TEXT}<p>For further information:</p><ul>{LINKS}</ul></article>") == list(LONG)
    post = '<div><blockquote class="post"><a href="https://social.example/1">May 6, 2024</a></blockquote></div>'
    for shown in ("<iframe src='https://video.example/1'></iframe>", post):
        assert "What they saw:" in chosen(f"<article>{TEXT}<p>What they saw:</p>{shown}</article>")


@pytest.mark.parametrize(("number", "stays"), [(2, True), (3, False), (30, False)])
def test_headings_that_are_links_follow_no_text_where_they_are_several(number: int, stays: bool) -> None:
    links = "".join(f'<h3><a href="/{n}">A story of day {n}, told by those who saw it</a></h3>' for n in range(number))
    last = "<p>That was all.</p>"
    assert any("day 0" in line for line in chosen(f"<article>{TEXT}{links}{last}</article>")) is stays


@pytest.mark.parametrize("other", ["<div class='phone'>{}</div>", "<div class='hidden-xs hidden-sm'>{}</div>"])
def test_a_text_for_screens_of_several_sizes_is_read_once(other: str) -> None:
    assert chosen(f"<article><div class='wide'>{TEXT}</div>{other.format(TEXT)}</article>") == list(LONG)


def test_a_paragraph_that_is_said_again_stays() -> None:
    refrain = f"<p>{LONG[0]}</p>"
    assert chosen(f"<article>{TEXT}{refrain}{refrain}</article>") == [*LONG, LONG[0], LONG[0]]


@pytest.mark.parametrize("name", ["hidden", "hide", "x hidden", "hide x"])
def test_a_class_that_says_hidden_and_no_more_hides(name: str) -> None:
    assert chosen(f"<article>{TEXT}<p class='{name}'>{LONG[0]} Again.</p></article>") == list(LONG)


@pytest.mark.parametrize("name", ["x hidden-xs", "x hidden-print"])
def test_what_is_hidden_on_some_screens_is_of_the_text(name: str) -> None:
    assert chosen(f"<article>{TEXT}<p class='{name}'>{LONG[0]} Again.</p></article>")[-1] == f"{LONG[0]} Again."


@given(st.from_regex(endings._OTHERS, fullmatch=True, alphabet=LETTERS))  # the words themselves
def test_a_label_over_others_is_known_by_its_first_letters(text: str) -> None:
    assert len(text) > endings.MAX_LABEL_CHARACTERS or endings.is_label(text)
