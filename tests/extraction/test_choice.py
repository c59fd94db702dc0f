"""The article's lines are chosen by where they stand and by what the page calls the elements around them."""

from __future__ import annotations

import pytest

from crawler.extraction.body.text.line import MAX_LINE
from crawler.extraction.body.text.signs import sign
from crawler.extraction.body.text.survey import Survey
from tests.extraction.lines import LONG, TEXT, chosen
from tests.extraction.pages import PROSE, tree

TEASERS = "".join(f"<div><a href='/{one}'>Another story, number {one}</a></div>" for one in range(8))
PROSE_LINES = "".join(f"<p>{one}</p>" for one in PROSE)
DENSE = "河水清澈见底，两岸的居民说他们十年来第一次打开了窗户，孩子们又在浅滩上捉鱼。" * 2


@pytest.mark.parametrize(
    "place",
    [
        "<article>{}</article>",
        "<main>{}</main>",
        "<div class='entry-content'>{}</div>",
        "<div id='story'>{}</div>",
        "<div class='x1'>{}</div>",
        "<div class='sidebar-layout'>{}</div>",  # more than half of the prose: a wrapper
        "<form action='/page.aspx'>{}</form>",
        "<nav>{}</nav>",  # never closed
    ],
)
def test_the_place_of_the_prose_is_found_whatever_it_is_called(place: str) -> None:
    assert chosen(f"<div class='menu'>{TEASERS}</div>{place.format(TEXT)}<footer><p>Rights.</p></footer>") == list(LONG)


@pytest.mark.parametrize(
    "furniture",
    [
        f"<div class='related-stories'><p>{LONG[0]} Again.</p></div>",
        f"<div class='author-bio'><p>{LONG[0]} Again.</p></div>",
        f"<div id='onetrust-banner'><p>{LONG[0]} Again.</p></div>",
        f"<div style='display: none'><p>{LONG[0]} Again.</p></div>",
        f"<div aria-hidden='true'><p>{LONG[0]} Again.</p></div>",
        f"<div hidden><p>{LONG[0]} Again.</p></div>",
        f"<div class='cta'><p>{LONG[0][:100]}.</p></div>",
        f"<section id='comments'><p>{LONG[0]} Again.</p></section>",
        f"<aside><p>{LONG[0]} Again.</p></aside>",
        f"<figure><figcaption>{LONG[0]} Again.</figcaption></figure>",
        f"<ul>{TEASERS}</ul>",
        f"<p><a href='/x'>Read as well: {PROSE[0]}</a></p>",
        "<h1>The river is clear</h1>",
    ],
)
def test_furniture_in_the_article_is_left_out(furniture: str) -> None:
    assert chosen(f"<article>{TEXT}{furniture}</article>") == list(LONG)
    assert chosen(f"<article>{furniture}{TEXT}</article>") == list(LONG)


@pytest.mark.parametrize("box", ["<div class='{}'>", "<section class='the-{}'>"])
@pytest.mark.parametrize("name", ["slider", "embed", "ad-container", "teaser-list", "elementor-widget-text"])
def test_a_box_among_the_prose_is_of_the_text_whatever_its_layout_is_called(box: str, name: str) -> None:
    assert PROSE[0] in chosen(f"<article>{TEXT}{box.format(name)}{PROSE_LINES}</article>")


@pytest.mark.parametrize(
    "part",
    [
        "<button aria-expanded='false'>What did it cost?</button><div aria-hidden='true'>{}</div>",
        "<h3><button aria-expanded='false'>What did it cost?</button></h3><div hidden>{}</div>",
        "<div role='tabpanel' hidden>{}</div>",
        "<div hidden id='S:1'>{}</div>",
        "<div role='region' style='display: none'>{}</div>",
    ],
)
def test_what_a_reader_or_a_script_unfolds_is_of_the_text(part: str) -> None:
    assert PROSE[0] in chosen(f"<article>{TEXT}{part.format(PROSE_LINES)}</article>")


def test_the_numbers_of_footnotes_are_of_their_sentence_whatever_they_are_called() -> None:
    note = '[<span class="footers"><a href="#ref1">1</a></span>-<span class="footers"><a href="#ref3">[3]</a></span>]'
    assert chosen(f"<article>{TEXT}<p>{LONG[0]} Again {note}.</p></article>")[-1] == f"{LONG[0]} Again [1-[3]]."
    table = '<span class="footers"><a href="#table1">Table 1</a></span>'
    assert chosen(f"<article>{TEXT}<p>{LONG[0]} See {table}.</p></article>")[-1] == f"{LONG[0]} See Table 1."
    share = '<span class="share-button"><a href="#">Share 3</a></span>'
    assert chosen(f"<article>{TEXT}<p>{LONG[0]} {share}</p></article>")[-1] == LONG[0]


