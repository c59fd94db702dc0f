"""What a site says on every page goes, and what is true each time it is said stays."""

import time
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core import memory
from crawler.core.model import Article, NoArticle
from crawler.extraction import extract
from crawler.extraction.repeats.blocks import fingerprint
from tests.extraction.pages import PROSE, URL, article
from tests.site.repeating import BACKGROUND, PAGES, QUOTE, SERIES, repeating

BASE = "https://courier.example"
LETTER = "Take our letter, which comes on Fridays and costs nothing."


def read(html: str, *hints: str, url: str = URL) -> Article:
    found = extract(html, url, hints=hints)
    assert isinstance(found, Article), found
    return found


def known(*texts: str, often: bool = False) -> tuple[str, ...]:
    return tuple(memory.hint(fingerprint(text), often=often) for text in texts)


@pytest.fixture(scope="module")
def learned() -> tuple[str, ...]:
    """The hints after twenty pages."""
    pages = [repeating(number) for number in range(20)]
    return memory.known([read(page.html, url=BASE + page.path).blocks for page in pages])


def test_after_twenty_pages_most_boilerplate_goes_and_nothing_true_is_lost(learned):
    before = after = 0
    for page in map(repeating, range(20, PAGES)):
        whole = read(page.html, url=BASE + page.path).text.split("\n")
        lines = read(page.html, *learned, url=BASE + page.path).text.split("\n")
        before += sum(len(line) for line in whole if line in page.boilerplate)
        after += sum(len(line) for line in lines if line in page.boilerplate)
        assert [line for line in lines if line in page.true] == [line for line in whole if line in page.true]
        assert {line for line in page.true if line in {SERIES, QUOTE, BACKGROUND}} <= set(lines)
    assert before > 500
    assert after < 0.4 * before


def test_what_goes_is_in_the_body_neither(learned):
    page = repeating(22)
    found = read(page.html, *learned, url=BASE + page.path)
    gone = [line for line in page.boilerplate if line not in found.text.split("\n")]
    assert len(gone) > 5
    for line in gone:
        assert escape(line, quote=False) not in found.html


def test_the_hints_that_hit_alone_give_the_same_reading(learned):
    page = repeating(23)
    found = read(page.html, "From the feed", *learned, url=BASE + page.path)
    assert 0 < len(found.known) < len(learned)
    assert read(page.html, "From the feed", *found.known, url=BASE + page.path) == found


def test_articles_that_a_box_led_to_are_still_related(learned):
    page = repeating(24)
    found = read(page.html, *learned, url=BASE + page.path)
    assert {link.url for link in found.related} == {BASE + path for path in page.related}


def test_a_reading_tells_its_blocks_as_they_were_before_any_was_cut(learned):
    page = repeating(21)
    assert read(page.html, *learned, url=BASE + page.path).blocks == read(page.html, url=BASE + page.path).blocks


def test_a_page_whose_whole_body_is_known_keeps_it_and_says_nothing():
    page = article()
    found = read(page, *known(*PROSE, often=True))
    assert found == read(page)
    assert found.known == ()


def test_most_of_an_article_never_goes():
    box = "".join(f'<div class="box"><p>{text}</p></div>' for text in PROSE)
    html = f"<h1>The river is clear</h1><article><p>Water is short.</p>{box}</article>"
    assert read(html, *known(*PROSE, often=True)).text == read(html).text


@pytest.mark.parametrize(
    "true",
    [
        "<p>Yes.</p>",
        "<p>“Yes,” said the fitter, and took his bucket down to the water again.</p>",
        "<blockquote><p>Whoever throws a thing into this river throws it at his children.</p></blockquote>",
        "<p><b>What do you do first when you come to the river?</b></p>",
        "<h2>What you need</h2>",
        "<ul><li>a bucket of ten litres</li><li>a pair of gloves</li></ul>",
        "<p>Editing by Ann Onymous and Bob Nobody; translated by Carl Other.</p>",
    ],
)
def test_what_speaks_for_itself_stays_though_every_page_says_it(true):
    page = article(true)
    whole = read(page)
    assert whole.text.count("\n") >= 5
    lines = set(whole.text.split("\n")) - set(PROSE)
    assert lines
    assert read(page, *known(*lines, often=True)).text == whole.text


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="box"><h3>Stay close</h3><p>{LETTER}</p></div>',
        f"<div><div>{LETTER}</div></div>",
        f'<p class="call">{LETTER}</p>',
        f'<p>{LETTER} <a href="/letter">Here</a></p>',
    ],
)
def test_a_box_that_stands_apart_goes_though_only_some_pages_have_it(box):
    page = article(box)
    hints = known(LETTER, f"{LETTER} Here", "Stay close")
    found = read(page, *hints)
    assert found.text.split("\n") == list(PROSE)
    assert LETTER not in found.html


