from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from crawler.config import load
from crawler.config.units import LONGEST, Size, Span
from crawler.core.errors import ConfigError

SPAN, SIZE = TypeAdapter(Span), TypeAdapter(Size)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90s", timedelta(seconds=90)),
        ("5 m", timedelta(minutes=5)),
        ("1h", timedelta(hours=1)),
        ("30d", timedelta(days=30)),
        ("2w", timedelta(weeks=2)),
        ("P30D", timedelta(days=30)),
        ("P2W", timedelta(weeks=2)),
        ("PT1H30M", timedelta(minutes=90)),
        ("P1DT1S", timedelta(days=1, seconds=1)),
    ],
)
def test_a_span_is_a_number_with_a_unit_or_an_iso_duration(text, span):
    assert SPAN.validate_python(text) == span


@pytest.mark.parametrize(
    "value", ["", "1", 1, 1.5, True, None, "1y", "P1Y", "P", "PT", "P1DT", "-1d", "0s", "3651d", "9" * 400 + "w", "١d"]
)
def test_what_is_no_span_says_how_one_is_written(value):
    with pytest.raises(ValidationError, match="time span"):
        SPAN.validate_python(value)


@given(st.one_of(st.text(), st.from_regex(r"P?T?\d+[A-Za-z]+", fullmatch=True)))
def test_any_text_is_a_span_within_bounds_or_an_error(text):
    with suppress(ValidationError):
        assert timedelta(0) < SPAN.validate_python(text) <= LONGEST


@pytest.mark.parametrize(
    ("value", "size"),
    [(0, 0), (7, 7), ("1GiB", 2**30), ("500MB", 500_000_000), ("1.5 kb", 1500), ("64k", None), ("20", 20), ("3b", 3)],
)
def test_a_size_is_a_number_of_bytes_or_has_a_unit(value, size):
    if size is None:
        with pytest.raises(ValidationError, match="a size is"):
            SIZE.validate_python(value)
    else:
        assert SIZE.validate_python(value) == size


@given(st.one_of(st.text(), st.from_regex(r"\d+(\.\d+)? ?[A-Za-z]{0,3}", fullmatch=True), st.integers(), st.floats()))
def test_anything_is_a_size_or_an_error(value):
    with suppress(ValidationError):
        assert SIZE.validate_python(value) >= 0


def test_sizes_and_counts_may_be_left_open(written):
    limits = load(written("limits: {pages: , minutes: , bytes: , disk_free: 1GiB}\n"), {}).limits
    assert (limits.pages, limits.minutes, limits.bytes, limits.disk_free) == (None, None, None, 2**30)
    limits = load(written("limits: {pages: 500, minutes: 45, bytes: 2GB, disk_free: 0}\n"), {}).limits
    assert (limits.pages, limits.minutes, limits.bytes, limits.disk_free) == (500, 45, 2 * 10**9, 0)


def test_articles_are_visited_again_after_an_hour_a_day_a_week_unless_it_is_said_otherwise(written):
    assert load(None, {}).refresh.recheck == (timedelta(hours=1), timedelta(days=1), timedelta(days=7))
    assert load(written("refresh: {recheck: [2h, P3D]}\n"), {}).refresh.recheck == (
        timedelta(hours=2),
        timedelta(days=3),
    )
    assert load(written("refresh: {recheck: []}\n"), {}).refresh.recheck == ()


@pytest.mark.parametrize("spans", ["1d, 1h", "1d, 24h"])
def test_visits_again_are_written_in_order(written, spans):
    with pytest.raises(ConfigError, match="write them in order"):
        load(written(f"refresh: {{recheck: [{spans}]}}\n"), {})
