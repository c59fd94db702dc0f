"""The title is what the page's headings and its head agree on, without the site's name."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article
from crawler.extraction import extract
from crawler.extraction.about.headline import bare, heading_text, is_crumb, lesser_headings
from crawler.extraction.about.metadata import metadata
from crawler.extraction.about.site_names import Names
from crawler.extraction.about.title import title
from tests.extraction.pages import URL, article, tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def titled(
    claims: Sequence[str], headings: Iterable[str], lesser: Iterable[str], site: str, *, stated: Sequence[str] = ()
) -> str:
    return title(claims, headings, lesser, Names.of(URL, site), stated=stated)


@pytest.mark.parametrize(
    ("claims", "headings", "site", "expected"),
    [
        (["The river is clear - Example News"], [], "Example News", "The river is clear"),
        (["Example News | The river is clear"], [], "Example News", "The river is clear"),
        (
            ["The river is clear — a report | Example"],
            ["The river is clear — a report"],
            "",
            "The river is clear — a report",
        ),
        (["一条小河是怎样变清的_小河新闻网"], [], "", "一条小河是怎样变清的"),
        (["A year - in rivers"], [], "Example", "A year - in rivers"),
        (
            ["The river of the town is clear at last--Nobody knows why | Example"],
            [],
            "Example",
            "The river of the town is clear at last--Nobody knows why",
        ),
        (["The river | News ♥ Web"], [], "", "The river"),
        (["The news of a river | Rivers and lakes"], [], "", "The news of a river | Rivers and lakes"),
        (["The river - NEWS.EXAMPLE"], [], "", "The river"),
        (["一条小河是怎样变清的！-小河新闻"], [], "", "一条小河是怎样变清的！"),
        (["一条小河是怎样变清的--小河频道--小河网"], [], "", "一条小河是怎样变清的"),
        ([], ["Only a heading"], "", "Only a heading"),
        (["The river is clear | Example"], ["Example"], "Example", "The river is clear"),
        (["The river is clear"], ["Rivers: The river is clear"], "", "The river is clear"),
        (
            ["The river is clear | Example"],
            ["How the river of the town became clear again"],
            "",
            "How the river of the town became clear again",
        ),
        (["Rivers of the town, clear or not | Example"], ["Rivers of the town"], "", "Rivers of the town"),
        (
            ["The clear river of the town and what became of its fish - Example"],
            ["Fish"],
            "",
            "The clear river of the town and what became of its fish",
        ),
        (["The riv\u00ader is clear"], [], "", "The river is clear"),
        (["The river is clear | Example"], ["The river is clear | Example"], "Example", "The river is clear"),
        (["News » The river is clear"], ["news"], "", "The river is clear"),
        (["Example days on the river - Example"], [], "Example", "Example days on the river"),
        ([], [], "", ""),
    ],
)
def test_the_title_is_without_the_sites_name(claims: list[str], headings: list[str], site: str, expected: str) -> None:
    assert titled(claims, headings, [], site) == expected


RIVER = "一条小河是怎样在十年里变清的"


@pytest.mark.parametrize(
    "tail",
    [
        "_小河频道_小河网",
        "_国内_小河",
        "_小河新闻-The Stream",
        "_小河网——国家小河门户",
        "-新闻中心-小河网",
        "-36河",
        "-XIAOHE博客",
        "-小河市人民政府",
        " - 政治 - 自由小河電子報",
        " | 小河大学",
        "｜小河周刊",
        "--小河网",
        "——小河网",
        " 小河周刊",
    ],
)
def test_a_chinese_title_is_without_channels_and_sites(tail: str) -> None:
    assert titled([RIVER + tail], [], [], "小河周刊") == RIVER


@pytest.mark.parametrize("tail", ["——一个小镇的十年", "：2023-2024年的记录", "丨小河观察"])
def test_a_chinese_title_keeps_what_is_its_own(tail: str) -> None:
    assert titled([f"{RIVER}{tail}_小河网"], [], [], "") == RIVER + tail


@pytest.mark.parametrize(
    "heading",
    [
        "<h3>The river is clear</h3>",
        "<div class='article-title'>The river is clear</div>",
        "<p class='tit'>The river is clear</p>",
    ],
)
def test_a_page_without_h1_has_its_title_in_another_heading(heading: str) -> None:
    html = article(head="<title>The river is clear-Water and Towns</title>").replace(
        "<h1>The river is clear</h1>", heading
    )
    found = extract(html, URL)
    assert isinstance(found, Article)
    assert found.title == "The river is clear"


KICKED = "Nature: The river is clear again"


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([KICKED, "The river is clear again"], KICKED),
        (["The river is clear again", KICKED], "The river is clear again"),
    ],
)
def test_the_best_claim_decides_whether_a_kicker_stays(claims: list[str], expected: str) -> None:
    assert titled(claims, [KICKED], [], "") == expected


@pytest.mark.parametrize("channel", ["新闻动态", "公司新闻", "新闻中心-新闻详情", "通知公告"])
@pytest.mark.parametrize("heading", ["", "<h1>新闻动态</h1>"])
def test_a_channel_is_no_title_where_the_page_has_a_heading_that_may_be_one(channel: str, heading: str) -> None:
    body = f"<h3>首页 - {channel}</h3>{heading}<h5>一条小河是怎样变清的</h5>"
    page = tree(f"<html lang='zh'><head><title>{channel}--小河学会官网</title></head><body>{body}</body></html>")
    assert metadata(page, URL).title == "一条小河是怎样变清的"


def test_the_line_under_a_headline_is_none_though_it_is_called_a_title() -> None:
    line = "<div class='title_info'><p class='title'>发布时间：2019-05-18 10:20:30</p></div>"
    body = f"<h3>首页 - 新闻动态</h3>{line}<h5>一条小河是怎样变清的</h5><p>小河</p>"
    page = tree(f"<html lang='zh'><head><title>新闻动态--小河学会官网</title></head><body>{body}</body></html>")
    assert metadata(page, URL).title == "一条小河是怎样变清的"


def test_a_channel_is_the_title_where_there_is_nothing_else() -> None:
    assert titled(["新闻动态"], [], [], "") == "新闻动态"


@pytest.mark.parametrize("byline", ["Posted on July 1, 2024 by Ann", "By Ann O", "編集委員　小河花子"])
def test_a_byline_within_the_heading_is_not_of_the_title(byline: str) -> None:
    claims = ["How the river became clear again"]
    assert titled(claims, [f"{claims[0]} {byline}"], [], "") == claims[0]


def test_a_short_heading_before_the_first_separator_of_a_long_claim_is_the_title() -> None:
    claim = "Rivers of the north - All that one can know of waters, their fish and their towns - Waters and Fish"
    named = ["Waters and Fish, and all that one can know"]
    assert titled([claim], ["Rivers of the north"], named, "") == "Rivers of the north"


def test_a_heading_for_screen_readers_that_has_the_sites_name_too_gives_way_to_the_one_in_sight() -> None:
    whole, lesser = "How the river became clear | Rivers | Springfield County", ["How the river became clear", "Rivers"]
    assert titled([whole], [whole], lesser, "") == "How the river became clear"
    assert titled([whole], [whole], ["Rivers", "Lakes"], "") == whole


@pytest.mark.parametrize("end", [" -", " |", " — ", "｜"])
def test_a_separator_that_nothing_follows_is_not_of_the_title(end: str) -> None:
    assert titled([f"The river{end}"], [], [], "").rstrip("｜") == "The river"


def test_a_title_that_stands_in_the_body_counts_where_the_head_has_none() -> None:
    page = "<html><body><svg><title>A boat</title></svg><script></script><title>The river is clear</title><p>Ann</p></body></html>"
    assert metadata(tree(page), URL).title == "The river is clear"


def test_the_heading_that_microdata_calls_the_headline_is_the_title() -> None:
    heading = "<h1>A river</h1><h2 itemprop='headline'>What became of the fish</h2>"
    html = article(head="<title>A river</title>").replace("<h1>The river is clear</h1>", heading)
    found = extract(html, URL)
    assert isinstance(found, Article)
    assert found.title == "What became of the fish"


def test_a_sites_name_is_no_headline_though_microdata_says_so() -> None:
    assert titled([], ["The fish are back"], [], "Rivers", stated=["Rivers"]) == "The fish are back"
    assert titled([], ["The town"], [], "Rivers", stated=["Rivers", "The fish are back"]) == "The fish are back"


def test_a_hostile_number_of_headlines_costs_what_its_size_costs() -> None:
    root = tree(f"<html><body>{'<h2 itemprop=headline>x y</h2>' * 60_000}</body></html>")
    start = time.process_time()
    metadata(root, URL)
    assert time.process_time() - start < 3


def test_headlines_of_several_articles_are_no_title() -> None:
    stated = ["The river is clear", "The fish are back"]
    claim = "A river and its town"
    assert titled([claim], [claim], [], "", stated=stated) == claim


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("The <em>river</em> is clear", "The river is clear"),
        ("<span>Rivers</span><span>The river is clear</span>", "Rivers The river is clear"),
        ("The river<br>is clear", "The river is clear"),
        ("<span>小河</span><span>变清了</span>", "小河变清了"),
        ("<style>.river { color: blue }</style>The river <style>b { top: 0 }</style>is clear", "The river is clear"),
    ],
)
def test_the_lines_of_a_heading_stay_apart(markup: str, expected: str) -> None:
    root = tree(f"<html><body><h1>{markup}</h1></body></html>")
    assert heading_text(next(root.iter("h1"))) == expected


RIVERS = "How the river became clear again"


def test_a_hostile_path_of_links_costs_what_its_size_costs() -> None:
    steps = f"<li>{'<i></i>' * 60_000}</li>" * 12
    page = tree(f"<html><body><ul>{steps}<li>{'<h1>x</h1>' * 300}</li></ul><a>x</a></body></html>")
    start = time.process_time()
    assert not any(map(is_crumb, page.iter("h1")))
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("<ul><li><a href='/'>Home</a></li><li><a href='/x'>Water</a></li><li>{}</li></ul>", RIVERS),
        ("<div><a href='/'>Home</a><i>›</i><a href='/x'>Water</a><i>›</i>{}</div>", RIVERS),
        ("<div><a href='/x'>Water</a>{}</div>", "Rivers: this town has one that is clear"),
        ("<div><a href='/'>Home</a><p>The river of the small western town runs again.</p><a>Water</a>{}</div>", None),
    ],
    ids=["steps of a list", "links", "the name of a section", "a line among links"],
)
def test_an_h1_that_ends_a_path_of_links_gives_way_to_the_headline_in_sight(path: str, expected: str | None) -> None:
    searched = "Rivers: this town has one that is clear"
    head = f'<title>{searched} | Example</title><script type="application/ld+json">{{"@type": "Article", "headline": "{RIVERS}"}}</script>'
    page = f"<html><head>{head}</head><body>{path.format(f'<h1>{searched}</h1>')}<h2>{RIVERS}</h2></body></html>"
    assert metadata(tree(page), URL).title == (expected or searched)
    without = page.replace(f"<h2>{RIVERS}</h2>", "<h2>More of this</h2>")
    assert metadata(tree(without), URL).title == searched


def test_a_kicker_that_stands_in_a_line_of_its_own_keeps_the_colon_of_the_head() -> None:
    assert titled(["Water: The river is clear"], ["Water The river is clear"], [], "") == "Water: The river is clear"
    assert titled(["Water! The river is clear"], ["Water The river is clear"], [], "") == "Water The river is clear"


@pytest.mark.parametrize("called", ["kicker", "head__topline_x1", "Head_titleheader__a2", "overline"])
@pytest.mark.parametrize("joint", ["", ": ", "<i aria-hidden='true'> – </i>"])
def test_a_kicker_that_is_called_one_is_none_of_an_h1(called: str, joint: str) -> None:
    root = tree(
        f"<html><body><h1><span class='{called}'>Water</span>{joint}<b>The river is clear</b></h1></body></html>"
    )
    heading = next(root.iter("h1"))
    assert heading_text(heading, ["watertheriverisclear"]) == "The river is clear"
    assert heading_text(heading, keep_kicker=True).startswith("Water")
    other = tree(f"<html><body><h1><span class='{called}'>The river is clear</span></h1></body></html>")
    assert heading_text(next(other.iter("h1"))) == "The river is clear"


@pytest.mark.parametrize("day", ["24.12.2021 - ", "2021-12-24 | ", "24.12.2021: "])
def test_a_day_before_a_headline_is_none_of_it(day: str) -> None:
    assert titled([f"{day}The river is clear - Example"], [f"{day}The river is clear"], [], "") == "The river is clear"
    assert titled([f"{day}All clear"], [f"{day}All clear"], [], "") == f"{day}All clear"
    assert titled(["2021-12 - The river is clear"], ["2021-12 - The river is clear"], [], "").startswith("2021-12")


def test_a_heading_that_is_a_part_of_a_claim_rid_of_the_sites_name_is_the_title() -> None:
    claim = "Ann O'Hara: The clear river - Example News of the Rivers"
    assert titled([claim], ["The clear river"], [], "Example News of the Rivers") == "The clear river"


def test_a_short_sole_heading_is_the_title_where_a_claim_has_its_words() -> None:
    claim = "River No 3 in Springfield. Cheap holidays by the water | Example"
    assert titled([claim], ["River 3"], [], "Example") == "River 3"
    assert titled([claim], ["River 4"], [], "Example").startswith("River No 3")


def test_a_headline_in_capitals_is_written_as_the_head_writes_it() -> None:
    assert titled(["The river is clear"], ["THE RIVER IS CLEAR"], [], "") == "The river is clear"
    assert titled(["THE RIVER IS CLEAR"], ["THE RIVER IS CLEAR"], [], "") == "THE RIVER IS CLEAR"


def test_a_part_of_the_site_behind_a_bar_is_not_of_the_title_though_the_heading_has_it() -> None:
    whole = "How the river became clear again | Opinion"
    assert titled([whole], [whole], [], "") == "How the river became clear again"
    assert titled(["Rivers - a study"], ["Rivers - a study"], [], "") == "Rivers - a study"


OVER = "<div class='logo'><a href='/'><img src='/l.png' alt='Valley Courier'></a></div>"


@pytest.mark.parametrize("separator", [" - ", " | ", " « ", " › ", " ~ ", " : ", " _ ", "_", " :: ", " ∙ "])
def test_a_name_that_stands_over_the_page_is_the_sites_and_not_of_the_title(separator: str) -> None:
    for head in (f"{RIVERS}{separator}Valley Courier", f"Valley Courier{separator}{RIVERS}"):
        page = tree(f"<html><head><title>{head}</title></head><body>{OVER}<p>{RIVER * 9}</p></body></html>")
        assert metadata(page, URL).title == RIVERS


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='twitter:site' content='@ValleyCourier'>",
        "<meta name='apple-mobile-web-app-title' content='Valley Courier'>",
        "<meta name='copyright' content='© 2024 Valley Courier'>",
        '<script type="application/ld+json">{"@type": "WebSite", "name": "Valley Courier"}</script>',
    ],
)
@pytest.mark.parametrize(
    "claim", [f"Valley Courier: {RIVERS}", f"Valley Courier | {RIVERS}", f"{RIVERS} : Valley Courier"]
)
def test_a_name_that_the_head_gives_in_any_place_is_the_sites(head: str, claim: str) -> None:
    page = tree(f"<html><head><title>{claim}</title>{head}</head><body><p>Water</p></body></html>")
    assert metadata(page, URL).title == RIVERS


@pytest.mark.parametrize(
    ("title", "over", "site"),
    [
        (f"{RIVERS} | Valley Courier", OVER, "Valley Courier"),
        (f"Valley Courier » {RIVERS}", "<a href='/'>VALLEY COURIER</a>", "Valley Courier"),
        (f"{RIVERS} | Home", "<a href='/'>Home</a>", ""),
        (f"{RIVERS} | Waters", OVER, ""),
        (f"{RIVERS} - 首页", "<a href='/'>首页</a>", ""),
        (RIVERS, OVER, ""),
    ],
)
def test_a_site_that_does_not_tell_its_name_is_called_as_over_the_page_and_in_its_title(
    title: str, over: str, site: str
) -> None:
    page = f"<html><head><title>{title}</title></head><body>{over}<h1>{RIVERS}</h1><p>Water</p></body></html>"
    assert metadata(tree(page), URL).site == site


def test_the_articles_headline_is_no_name_though_a_program_calls_the_site_so() -> None:
    head = f"<title>{RIVERS}</title><meta name='application-name' content='{RIVERS}'>"
    page = tree(f"<html><head>{head}</head><body><h1>News of today and more</h1><h1>{RIVERS}</h1></body></html>")
    assert metadata(page, URL).title == RIVERS


@pytest.mark.parametrize("tail", [" - by Ann O - Valley Courier", " | by Ann O | Waters | Medium"])
def test_who_wrote_it_is_not_of_the_title_that_a_site_follows(tail: str) -> None:
    assert titled([RIVERS + tail], [], [], "").startswith(RIVERS)
    assert "Ann" not in titled([RIVERS + tail], [], [], "")


@pytest.mark.parametrize(
    "markup",
    [
        "<h2>{}</h2>",
        "<div class='article-title'>{}</div>",
        "<p class='headline'>{}</p>",
        "<td class='contentheading'>{}</td>",
        "<div itemprop='headline'>{}</div>",
        "<div role='heading' aria-level='1'>{}</div>",
        "<news-headline>{}</news-headline>",
        "<p align='center'><b>{}</b></p>",
        "<p style='text-align: center'>{}</p>",
        "<font size='5'>{}</font>",
    ],
)
@pytest.mark.parametrize("head", ["", "<title>Valley Courier</title>", "<title>index</title>", "<title>首页</title>"])
def test_where_the_head_names_no_article_what_looks_like_a_headline_over_the_text_is_the_title(
    markup: str, head: str
) -> None:
    card = "<div class='card'><a href='/2'><h3>The headline of some other article of ours</h3></a></div>"
    nav = "<nav><p class='title'>All the sections of the courier</p></nav>"
    shown = markup.format(RIVERS)
    shown = f"<table><tr>{shown}</tr></table>" if shown.startswith("<td") else shown
    body = f"{OVER}{nav}{card}{shown}<p>{'Water and the town. ' * 9}</p><h2>What the fish say about all of it</h2>"
    assert metadata(tree(f"<html><head>{head}</head><body>{body}</body></html>"), URL).title == RIVERS


@pytest.mark.parametrize(("shown", "expected"), [("Clear rivers", "Clear rivers"), ("Rivers", "Valley Courier")])
def test_a_short_headline_is_the_title_where_the_head_names_the_site_alone(shown: str, expected: str) -> None:
    head = "<title>Valley Courier</title><meta property='og:site_name' content='Valley Courier'>"
    page = f"<html><head>{head}</head><body>{OVER}<h4>{shown}</h4><p>{'Water and the town. ' * 9}</p></body></html>"
    assert metadata(tree(page), URL).title == expected


@pytest.mark.parametrize(
    "name", ["citation_title", "parsely-title", "sailthru.title", "ArticleTitle", "headline", "title"]
)
def test_names_that_programs_give_a_title_count_where_the_head_has_the_sites_alone(name: str) -> None:
    head = f"<title>Valley Courier</title><meta name='{name}' content='{RIVERS}'>"
    assert metadata(tree(f"<html><head>{head}</head><body>{OVER}<p>Water</p></body></html>"), URL).title == RIVERS


def test_markup_in_a_claim_is_not_of_the_title() -> None:
    assert titled(["<em>The river</em> is clear, 2 < 3"], [], [], "") == "The river is clear, 2 < 3"


@pytest.mark.parametrize(
    "dressing",
    [
        "<small>Engineers do not know why</small>",
        "<span class='article-subtitle'>Engineers do not know why</span>",
        "<time>12 May 2024</time>",
        "<a class='share' href='/share'>Share</a>",
        "<span class='comments-count'>(12)</span>",
        "<span class='author'>by Ann O</span>",
        "<button>Save</button>",
    ],
)
def test_what_dresses_a_heading_is_not_of_it_unless_the_head_repeats_it(dressing: str) -> None:
    root = tree(f"<html><body><h1>{RIVERS} {dressing}</h1></body></html>")
    heading = next(root.iter("h1"))
    whole = " ".join(heading.itertext())
    assert heading_text(heading) == RIVERS
    assert heading_text(heading, [bare(whole)]) == " ".join(whole.split())


@pytest.mark.parametrize(
    "handle",
    [
        *(f"<a class='headerlink' href='#river'>{sign}</a>" for sign in ("¶", "#", "\uf0c1", "\u200b", "Link")),
        "<a href='#river'><svg></svg></a>",
        "<span class='mw-editsection'>[edit]</span>",
    ],
)
@pytest.mark.parametrize("heading", ["{0}{1}", "{1}{0}", "{0} {1}"])
def test_what_leads_to_a_heading_is_never_of_it(handle: str, heading: str) -> None:
    root = tree(f"<html><body><h1>{heading.format(RIVERS, handle)}</h1></body></html>")
    for claims in ([], [bare(RIVERS)]):
        assert heading_text(next(root.iter("h1")), claims) == RIVERS


def test_a_heading_of_nothing_but_dressing_stays() -> None:
    root = tree("<html><body><h1><small>The river</small></h1></body></html>")
    assert heading_text(next(root.iter("h1"))) == "The river"


@given(st.lists(st.text(max_size=60), max_size=3), st.lists(st.text(max_size=60), max_size=3), st.text(max_size=20))
def test_no_text_breaks_it(claims: list[str], headings: list[str], site: str) -> None:
    titled(claims, headings, headings, site)


@pytest.mark.parametrize(
    "body",
    [
        "<h2>x</h2>" * 60_000,
        "<h1>" + "<b>x</b>" * 100_000 + "</h1>",
        "<p class='tit'>" * 200 + "x" * 100_000,
        "<h1>x</h1>" * 60_000,
        "<div class='title'>" * 200 + "<a>x</a>" * 60_000,
        "<a href='/' title='y'>x</a>" * 60_000,
        "<b>x</b>" * 60_000,
    ],
)
def test_a_hostile_page_costs_what_its_size_costs(body: str) -> None:
    root = tree(f"<html><body>{body}</body></html>")
    start = time.process_time()
    titled(["x" * 500], [heading_text(one) for one in root.iter("h1")], lesser_headings(root), "")
    assert time.process_time() - start < 3