@pytest.mark.parametrize(
    ("name", "stays"),
    [("box box-container-sidebar", True), ("has-sidebar", True), ("with-sidebar x", True), ("main-sidebar", False)],
)
def test_what_stands_beside_a_sidebar_is_of_the_text(name: str, stays: bool) -> None:
    part = f"<div class='{name}'><div class='columns'><p>{LONG[0]} First.</p></div></div>"
    assert (
        chosen(f"<article><div class='article-content'>{part}{TEXT}</div></article>")[0] == f"{LONG[0]} First."
    ) is stays


def test_a_card_of_another_article_amid_the_prose_is_none_of_the_text() -> None:
    card = f"<div class='article article-card small'><h5><a href='/x'>The bridge is old</a></h5><p>{PROSE[0]}</p></div>"
    assert chosen(f"<article>{TEXT.replace('</p>', '</p>' + card, 1)}</article>") == list(LONG)


def test_what_opens_a_report_that_goes_on_hour_by_hour_is_of_the_text() -> None:
    opening = f"<div class='article-body'><p>{LONG[0]}</p><p>{LONG[1]}</p></div>"
    hours = "".join(f"<section><h3>{hour}:00</h3>{TEXT}</section>" for hour in range(9))
    report = f"<main><h1>The river is clear</h1>{opening}<div class='live'>{hours}</div></main>"
    assert chosen(report)[:2] == list(LONG[:2])


def test_what_opens_a_text_that_is_a_list_is_of_the_text() -> None:
    items = "".join(f"<li>{one}</li>" for one in LONG)
    assert chosen(f"<div><p>{LONG[0]} First.</p><ul>{items}</ul></div>") == [f"{LONG[0]} First.", *LONG]


@pytest.mark.parametrize("class_", ["hljs-comment", "token comment", "hljs-meta"])
def test_the_words_of_code_are_of_the_text_whatever_they_are_called(class_: str) -> None:
    code = f"<pre><code>fish = 0 <span class='{class_}'># none yet</span></code></pre>"
    assert "fish = 0 # none yet" in chosen(f"<article>{TEXT.replace('</p>', '</p>' + code, 1)}</article>")
    aside = f"<p>It was clear. <span class='{class_}'>Not yet.</span></p>"
    assert "It was clear." in chosen(f"<article>{TEXT.replace('</p>', '</p>' + aside, 1)}</article>")


def test_a_heading_stays_whose_words_stand_in_a_box_in_it() -> None:
    heading = "<h3><div>The third spring</div></h3>"
    assert "The third spring" in chosen(f"<article>{TEXT.replace('</p>', '</p>' + heading, 1)}</article>")
    unclosed = f"<h3><div>The third</div><div>spring</div>{TEXT}"
    assert chosen(f"<article>{unclosed}</article>") == list(LONG)


def test_what_nobody_sees_is_not_of_the_text_however_much_of_it_there_is() -> None:
    unseen = "".join(f"<p style='display:none'>{one} Unseen.</p>" for one in LONG)
    assert chosen(f"<article>{unseen}{TEXT}</article>") == list(LONG)


@pytest.mark.parametrize("name", ["primary-header", "primaryNav", "primary-menu"])
def test_what_is_called_primary_is_the_place_of_the_text_unless_it_leads_elsewhere(name: str) -> None:
    menu = f"<div id='{name}'><p>{PROSE[0]}</p><p>{PROSE[1]}</p><p>{PROSE[2]}</p></div>"
    assert chosen(f"{menu}<div id='primary'>{TEXT}</div>") == list(LONG)


PARTS = [f"<div class='{{}}'><p>{one}</p></div>" for one in LONG]


def test_a_text_that_advertisements_part_into_boxes_is_read_whole() -> None:
    boxes = "<div class='ad'><a href='/x'>Buy a boat</a></div>".join(one.format("article-body") for one in PARTS)
    assert chosen(f"<main><h1>The river is clear</h1>{boxes}</main>") == list(LONG)


