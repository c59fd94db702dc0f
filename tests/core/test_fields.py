from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.fields import label, publication, text
from crawler.core.model import FrontValue, Post


def post(**fields: FrontValue) -> Post:
    return Post(path="a.md", fields=tuple(fields.items()), body="")


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2024-07-26T19:35:21.442Z", datetime(2024, 7, 26, 19, 35, 21, 442_000, UTC)),
        ("2024-07-26T19:35:21Z", datetime(2024, 7, 26, 19, 35, 21, 0, UTC)),
        ("2014-03-10T11:24:20+01:00", datetime(2014, 3, 10, 10, 24, 20, 0, UTC)),
        ("2014-03-10T00:30:00+0800", datetime(2014, 3, 9, 16, 30, 0, 0, UTC)),
        ("2014-03-10 11:24:20 +0800", datetime(2014, 3, 10, 3, 24, 20, 0, UTC)),
        ("2014-03-10 11:24:20  -07:30", datetime(2014, 3, 10, 18, 54, 20, 0, UTC)),
        ("2014-03-10 11:24:20 Z", datetime(2014, 3, 10, 11, 24, 20, 0, UTC)),
        ("2014-03-10 11:24", datetime(2014, 3, 10, 11, 24, 0, 0, UTC)),
        ("  2015-01-05 ", datetime(2015, 1, 5, 0, 0, 0, 0, UTC)),
    ],
)
def test_a_date_in_each_of_its_forms_is_a_moment_in_utc(date: str, moment: datetime) -> None:
    found = publication(post(date=date))
    assert found == moment
    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "date",
    [
        "",
        "NaN",
        "Invalid Date",
        "2015-02-30",
        "1721999999999",
        "0001-01-01T00:00+10:00",
        "9999-12-31T23:00-10:00",
        "昨天",
    ],
)
def test_a_date_that_cannot_be_read_is_none(date: str) -> None:
    assert publication(post(date=date)) is None


def test_no_date_is_none() -> None:
    assert publication(post()) is None
    assert publication(post(date=True)) is None
    assert publication(post(date=())) is None


@given(st.text(max_size=40) | st.text("0123456789-:T+Z. ", max_size=40))
def test_no_text_breaks_the_reading_of_dates(date: str) -> None:
    found = publication(post(date=date))
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"tags": ("泡泡", "b"), "categories": ("c",)}, "泡泡"),
        ({"tags": (), "categories": ("c",)}, "c"),
        ({"tags": ("", " ", " b ")}, "b"),
        ({"tags": "a b"}, "a b"),
        ({"categories": " c "}, "c"),
        ({"tags": " ", "categories": ""}, None),
        ({}, None),
    ],
)
def test_the_label_is_the_first_tag_or_category(fields: dict[str, FrontValue], name: str | None) -> None:
    assert label(post(**fields)) == name


def test_a_field_as_text() -> None:
    found = post(a=" b ", c=("d", "", "e"), f=True)
    assert [text(found, name) for name in "acfx"] == ["b", "d, e", "True", ""]
