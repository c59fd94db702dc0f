"""Tags are those that readers see; the head's keywords where there are none in sight."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.about.subjects.tags import tags
from tests.extraction.pages import PROSE, tree

KEYWORDS = (["fish, river"], ["other"])


def read(body: str, said: tuple[list[str], ...] = KEYWORDS) -> tuple[str, ...]:
    root = tree(f"<html><body><article><h1>The river is clear</h1>{body}</article></body></html>")
    url = "https://news.example/topics/water/river"
    return tags(root, list(root.iter("a")), said, "Example News", "How a small town won its river back", url=url)


@pytest.mark.parametrize(
    "shown",
    [
        "<p>Tags: <a rel='tag' href='/t/1'>Rivers</a>, <a rel='tag' href='/t/2'>Towns</a></p>",
        "<p><a rel='category tag' href='/c'>News</a><a rel='tag' href='/1'>Rivers</a><a rel='tag' href='/2'>Towns</a></p>",
        "<p class='tags'><a href='/tag/1'>Rivers <sup>12</sup></a><a href='/tag/2'><i>#</i>Towns<span>(3)</span></a></p>",
        "<p><i class='tag'><a href='/tag/1'>Rivers</a></i><i class='tag'><a href='/tag/2'>Towns</a></i><a href='/author/a'>A</a></p>",
        "<a rel='tag' href='/1'>Rivers</a><a rel='tag' href='/2'>Towns</a><div class='widget'><a rel='tag' href='/3'>A</a></div>",
        "<ul class='article-tags'><li><a href='/tag/1'>Rivers</a></li><li><a href='/tag/2'>#Towns</a></li></ul>",
        "<ul><li class='tag'><a href='/topic/1'>Rivers</a></li><li class='tag'><a href='/topic/2'>Towns</a></li></ul>",
        "<div class='tag-rivers'><p class='tags '><a href='/tag/1'>Rivers</a><a href='/tag/2'>Towns</a></p>{links}</div>",
        "<div class='tagged'>Tagged: <a href='/tag/1'>Rivers</a> <a href='/tag/2'>Towns</a></div>",
        "<div class='topics'><a href='/themen/a'>Rivers</a><a href='/themen/b'>Towns</a><a href='/themen/a'>rivers</a></div>",
    ],
)
def test_tags_in_sight_are_the_articles(shown: str) -> None:
    links = "<a href='/1'>a</a><a href='/2'>b</a><a href='/3'>c</a>"
    assert read(shown.format(links=links)) == ("Rivers", "Towns")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "</article><nav class='topics'><a href='/topic/1'>Elections</a></nav><article>",
        "<div class='sidebar'><ul class='tags'><li><a href='/tag/1'>Elections</a></li></ul></div>",
        "<div class='tags'>" + "".join(f"<a href='/tag/{n}'>Tag {n}</a>" for n in range(40)) + "</div>",
        "<p>as a <a href='/other/tag'>tag</a></p>",
        "</article><footer><ul class='tags'><li><a href='/tag/1'>Elections</a></li></ul></footer><article>",
        "<p class='tags'><a href='/tag/all'>More</a></p>",
    ],
)
def test_tags_of_the_site_are_not(elsewhere: str) -> None:
    assert read(elsewhere) == ("fish", "river")


@pytest.mark.parametrize(
    "said",
    [
        f"<p>What a <a href='/topics/deliveries'>delivery</a> costs is on the <a href='/x'>bill</a>. {PROSE[0]}</p>",
        "<div><a href='https://shop.example/b?tag=paper-news-21&x=1'>from 19.99</a></div>",
        "<div><a href='https://shop.example/b?x=1&tag=paper-22'>from 19.99</a><a href='/last'>The last</a></div>",
        "<div><a href='/themen/s-9077'>Zur Startseite</a></div>",
        "<div><a href='/topics/water/river#depth'>Depth</a><a href='/topics/water/river/ratings?x=1'>Ratings</a></div>",
        "<div><a href='https://news.example/topics/water/river'>The river</a></div>",
    ],
)
def test_a_word_of_a_sentence_a_price_and_a_way_back_are_no_tags(said: str) -> None:
    assert read(said, ()) == ()


def test_links_to_tags_in_a_paragraph_of_their_own_serve() -> None:
    tags_alone = "<p>" + ", ".join(f"<a href='/tag/{n}'>The {n}th town on the river</a>" for n in range(9)) + "</p>"
    assert len(read(tags_alone, ())) == 9


def test_tags_in_the_articles_box_are_its_own_though_something_sticks_beside_it() -> None:
    box = "<div class='article-topics'><ul><li><a href='/topic/1'>Rivers</a></li><li><a href='/topic/2'>Towns</a></li></ul></div>"
    assert read(f"<div class='article-content sticky-sidebar-relative'>{box}</div>") == ("Rivers", "Towns")
    assert read(f"<div class='article-content-sidebar'>{box}</div>") == ("fish", "river")


@pytest.mark.parametrize(
    "shown",
    [
        "<nav><ul class='tags'><li><a href='/tag/1'>Rivers</a></li><li><a href='/tag/2'>Towns</a></li></ul></nav>",
        "<div class='top-header'><p class='tags'><a href='/tag/1'>Rivers</a><a href='/tag/2'>Towns</a></p></div>",
        "<nav class='article-tags'><a href='/tag/1'>Rivers</a><a href='/tag/2'>Towns</a></nav>",
        "<section class='mots-cles'><a href='/motcle/rivers'>Rivers</a>, <a href='/motcle/towns'>Towns</a></section>",
        "<p class='tags'><a href='/tags/'>All tags</a></p><p class='tags'><a href='/tag/1'>Rivers</a><a href='/tag/2'>Towns</a></p>",
    ],
)
def test_a_menu_of_tags_in_the_article_is_its_own(shown: str) -> None:
    assert read(shown) == ("Rivers", "Towns")


@pytest.mark.parametrize(
    "shown",
    [
        "<p><a href='/tag/rivers'>Rivers</a></p>",
        "<p><a href='/list/rivers'><span class='tag'>Rivers</span></a></p>",
        "<p><a class='article-tag' href='/rivers'>Rivers</a></p>",
    ],
)
def test_links_to_tags_serve_where_the_head_is_silent(shown: str) -> None:
    assert read(shown, ()) == ("Rivers",)


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        (["rivers", "fish"], ("rivers", "fish")),
        (["rivers，fish；小河"], ("rivers", "fish", "小河")),
        (["Subject: Rivers", "Page Type: Article", "WC: 1000-1999"], ("Rivers",)),
        (["rivers", "8f507083-bac4-423a-9015-2eb31e1bce50", "news.example.com", "Example News"], ("rivers",)),
        (["Rivers", "rivers"], ("Rivers",)),
        (["Medium", "Subject: Rivers", "Partner: Example"], ("Rivers",)),
        (['"clear rivers"', "„towns“", "source:tagname:Example", "from 1999 €"], ("clear rivers", "towns")),
        (["rivers towns fish water school stalls"], ()),
        (["sports/river-races", "Rivers/Lakes"], ("river-races", "Rivers/Lakes")),
        (["Example News", "News", "Example", "politics", "sports", "rivers"], ()),
        (["rivers|fish | towns"], ("rivers", "fish", "towns")),
        (["tag:rivers", "tag:towns", "desk: city"], ("rivers", "towns")),
        (["sections/town", "topic/mills & rivers", "100312362", "1984"], ("town", "mills & rivers", "1984")),
        (["河流 污染 小镇"], ("河流", "污染", "小镇")),
        (["How a small town won its river back", "fish"], ("fish",)),
        (["how", "a", "small", "town"], ()),
        (["small, a, town, 'river', won, back, business"], ()),
        (["town", "river", "fish"], ("town", "river", "fish")),
        (["small town", "river"], ("small town", "river")),
    ],
)
def test_keywords_are_for_readers(keywords: list[str], expected: tuple[str, ...]) -> None:
    assert read("", (keywords,)) == expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([["rivers, fish"]], ("rivers", "fish")),
        ([["Rivers"]], ("rivers", "fish", "magazine", "split-screen")),  # one word is no choice
        ([["rivers, towns, schools"]], ("rivers", "fish", "magazine", "split-screen")),  # they say something else
        ([[], ["rivers, fish, stalls"]], ("rivers", "fish", "stalls")),
        ([[], [], [], ["rivers, fish"]], ("rivers", "fish", "magazine", "split-screen")),  # article:tag
    ],
)
def test_the_shorter_of_two_sources_that_agree_is_what_an_editor_chose(
    others: list[list[str]], expected: tuple[str, ...]
) -> None:
    assert read("", (["rivers", "fish", "magazine", "split-screen"], *others)) == expected


def test_the_footer_of_an_article_is_its_own() -> None:
    shown = "<footer><p class='tags'><a href='/tag/1'>Rivers</a><a href='/tag/2'>Towns</a></p></footer>"
    assert read(shown) == ("Rivers", "Towns")


def test_where_a_page_shows_its_first_tag_alone_the_head_has_the_others() -> None:
    shown = "<p class='tags'><a href='/tag/rivers'>Rivers</a></p>"
    assert read(shown, ([], ["rivers", "fish", "schools"])) == ("rivers", "fish", "schools")
    assert read(shown, (["fish, schools"],)) == ("Rivers",)


def test_a_link_within_the_page_is_no_tag() -> None:
    assert read("<p class='tags'><a href='#content'>Skip to content</a></p>", ()) == ()


LINKS = "<a href='/rivers'>Rivers</a> <a href='/town/'>Towns</a>"


@pytest.mark.parametrize(
    "shown",
    [
        f"<p>Tags: {LINKS}</p>",
        f"<div><h4> Read more about </h4><ul><li>{LINKS}</li></ul></div>",
        f"<section><div><div><div><h4>Mehr lesen über</h4></div></div></div><ul>{LINKS}</ul></section>",
        f"<p> <i class='icon'></i> Tags: {LINKS}</p>",
        f"<div><b>Schlagworte:</b> {LINKS} <a href='/all'>Alle Themen</a></div>",
        f"<ul><li><a href='/t'>Topics</a></li></ul><p><span>タグ：</span>{LINKS}</p>",
        f"<div>Từ khóa: {LINKS}</div>",
        f"<div><b>関連キーワード</b>{LINKS}</div>",
        f"<p>相关标签：{LINKS}</p>",
    ],
)
def test_links_behind_a_label_serve_where_the_head_is_silent(shown: str) -> None:
    assert read(shown, ()) == ("Rivers", "Towns")
    assert read(shown) == ("fish", "river")


@pytest.mark.parametrize(
    "shown",
    [
        "<p>Tags</p><p>The river is clear.</p>",
        "<div><h4>Topics</h4><p>The river ran black for ten years, and nobody knew why.</p><a href='/1'>Rivers</a></div>",
        "<div><h4>More about</h4><a href='/1'>How a small town won its river back</a></div>",
        f"<p>All topics: {LINKS}</p>",
        "<ul><li><a href='/topics'>Topics</a></li><li><a href='/us'>Us</a></li></ul>",
        f"</article><nav><h4>Topics</h4>{LINKS}</nav><article>",
        "<div><h4>Topics</h4>" + "".join(f"<a href='/{n}'>No. {n}</a>" for n in range(40)) + "</div>",
    ],
)
def test_text_menus_and_headlines_behind_a_label_are_no_tags(shown: str) -> None:
    assert read(shown, ()) == ()


def test_a_million_keywords_cost_what_a_few_do() -> None:
    start = time.process_time()
    assert read("", (["a," * 1_000_000],)) == ("a",)
    assert time.process_time() - start < 1


@given(st.lists(st.text(max_size=70), max_size=4))
def test_no_keywords_break_it(keywords: list[str]) -> None:
    read("", (keywords,))


@pytest.mark.parametrize(
    "body",
    [
        "<a rel='tag' href='/tag/x'>x</a>" * 60_000,
        "<div class='tags'>" * 200 + "<a href='/tag/x'></a>" * 60_000,
        "<ul class='tags'>" + "<li class='tag'><a href='/tag/x'>x</a></li>" * 40_000 + "</ul>",
        "<p>Tags</p>" * 200_000 + "<a href='/x'>x</a>",
    ],
)
def test_a_hostile_page_costs_what_its_size_costs(body: str) -> None:
    start = time.process_time()
    read(body)
    read(body, ())
    assert time.process_time() - start < 3
