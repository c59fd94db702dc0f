"""Dates are read whatever numbers they are written in, and whatever letters their months."""

from __future__ import annotations

import sys
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.dates import stated
from crawler.core.month_names import _SCRIPTS, _names, named
from crawler.core.numerals import may_have_year, plain

DAY = datetime(2024, 7, 26, tzinfo=UTC)
WRITTEN = [
    "２０２４年７月２６日",
    "二〇二四年七月二十六日",
    "二零二四年七月廿六日",
    "二○二四年七月二六日",
    "民國一一三年七月二十六日",
    "中華民國一百一十三年七月二十六日",
    "令和六年七月二十六日",
    "٢٦ يوليو ٢٠٢٤",
    "۲۶ ژوئیه ۲۰۲۴",
    "२६ जुलाई २०२४",
    "২৬ জুলাই ২০২৪",
    "26 ஜூலை 2024",
    "26 జులై 2024",
    "26 ജൂലൈ 2024",
    "26 جولائی 2024",
    "26 ივლისი 2024",
    "26 កក្កដា 2024",
    "26 กรกฎาคม 2024",
    "26 กรกฎาคม 2567",
    "Hulyo 26, 2024",
    "26 Julai 2024",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_day_is_read_in_any_numbers_and_letters(text: str) -> None:
    assert stated(text, UTC) == DAY


def test_a_digit_of_every_script_is_read() -> None:
    digits = [one for one in map(chr, range(sys.maxunicode + 1)) if one.isdecimal()]
    assert len(digits) > 600
    assert {(one, plain(f"page {one}")) for one in digits} == {
        (one, f"page {unicodedata.decimal(one)}") for one in digits
    }
    assert all(may_have_year(f"({one * 4})") for one in digits if not one.isascii())


@pytest.mark.parametrize("text", [text for text in WRITTEN if "2024" not in text and "2567" not in text])
def test_such_a_year_is_seen(text: str) -> None:
    assert may_have_year(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一九九九年十二月三十一日 10:15", "1999年12月31日 10:15"),
        ("二〇二四年十月一號", "2024年10月1日"),
        ("平成元年二月三日", "平成1年2月3日"),
        ("三十年前，一个七月的日子", "三十年前，一个七月的日子"),
        ("page ٣", "page 3"),
        ("26 July 2024", "26 July 2024"),
    ],
)
def test_only_dates_and_digits_are_written_anew(text: str, said: str) -> None:
    assert plain(text) == said


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("〇零一二十百廿年月日元٢०2 ")), max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    written = plain(text)
    assert plain(written) == written
    may_have_year(text)
    stated(text, UTC)


@given(st.text(min_size=1, max_size=12))
def test_most_words_are_no_month(word: str) -> None:
    assert 0 <= named(word) <= 12


@pytest.mark.parametrize("languages", [languages for _, languages in _SCRIPTS if languages])
def test_each_script_has_all_months(languages: str) -> None:
    assert set(_names(languages).values()) == set(range(1, 13))