def test_a_plain_paragraph_goes_only_where_most_pages_have_it():
    page = article(f"<p>{LETTER}</p>")
    assert LETTER in read(page, *known(LETTER)).text
    assert LETTER not in read(page, *known(LETTER, often=True)).text


def test_the_standing_words_before_an_article_stay_where_only_some_pages_have_them():
    html = article().replace("</h1>", f"</h1><p class='series'><em>{SERIES}</em></p>")
    assert SERIES in read(html, *known(SERIES)).text


def test_a_row_is_known_by_what_stands_before_its_link():
    rows = [f'<p>See also: <a href="/2026/5/story-{name}-of-the-day">{name * 5}</a></p>' for name in ("alpha", "beta")]
    blocks = [set(read(article(row)).blocks) for row in rows]
    (label,) = (blocks[0] & blocks[1]) - set(read(article()).blocks)
    found = read(article(rows[0]), memory.hint(label, often=False))
    assert "See also" not in found.text
    assert [link.url for link in found.related] == ["https://news.example/2026/5/story-alpha-of-the-day"]


def test_a_section_of_teasers_goes_with_the_heading_that_is_known():
    cards = "".join(
        f'<div class="card"><h4><a href="/2026/5/story-of-the-day-{number}">Another story, number {number}</a></h4>'
        f"<p>What happened then, told for the {number}th time.</p></div>"
        for number in range(3)
    )
    html = article().replace("</article>", f'<div class="grid"><h3>Keep reading</h3>{cards}</div></article>')
    assert "Another story" in read(html).text
    found = read(html, *known("Keep reading"))
    assert found.text.split("\n") == list(PROSE)
    assert "Another story" not in found.html
    assert len(found.related) == 3


def test_a_picture_beside_what_goes_stays():
    html = article(f'<div class="box"><p>{LETTER}</p><figure><img src="/river.jpg" width="600"></figure></div>')
    assert "river.jpg" in read(html, *known(LETTER)).html


def test_a_line_that_shares_its_block_with_the_article_stays():
    html = article(f"<div>The fitter went home.<br>{LETTER}</div>")
    assert LETTER in read(html, *known(LETTER, often=True)).text


def test_a_page_without_a_title_takes_that_of_the_source_and_never_a_block():
    html = article(head="").replace("h1>", "b>")
    hints = known(LETTER)
    assert read(html, "From the feed", *hints).title == "From the feed"
    assert read(html, *hints).title == ""


def test_case_marks_and_numbers_make_no_other_block():
    assert fingerprint("© 2024 The Courier – all rights") == fingerprint("© 1999  THE COURIER, all rights")
    assert fingerprint("one") != fingerprint("two")
    assert fingerprint(" 12 * 3 ") == ""


@given(st.lists(st.text(max_size=40) | st.from_regex(r"block:[0-9a-f]{16}\+?", fullmatch=True), max_size=8))
def test_no_hint_raises_or_makes_a_page_unreadable(hints):
    assert isinstance(extract(article(), URL, hints=hints), Article)


@given(st.data())
def test_whatever_is_known_only_whole_lines_go(data):
    page = repeating(data.draw(st.integers(0, 60)))
    whole = read(page.html, url=BASE + page.path)
    some = data.draw(st.lists(st.sampled_from(whole.blocks), unique=True))
    found = read(page.html, *(memory.hint(one, often=data.draw(st.booleans())) for one in some), url=BASE + page.path)
    lines = iter(whole.text.split("\n"))
    assert all(line in lines for line in found.text.split("\n"))
    assert read(page.html, *found.known, url=BASE + page.path) == found


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100 + "<p>x <a href='/a'>link</a></p>" * 4_000,
        f"<p>{LETTER}</p>" * 4_000,
        f"<div>{'<a href=/x-y-z-1>word</a> text<br>' * 4_000}</div>",
        "".join(f"<div><p>{LETTER}</p>" for _ in range(100)) + f"<p>{' '.join(PROSE)}</p>" * 500,
    ],
)
def test_hostile_repetition_is_read_in_time(body):
    html = article().replace("</article>", f"{body}</article>")
    plain = extract(html, URL)
    begun = time.process_time()
    extract(html, URL)
    without = time.process_time() - begun
    begun = time.process_time()
    found = extract(html, URL, hints=[memory.hint(one, often=True) for one in getattr(plain, "blocks", ())[::2]])
    assert isinstance(found, Article | NoArticle)
    assert time.process_time() - begun < without + 1
