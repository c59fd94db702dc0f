"""Reading does not fall below what it has reached on pages that show each structure real sites show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.floor.case import cases
from tests.extraction.floor.floor import raised, read
from tests.extraction.floor.score import figures, of_page, rounded_down

NAMES = st.dictionaries(st.sampled_from(["body", "date", "title"]), st.floats(0, 1))


@pytest.fixture(scope="module")
def reached() -> dict[str, float]:
    return figures(cases())


@pytest.mark.parametrize("name", sorted(read()))
def test_no_figure_is_below_the_floor(name: str, reached: dict[str, float]) -> None:
    assert reached[name] >= read()[name]


def test_every_figure_has_a_floor(reached: dict[str, float]) -> None:
    assert reached.keys() == read().keys()


def test_the_pages_are_many_and_each_has_its_own_text() -> None:
    found = cases()
    texts = [piece for case in found for piece in {*case.gold.kept} if len(piece) > 80]
    assert len(found) >= 60
    assert len({case.name for case in found}) == len(found)
    assert len(texts) == len(set(texts))


def test_a_page_reads_the_same_each_time() -> None:
    for case in cases()[::5]:
        assert of_page(case) == of_page(case)


@given(NAMES, NAMES)
def test_raising_never_lowers(floor: dict[str, float], now: dict[str, float]) -> None:
    after = raised(floor, now)
    assert all(after[name] >= value for name, value in floor.items())
    assert after.keys() == floor.keys() | now.keys()


@given(st.floats(0, 1))
def test_figures_are_rounded_down(value: float) -> None:
    assert value - 0.001 <= rounded_down(value) <= value + 1e-8
