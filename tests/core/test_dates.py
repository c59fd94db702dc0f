from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.dates import moment, stated

THEN = datetime(2024, 7, 26, 3, 38, 40, tzinfo=UTC)
MINUTE = THEN.replace(second=0)
DAY = datetime(2024, 7, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Fri, 26 Jul 2024 11:38:40 +0800",
        "Mon, 26 Jul 2024 03:38:40 GMT",
        "Freitag, 26 Jul 24 03:38:40 UT",
        "26 Jul 2024 03:38:40 Z",
        "Fri,26 Jul 2024 11:38:40 +08:00",
        "Fri, 26 July 2024 11:38:40 GMT+8",
        "Fri, 26-Jul-2024 03:38:40 GMT",
        "Thu, 25 Jul 2024 23:38:40 EDT",
        "Thu, 25 Jul 2024 20:38:40 PDT",
        "Fri, 26 Jul 2024 09:08:40 IST",
        "vendredi 26 juillet 2024 05:38:40 +0200",
        "Fr, 26. Juli 2024 05:38:40 MESZ",
        "Пт, 26 июл 2024 06:38:40 +0300",
        "Jum, 26 Jul 2024 10:38:40 WIB",
        "26 de julio de 2024 03:38:40",
        "Παρ, 26 Ιουλ 2024 06:38:40 EEST",
        "pt., 26 lip 2024 05:38:40 CEST",
        "Jul 26, 2024 3:38:40 AM",
        "July 26th, 2024 03:38:40 UTC",
        "Fri Jul 26 03:38:40 2024",
        "Fri Jul 26 03:38:40 UTC 2024",
        "Fri Jul 26 2024 11:38:40 GMT+0800 (中国标准时间)",
        "2024-07-26T03:38:40Z",
        "2024-07-26T11:38:40+08:00",
        "2024-07-26T11:38:40+0800[Asia/Shanghai]",
        "2024-07-26T11:38:40+8",
        "2024-07-26T11:38:40 0800",
        "2024-07-26 11:38:40 +0800",
        "2024-07-26 03:38:40",
        "2024-7-26 3:38:40",
        "2024/07/26 03:38:40",
        "20240726T033840Z",
        "20240726033840",
        "1721965120",
        "1721965120000",
        "1721965120000000",
        "/Date(1721965120000)/",
        "2024年7月26日 11:38:40 (北京时间)",
        "2024年07月26日 上午11时38分40秒 CST",
        "２０２４年７月２６日　１１：３８：４０　北京时间",
        "2024年7月26日 星期五 11点38分40秒 东八区",
        "2024年7月26日 下午12:38:40 东京时间",
        "民國113年7月26日 11:38:40 台北時間",
        "令和6年7月26日 12時38分40秒 日本時間",
        "2024년 7월 26일 오전 3시 38분 40초",
        "2024. 7. 26. 03:38:40",
        "2024. július 26. 03:38:40",
        "2024 m. liepos 26 d. 03:38:40",
        "26. heinäkuuta 2024 03:38:40",
        "26 يوليو 2024 03:38:40",
        "26.07.2024 03:38:40",
        "26/07/2024 03:38:40",
        "07/26/2024 03:38:40",
        "\n  Fri, 26 Jul 2024 03:38:40 GMT \t",
    ],
)
def test_every_shape_of_a_time_is_read(text: str) -> None:
    assert moment(text) == THEN


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-26",
        "2024/7/26",
        "20240726",
        "2024年7月26日",
        "26 July 2024",
        "Fri, 26 Jul 2024",
        "Jul 26, 2024",
        "2024-07-26Z",
    ],
)
def test_a_day_alone_is_its_midnight(text: str) -> None:
    assert moment(text, ZoneInfo("Asia/Shanghai")) == DAY


@pytest.mark.parametrize("text", ["2024年7月26日 11:38", "2024-07-26 11:38", "Fri, 26 Jul 2024 11:38"])
def test_a_time_without_a_zone_is_in_the_one_that_is_known_of_the_site(text: str) -> None:
    assert moment(text, ZoneInfo("Asia/Shanghai")) == MINUTE


@pytest.mark.parametrize(
    "text", ["2024-07-26T03:38Z", "2024年7月26日 11:38 北京时间", "2024-07-26T03:38:00.000Z", "26 Jul 2024 03:38 GMT"]
)
def test_seconds_may_be_missing(text: str) -> None:
    assert moment(text) == MINUTE


