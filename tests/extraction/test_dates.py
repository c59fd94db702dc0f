"""A page's date is what it says itself: structured data, then its URL, then what it shows; no guess, no clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article
from crawler.extraction import extract
from crawler.extraction.about.days.dateline import Shown, shown
from crawler.extraction.about.days.dates import reader
from crawler.extraction.about.days.day_numbers import month_first
from crawler.extraction.about.lines import Lines
from tests.extraction.pages import PROSE, article, page, tree

URL = "https://news.example/river-is-clear"
DAY = datetime(2024, 7, 26, tzinfo=UTC)


def published(html: str, url: str = URL) -> datetime | None:
    found = extract(html, url)
    assert isinstance(found, Article)
    return found.published


def under(line: str, language: str = "en") -> str:
    """A page with a line under its headline."""
    return article().replace("</h1>", f"</h1><div>{line}</div>").replace('lang="en"', f'lang="{language}"')


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("26 July 2024", "en"),
        ("By Ann O'Hara | Published Jul 26, 2024", "en"),
        ("Posted on 07/26/2024", "en"),
        ("Veröffentlicht am 26. Juli 2024", "de"),
        ("26.07.2024", "de"),
        ("Publié le 26 juillet 2024", "fr"),
        ("Publicado el 26 de julio de 2024", "es"),
        ("26 июля 2024 г.", "ru"),
        ("2024年7月26日", "zh"),
        ("发布时间：2024-07-26 来源：小河新闻网", "zh"),
        ("民國113年7月26日", "zh-TW"),
        ("發布日期：113-07-26", "zh-TW"),
        ("<span class='date'>113.7.26</span>", "zh-TW"),
        ("二〇二四年七月二十六日", "zh"),
        ("发布时间：２０２４年７月２６日", "zh"),
        ("٢٦ يوليو ٢٠٢٤", "ar"),
        ("২৬ জুলাই ২০২৪", "bn"),
        ("公開日: 2024/07/26", "ja"),
        ("입력 2024. 7. 26.", "ko"),
        ("<span>26</span> <span>July</span> <span>2024</span>", "en"),
        ("Updated August 1, 2024 · Published July 26, 2024", "en"),
        ("<b>Published</b> <span>July 26, 2024</span> <b>Updated</b> <span>August 1, 2024</span>", "en"),
        ("<div class='status-publish'><div>Last edit: August 1, 2024</div></div><p>Published July 26, 2024</p>", "en"),
        ("Mise à jour : 1 août 2024 - Mise en ligne : 26 juillet 2024", "fr"),
        ("<time datetime='2024-07-26'>Friday</time>", "en"),
        ("<time datetime='2024-07-26'></time>", "en"),
        ("<abbr class='timeago' title='2024-07-26'>2 years ago</abbr>", "en"),
        ("<time datetime='1721952000'>Friday</time>", "en"),
        ("<time data-timestamp='1721952000000'>2 years ago</time>", "en"),
        ("<span class='date' data-date='2024-07-26'>2 years ago</span>", "en"),
        ("<span class='time' title='2024-07-26'>vor 2 Jahren</span>", "de"),
        ("<span title='2024-07-26'>2年前</span>", "zh"),
        ("<span property='dc:date dc:created' content='2024-07-26' datatype='xsd:dateTime'>Friday</span>", "en"),
        ("<span property='schema:datePublished'>26 July 2024</span>", "en"),
        ("<relative-time datetime='2024-07-26'>2 years ago</relative-time>", "en"),
        ("发布时间：24-07-26 来源：小河新闻网", "zh"),
        ("Publié le 26/07/24", "fr"),
        ("<span class='date'>Stadt, 26.7.24</span>", "de"),
        ("<span class='entry-date'>7/26/24</span>", "en"),
        ("<span class='month'>Jul</span><span class='day'>26</span><span>Fri</span><span>2024</span>", "zh-TW"),
        ("Pubblicato il 26 luglio 2024 - Aggiornato il 27 luglio 2024", "it"),
        ("<span class='tarih'>26.07.2024 - Güncelleme: 01.08.2024</span>", "tr"),
        ("<dl><dt>Joined:</dt><dd>1 May 2020</dd></dl><p class='author'>Ann » 26 July 2024</p>", "en"),
    ],
)
def test_a_date_line_under_the_headline_is_read(line: str, language: str) -> None:
    assert published(under(line, language)) == DAY


@pytest.mark.parametrize(
    ("title", "is_read"),
    [
        ("The river - 26.07.2024 - Example", True),
        ("The river | 26 de julio de 2024 | Example", True),
        ("小河_2024年7月26日_小河网", True),
        ("The river of 26 July 2024 - Example", False),
        ("The river - 2024 - Example", False),
    ],
)
def test_a_day_between_separators_of_the_title_is_the_pages(title: str, *, is_read: bool) -> None:
    page = article().replace("<title>The river is clear</title>", f"<title>{title}</title>")
    assert title in page
    assert published(page) == (DAY if is_read else None)
    shown = under("24 July 2024").replace("<title>The river is clear</title>", f"<title>{title}</title>")
    assert title in shown
    assert published(shown) == (DAY if is_read else DAY.replace(day=24))


@pytest.mark.parametrize(
    "name",
    [
        "cXenseParse:recs:publishtime",
        "prism.publicationDate",
        "mediator_published_time",
        "shareaholic:article_published_time",
        "iso-8601-publish-date",
        "DisplayDate",
        "published_at",
        "dcterms.date",
        "citation_online_date",
    ],
)
def test_a_meta_element_of_one_program_dates_a_page_that_shows_no_date(name: str) -> None:
    meta = f'<meta name="{name}" content="2024-07-26">'
    assert published(article(head=meta)) == DAY
    shown = under("26 July 2023").replace("<title>", f"{meta}<title>")
    assert published(shown) == DAY.replace(year=2023)


@pytest.mark.parametrize("name", ["video:release_date", "article:modified_time", "expires", "article:expiration_time"])
def test_other_days_of_the_head_are_not_the_pages(name: str) -> None:
    assert published(article(head=f'<meta name="{name}" content="2024-07-26">')) is None


def test_a_headline_with_a_day_in_other_digits_is_still_the_headline() -> None:
    title = "二〇二三年五月一日的小河"
    page = under("<p>2024-07-26</p>", "zh").replace("<h1>", "<div>").replace("</h1>", "</div>")
    page = page.replace("The river is clear", title).replace("<body>", "<body><p>2025-10-07</p>")
    assert page.count(title) > 1
    assert published(page) == DAY


def test_the_title_in_a_mere_box_is_the_headline_too() -> None:
    page = under("<p>2024-07-26 10:22 By Ann O'Hara</p>").replace("<h1>", "<div>").replace("</h1>", "</div>")
    assert published(page.replace("<body>", "<body><p>Today: 7 October 2025</p>")) == DAY.replace(hour=10, minute=22)


def test_a_date_line_may_have_a_time() -> None:
    assert published(under("2024年7月26日 07:08", "zh")) == DAY.replace(hour=7, minute=8)


@pytest.mark.parametrize(
    "html",
    [
        under("yesterday, 2 hours ago"),
        under("A plan for 2024"),
        under("今天是2024年7月26日", "zh"),
        under("2024年7月26日 星期五 农历六月廿一", "zh"),
        under("<code>get 'https://news.example/2024/7/26/river'</code>"),
        under("<pre>26 July 2024</pre>"),
        under("Version 1.2.24"),
        under("<span class='date'>99,5.7.24 %</span>"),
        under("Member since 26 July 2024"),
        under("注册时间：2024-07-26", "zh"),
        article("<p>The river burst its banks on 26 July 2024, and the water stood in the market for a week.</p>"),
        article("<aside class='related'><a href='/x'>Another river</a> <time>26 July 2024</time></aside>"),
        article().replace("</footer>", "<p>© 26 July 2024 Example News</p></footer>"),
        article("<ol class='comments'><li>A reader, 26 July 2024</li></ol>"),
    ],
)
def test_what_is_no_dateline_dates_nothing(html: str) -> None:
    assert published(html) is None


@pytest.mark.parametrize(
    "below",
    [
        "<div class='submitted'>Gespeichert von <span>ann</span> am 26. Juli 2024 - 00:00</div>",
        "<div><time datetime='2024-07-26'>July 26, 2024</time></div>",
    ],
)
def test_a_date_may_stand_below_the_text(below: str) -> None:
    assert published(article(f"{'<p>The river ran black for ten years, and the stalls closed.</p>' * 9}{below}")) == DAY


@pytest.mark.parametrize(
    "day", ["26.7.2024 - ", "26 July 2024 – ", "July 26, 2024 | ", "2024-07-26 — ", "(26 July 2024) "]
)
def test_a_paragraph_under_the_headline_may_begin_with_the_day(day: str) -> None:
    text = "The small river west of the town ran black for ten years. " * 5
    assert published(page(f"<h1>The river is clear</h1><p>{day}{text}</p>")) == DAY
    assert published(page(f"<h1>The river is clear</h1><p>The {day.strip(' -–|—()')} flood – {text}</p>")) is None


@pytest.mark.parametrize("more", [2, 5])
def test_a_lead_may_stand_over_a_paragraph_that_begins_with_the_day(more: int) -> None:
    text = "The small river west of the town ran black for ten years. "
    lead, first = f"<p>{text * 4}</p>", f"<p>26.7.2024 – {text * more}</p>"
    assert published(page(f"<h1>The river is clear</h1>{lead}{first}{lead}")) == DAY
    assert published(page(f"<h1>The river is clear</h1>{lead}{lead}{first}")) is None


def test_a_caption_that_the_headline_stands_in_may_begin_with_the_day() -> None:
    text = "<p>The river ran black for ten years, and the stalls along the bank closed one by one.</p>" * 3
    figure = "<figure><img src='/a.jpg'><figcaption><small>26.07.2024 Rivers</small>{}</figcaption></figure>"
    assert published(page(figure.format("<h1>The river is clear</h1>") + text)) == DAY
    assert published(page(figure.format("") + "<h1>The river is clear</h1>" + text)) is None


def test_a_date_of_the_last_change_is_the_pages_only_where_it_has_no_other() -> None:
    assert published(under("Last updated on July 26, 2024")) == DAY
    assert published(under("Last updated on August 1, 2024"), "https://news.example/2024/07/26/river") == DAY


@pytest.mark.parametrize("name", ["published", "published-date", "article:published", "publication_date", "dc:date"])
def test_a_meta_element_may_call_the_day_of_publication_by_other_names(name: str) -> None:
    assert published(article(head=f'<title>x</title><meta name="{name}" content="2024-07-26">')) == DAY


@pytest.mark.parametrize(
    "path",
    [
        *("2024/07/26/river", "2024-07/26/c_1.htm", "202407/26/x", "202407/t20240726_1.html", "2024/0726/c1-2.html"),
        *("2024/jul/26/river", "blog/2024/July/26/river"),
    ],
)
def test_a_url_may_hold_the_day(path: str) -> None:
    assert published(article(), f"https://news.example/{path}") == DAY


@pytest.mark.parametrize(
    "path", ["120240726", "river?day=20240726", "2024/13/45", "99/20240726123", "2024/julian/26/river", "2024/feb/30/x"]
)
def test_other_numbers_in_a_url_are_no_day(path: str) -> None:
    assert published(article(), f"https://news.example/{path}") is None


def test_the_day_is_the_one_that_the_pages_readers_saw() -> None:
    head = '<title>x</title><meta property="article:published_time" content="{}">'
    found = published(article(head=head.format("2024-07-26T21:38:40-05:00")))
    assert found is not None
    assert (found, found.day) == (datetime(2024, 7, 27, 2, 38, 40, tzinfo=UTC), 26)


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2024-07-27T02:38:40Z", 26),
        ("2024-07-25T20:38:40Z", 26),
        ("2024-07-26T02:38:40Z", 26),
        ("2024-07-27T20:38:40Z", 27),
        ("2024-07-27T00:00:00Z", 27),
        ("2024-07-27", 27),
        ("2024-08-26T02:38:40Z", 26),
    ],
)
def test_a_time_in_utc_is_on_the_day_that_the_url_has_if_a_zone_allows_it(stated: str, day: int) -> None:
    head = f'<title>x</title><meta property="article:published_time" content="{stated}">'
    found = published(article(head=head), "https://news.example/2024/07/26/river-is-clear")
    assert found is not None
    assert (found, found.day) == (datetime.fromisoformat(stated if "T" in stated else f"{stated}T00:00:00Z"), day)


def test_of_two_writings_of_one_moment_the_one_with_a_zone_counts() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-07-27T02:38:40Z"}</script>'
        '<meta property="article:published_time" content="2024-07-26T21:38:40-05:00">'
    )
    found = published(article(head=head))
    assert found is not None
    assert found.day == 26


def test_the_date_of_the_page_serves_where_no_article_is_described() -> None:
    data = '{"@graph": [{"@type": "WebPage", "name": "x", "datePublished": "2024-07-26"}]}'
    assert published(article(head=f'<script type="application/ld+json">{data}</script>')) == DAY


def test_a_day_within_a_sentence_is_none_where_another_is_told() -> None:
    line = "<p>The next meeting of the town is on 5 August 2024.</p>"
    below = "<p>This page was last edited on 26 July 2024.</p>"
    assert published(article(below).replace("</h1>", f"</h1>{line}")) == DAY


@pytest.mark.parametrize(
    ("line", "elsewhere", "day"),
    [("07/06/2024", "26/07/2024", (6, 7)), ("07/06/2024", "07/26/2024", (7, 6)), ("07-06-2024", "7-26-2024", (7, 6))],
)
@pytest.mark.parametrize("language", ["en", "de", ""])
def test_a_date_with_a_number_above_twelve_tells_the_order_of_the_others(
    line: str, elsewhere: str, day: tuple[int, int], language: str
) -> None:
    found = published(under(line, language).replace("</footer>", f"<p>{elsewhere}</p></footer>"))
    assert found == datetime(2024, *day, tzinfo=UTC)


@pytest.mark.parametrize(("elsewhere", "day"), [("2024-06-07", (6, 7)), ("2024-07-06", (7, 6))])
@pytest.mark.parametrize("language", ["en", "de", ""])
def test_the_same_day_with_the_year_first_tells_the_order(elsewhere: str, day: tuple[int, int], language: str) -> None:
    beside = f"<li><a href='/x'>Another river of the town</a> <time datetime='{elsewhere}'>then</time></li>"
    html = under("07-06-2024", language).replace("</footer>", f"<ul class='related'>{beside}</ul></footer>")
    assert published(html) == datetime(2024, *day, tzinfo=UTC)


def test_dates_that_contradict_each_other_tell_no_order() -> None:
    both = "<p>26/07/2024</p><p>07/26/2024</p>"
    assert published(under("07/06/2024", "de").replace("</footer>", f"{both}</footer>")) == DAY.replace(month=6, day=7)


@pytest.mark.parametrize(
    "script",
    [
        'var page = {"pubtime": "2024-07-26 00:00"}',
        "data = {'publish_date': '2024-07-26'}",
        'var ct = "1721952000";',
        '{\\"publishedAt\\":\\"2024-07-26T00:00:00Z\\"}',
        'a = {publish_time: 1721952000000, b: {"publish_time": "2024-07-26"}}',
    ],
)
def test_a_script_may_call_the_day_by_other_names(script: str) -> None:
    assert published(article(f"<script>{script}</script>")) == DAY


@pytest.mark.parametrize(
    "script",
    [
        '[{"pubtime": "2024-07-26"}, {"pubtime": "2024-07-25"}]',
        'var direct = "1721952000"; unpubtime = "2024-07-26"; pubtime = "yesterday"',
    ],
)
def test_a_script_that_dates_several_articles_dates_none(script: str) -> None:
    assert published(article(f"<script>{script}</script>")) is None


def test_a_date_for_the_program_that_draws_the_page_is_the_last_resort() -> None:
    state = '<script>window.state = {"page": {"datePublished": "2024-07-26T00:00:00Z"}}</script>'
    assert published(article(head=state)) == DAY


@pytest.mark.parametrize(
    ("url", "language", "expected"),
    [
        ("https://news.example/", "en", 2),
        ("https://news.example/", "de", 1),
        ("https://news.example/", "en-GB", 1),
        ("https://news.co.uk/", "en", 1),
    ],
)
def test_the_language_decides_which_number_is_the_month(url: str, language: str, expected: int) -> None:
    found = reader(url, language).sight("01/02/2024")
    assert found is not None
    assert found.day == expected


def test_nobody_knows_which_number_is_the_month_in_structured_data() -> None:
    assert reader(URL, "en").machine("01/02/2024") is None


def test_a_time_without_a_zone_is_in_the_sites_zone() -> None:
    found = reader("https://www.rfa.org/x", "zh").machine("2024.07.26 11:38")
    assert found == datetime(2024, 7, 26, 15, 38, tzinfo=UTC)


@given(st.text(alphabet=st.sampled_from("2024年月日/-. publishedUpdated<>divtime'民國July"), max_size=120))
def test_no_line_breaks_it(line: str) -> None:
    root = tree(f"<html><body><h1>x</h1><p>{line}</p></body></html>")
    shown(Lines(root), "x", reader(URL, "en").sight)


@pytest.mark.parametrize(
    "body",
    [
        "<p>26 July 2024</p>" * 40_000,
        "<div>" * 200 + "<i></i>2024 " * 60_000,
        "<p>" + "1/1/2024 " * 100_000 + "</p>",
        "<b></b>" * 200_000 + "2024-07-26",
        "<p>joined 1.2.24 1.2.24 1/2/24 13-1-2024</p>" * 40_000,
        f"<p>{PROSE[0]}</p>" * 20_000,
    ],
)
def test_a_hostile_page_costs_what_its_size_costs(body: str) -> None:
    root = tree(f"<html><body><h1>x</h1>{body}</body></html>")
    start = time.process_time()
    assert isinstance(shown(Lines(root), "x", reader(URL, "en").sight), Shown)
    assert month_first(Lines(root)) in {None, True, False}
    assert time.process_time() - start < 2
