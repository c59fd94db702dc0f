"""Lines of buttons, labels and notes are no part of an article, in any of many languages; sentences are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article
from crawler.extraction import extract
from crawler.extraction.body.text.stock import _LINES, is_stock
from tests.extraction.pages import URL, article


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "[Article continues below]",
        "▶ Share this article",
        "Anzeige",
        "Das könnte Sie auch interessieren:",
        "La suite après la publicité",
        "Te puede interesar",
        "Continua depois da publicidade",
        "© Riproduzione riservata",
        "Advertentie",
        "Zobacz także:",
        "Реклама",
        "Haberin devamı için tıklayın",
        "【打印】 【关闭】".replace("】 【", " "),
        "分享到：",
        "請繼續往下閱讀...",
        "関連記事",
        "무단전재 및 재배포 금지",
        "[编辑]",
        "播报",
        "高清",
        "1.75X",
        "5 min read",
        "1,693 views",
        "Comments (3)",
        "阅读 1024",
    ],
)
def test_a_button_or_a_label_amid_the_prose_is_left_out(line: str) -> None:
    found = extract(article(f"<p>{line}</p>", f"<div>{line}</div>"), URL)
    assert isinstance(found, Article)
    assert line not in found.text
    assert line not in found.html


@pytest.mark.parametrize(
    "line",
    [
        "Share of the votes that the mill had in the spring: half.",
        "The print of a boot stood in the mud.",
        "He read more than others did.",
        "Anzeige erstattet hat bisher niemand.",
        "分享一个小镇的故事，让更多的人知道这条河。",
        "Trending upward, the water came to the wall.",
    ],
)
def test_a_sentence_with_such_words_stays(line: str) -> None:
    found = extract(article(f"<p>{line}</p>"), URL)
    assert isinstance(found, Article)
    assert line in found.text


def test_an_item_of_a_list_and_a_cell_are_not_asked() -> None:
    found = extract(
        article("<ul><li>Print</li><li>Paper</li></ul>", "<table><tr><td>Follow</td><td>Lead</td></tr></table>"), URL
    )
    assert isinstance(found, Article)
    assert all(word in found.text for word in ("Print", "Paper", "Follow", "Lead"))


def test_each_phrase_is_written_as_it_is_looked_for() -> None:
    assert [phrase for phrase in _LINES if not is_stock(phrase)] == []


@given(st.text(max_size=80))
def test_no_line_breaks_it(text: str) -> None:
    is_stock(text)


def test_a_hostile_line_costs_what_its_size_costs() -> None:
    start = time.process_time()
    for text in ("1" * 60, "comments" + " " * 52, "…" * 60, "1,1." * 15, "x" * 1_000_000):
        for _ in range(5_000):
            is_stock(text)
    assert time.process_time() - start < 2