@pytest.mark.parametrize(
    "text", ["2024-07-26T03:38:40.5Z", "2024-07-26T03:38:40,500Z", "2024-07-26T03:38:40.500000000Z"]
)
def test_fractions_of_any_length_are_read(text: str) -> None:
    assert moment(text) == THEN.replace(microsecond=500_000)


@pytest.mark.parametrize(
    "text",
    [
        "26 de julio del 2024", "26/Jul/2024", "26th of July, 2024", "26 يوليو، 2024", "26 / 07 / 2024", "26 - 07 - 2024",
        "26. července 2024", "26. srpnja 2024.", "26. jula 2024", "26. јул 2024", "26 ліпеня 2024", "26 juuli 2024",
        "26 iyul 2024", "26 korrik 2024", "26 ביולי 2024", "26 تموز 2024", "26 जुलाई 2024", "26 ก.ค. 2567",
        "26 กรกฎาคม 2567", "Thứ Sáu, 26 tháng 7, 2024", "Ngày 26 Tháng 7 năm 2024", "7 月 26, 2024", "七月 26, 2024",
        "26 7 月, 2024", "26 七月 2024", "Jul 26 Fri 2024",
    ],
)  # fmt: skip
def test_the_day_is_read_as_each_language_writes_it(text: str) -> None:
    assert moment(text) == DAY


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("1er juillet 2024", 7, 1), ("1º de julho de 2024", 7, 1), ("5 d'agost de 2024", 8, 5), ("5. června 2024", 6, 5),
        ("5. lipnja 2024", 6, 5), ("5 lipca 2024", 7, 5), ("5. srpna 2024", 8, 5), ("5 मई 2024", 5, 5),
        ("十一月 5, 2024", 11, 5), ("5 พ.ย. 2567", 11, 5),
    ],
)  # fmt: skip
def test_months_whose_names_begin_alike_are_told_apart(text: str, month: int, day: int) -> None:
    assert moment(text) == datetime(2024, month, day, tzinfo=UTC)


def test_midnight_may_be_written_as_24_and_a_leap_second_as_60() -> None:
    assert moment("2024-07-25T24:00:00Z") == DAY
    assert moment("2024-07-26T03:38:60Z") == THEN.replace(second=59)


def test_cst_is_american_in_english_and_chinese_in_chinese() -> None:
    assert moment("Thu, 25 Jul 2024 21:38:40 CST") == THEN
    assert moment("2024年7月26日 11:38:40 CST 星期五") == THEN


def test_a_year_of_two_digits_is_of_the_century_that_rfc_2822_says() -> None:
    assert moment("26 Jul 99 03:38:40 GMT") == datetime(1999, 7, 26, 3, 38, 40, tzinfo=UTC)
    assert moment("26 Jul 49 03:38:40 GMT") == datetime(2049, 7, 26, 3, 38, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "NaN", "Invalid Date", "null", "now", "yesterday", "3小时前", "0", "0000-00-00 00:00:00",
        "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 +0000", "9999-12-31", "2024-13-45",
        "31 Feb 2024 00:00:00 GMT", "01/02/2024", "2024", "2024-07", "26 Xyz 2024", "5 students 2024", "26 ก.ก. 2567", "99999999999999999999", "٢٠٢٤-٠٧-٩٩",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_unknown(text: str) -> None:
    assert moment(text) is None


def test_a_time_stays_in_the_zone_that_it_states() -> None:
    found = stated("2024-07-26T23:38:40-05:00")
    assert found is not None
    assert (found, found.day) == (datetime(2024, 7, 27, 4, 38, 40, tzinfo=UTC), 26)


def test_whoever_knows_the_page_decides_which_of_two_numbers_is_the_month() -> None:
    assert stated("07/06/2024", month_first=True) == datetime(2024, 7, 6, tzinfo=UTC)
    assert stated("07/06/2024", month_first=False) == datetime(2024, 6, 7, tzinfo=UTC)
    assert stated("26/07/2024", month_first=True) == DAY


@given(st.text(max_size=200) | st.from_regex(r"[0-9年月日時:/. +TZ-]{1,40}"))
def test_no_text_breaks_it(text: str) -> None:
    found = moment(text)
    assert found is None or found.tzinfo is UTC