@pytest.mark.parametrize("deeper", ["<h1>Another river</h1>{}", "<div>{}</div>"])
def test_a_box_of_the_same_class_is_not_of_the_text_below_another_headline_or_elsewhere(deeper: str) -> None:
    own = f"<div class='article-body'>{TEXT}</div>"
    other = deeper.format(f"<div class='article-body'><p>{LONG[0]} Again.</p></div>")
    assert chosen(f"<h1>The river is clear</h1>{own}{other}") == list(LONG)


def test_a_heading_over_what_was_left_out_goes_too() -> None:
    assert chosen(f"<article>{TEXT}<h2>More</h2><ul>{TEASERS}</ul></article>") == list(LONG)
    assert "More" in chosen(f"<article><h2>More</h2>{TEXT}</article>")


def test_a_dialog_about_cookies_is_no_article_however_long_unless_it_holds_the_headline() -> None:
    dialog = "<div class='cookie-banner'>{}</div>"
    assert chosen(f"<article>{TEXT}</article>{dialog.format(TEXT.upper() * 3)}") == list(LONG)
    assert chosen(dialog.format(f"<h1>The river</h1>{TEXT}")) == list(LONG)


@pytest.mark.parametrize("name", ["class='green bard'", "id='menu-of-the-river-and-of-all-its-fish'"])
def test_a_word_inside_another_and_an_anchor_made_of_a_heading_are_no_names(name: str) -> None:
    assert LONG[0] in chosen(f"<article><div {name}><p>{LONG[0]}</p></div>{TEXT}</article>")[0]
    assert len(chosen(f"<article><div {name}><p>{LONG[0]}</p></div>{TEXT}</article>")) == len(LONG) + 1


def test_a_feed_of_teasers_below_a_short_article_does_not_outweigh_it() -> None:
    feed = "".join(f"<section><h2>{one[:30]}</h2><p>{one}</p></section>" for one in LONG[1:5])
    body = f"<div class='entry-content'><p>{LONG[0]}</p><p>{PROSE[0]}</p></div><div>{feed}</div>"
    assert chosen(body) == [LONG[0], PROSE[0]]


def test_names_that_cover_half_of_the_prose_mean_nothing() -> None:
    slides = "".join(f"<div class='slide'><p>{one}</p></div>" for one in LONG)
    assert chosen(f"<article><p>{PROSE[4]}</p>{slides}</article>") == [PROSE[4], *LONG]


def test_further_articles_below_are_left_out_but_not_a_place_with_the_headline() -> None:
    more = "<div class='infinite-scroll'>{}</div>"
    assert chosen(f"<main>{TEXT}{more.format(TEXT.upper())}</main>") == list(LONG)
    assert chosen(more.format(f"<h1>The river</h1>{TEXT}")) == list(LONG)


def test_paragraphs_are_also_written_with_line_breaks_and_in_boxes() -> None:
    assert chosen("<div class='text'>" + "<br><br>".join(LONG) + "</div>") == list(LONG)
    assert chosen("<article>" + "".join(f"<div>{one}</div>" for one in LONG) + "</article>") == list(LONG)


def test_a_stanza_begins_with_its_first_line() -> None:
    stanza = ["The river runs,", "the river stands,", "nobody knows why."]
    before, after = f"<p>{LONG[0]}</p><p>{LONG[1]}</p>", "".join(f"<p>{one}</p>" for one in LONG[2:])
    read = chosen(f"<div>{before}<div class='poem'> {'<br>'.join(stanza)} </div>{after}</div>")
    assert read == [*LONG[:2], *stanza, *LONG[2:]]
    two = chosen(f"<div>{before}<div>The river stands<br>nobody knows why.</div>{after}</div>")
    assert two == [*LONG[:2], "nobody knows why.", *LONG[2:]]


@pytest.mark.parametrize("box", ["section", "div"])
def test_an_item_of_a_list_may_stand_in_a_box(box: str) -> None:
    items = ["What comes last is called first", "It is called as the block ends"]
    shown = "".join(f"<li><{box} style='color: #000'>{one}</{box}></li>" for one in items)
    before, after = f"<p>{LONG[0]}</p><p>{LONG[1]}</p>", "".join(f"<p>{one}</p>" for one in LONG[2:])
    assert chosen(f"<div>{before}<ol>{shown}</ol>{after}</div>") == [*LONG[:2], *items, *LONG[2:]]
    teasers = "".join(f"<li><{box}><a href='/{one[:4]}'>{one}</a></{box}></li>" for one in items)
    assert chosen(f"<div>{before}<ol>{teasers}</ol>{after}</div>") == list(LONG)


def test_an_empty_box_behind_a_line_break_is_none_of_the_text() -> None:
    broken = "<br><div class='height'></div>Then it rained.<br><div class='height'></div>"
    assert chosen(f"<div class='post-content'>{TEXT}{LONG[0]}{broken}{LONG[1]}</div>") == [
        *LONG, LONG[0], "Then it rained.", LONG[1],
    ]  # fmt: skip


def test_an_article_that_holds_little_of_the_prose_is_a_teaser() -> None:
    teaser = f"<article><p>{PROSE[0]}</p><p>{PROSE[1]}</p><p>{PROSE[2]}</p></article>"
    assert chosen(f"{teaser}<div class='c'>{TEXT}</div>") == list(LONG)


@pytest.mark.parametrize("space", [" ", "\n\t", "\xa0"])
def test_white_space_alone_between_two_words_parts_them(space: str) -> None:
    words = ("<i>A</i>", "<b>blue</b>", "<a href='/'> </a>", "boat", "<span>on<i> </i>the</span>", "<em>river</em>")
    line = space.join(words).replace(f"{space}<a", "<a").replace(f"</a>{space}", "</a>")
    assert chosen(f"<article>{TEXT}<p>{line}</p></article>")[-1] == "A blue boat on the river"


def test_a_paragraph_of_nothing_that_has_a_width_is_no_line() -> None:
    assert chosen(f"<main><p>{LONG[0]}</p><p>&#8203;</p><p>&shy; &#8205;</p><p>{LONG[1]}</p>{TEXT}</main>")[:2] == list(
        LONG[:2]
    )


def test_a_chinese_line_says_what_three_times_as_many_letters_say() -> None:
    page = tree(f"<html><body><p>{DENSE}</p><p>{'x' * 9_000}</p><p>Grün ist der Fluß</p></body></html>")
    dense, long, german = Survey(page).lines
    assert dense.size == 3 * len(DENSE)
    assert long.size == MAX_LINE
    assert german.size == len(german.text)


def test_spam_that_nobody_sees_is_no_article_however_long() -> None:
    assert chosen(f"<article>{TEXT}</article><div style='display:none'>{'spam words ' * 9_000}</div>") == list(LONG)


def test_a_page_without_prose_has_no_lines() -> None:
    assert chosen("") == []
    assert chosen(f"<nav>{TEASERS}</nav>") == []


@pytest.mark.parametrize(
    ("name", "is_out"),
    [
        ("x  sharp", False),
        ("sharp x", True),
        ("a\nad\tb", True),
        ("a ad", True),
        ("x toolbar", True),
        ("bard", False),
        ("", False),
    ],
)
def test_the_words_of_a_class_speak_each_for_itself_whatever_space_is_between_them(name: str, *, is_out: bool) -> None:
    assert sign("div", class_=name).out is is_out


CHINESE = (
    "每年六月到八月，是海龟上岸产卵的季节，今年五十八岁的渔民老郑已经在沙滩上守了二十年，没有错过一个夜晚。",
    "年轻的时候，老郑也捕过海龟，那时候一只大海龟能卖出他半年的收入，村里的人都觉得这是大海送来的礼物。",
    "变化发生在二〇〇三年，那一年整个夏天，沙滩上只来了两只海龟，而老郑小时候一个晚上就能见到几十只海龟。",
    "从那以后，他每天晚上拿着手电筒在沙滩上走，把迷路的小海龟送回海里，二十年来一共护送了四万多只海龟。",
)


def test_a_short_chinese_article_is_no_menu_whatever_labels_stand_in_its_box() -> None:
    labels = "".join(f"<a href='/tag/{n}'>标签{n}</a>" for n in range(6))
    text = "".join(f"<p>{line}</p>" for line in CHINESE)
    html = f"<main><div><h1>渔民守望海龟</h1><article>{text}</article><section>{labels}</section></div></main>"
    assert chosen(html) == list(CHINESE)


def test_what_holds_the_headline_is_no_menu_though_its_class_speaks_of_hiding() -> None:
    links = "".join(f"<li><a href='/{n}'>A page of the handbook, number {n}</a></li>" for n in range(40))
    text = "".join(f"<p>{line}</p>" for line in CHINESE)
    html = f"<div class='layout--hide-home'><div><ul>{links}</ul></div><div><h1>渔民守望海龟</h1>{text}</div></div>"
    assert chosen(html) == list(CHINESE)
