"""Reading does not fall below what it has reached on pages that show each structure real sites show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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


READ_ALL = """
import hashlib
from crawler.extraction import extract
from tests.extraction.floor.case import cases
read = [repr(extract(case.body, case.url, case.content_type)) for case in cases()]
print(hashlib.sha256("".join(read).encode("utf-8", "surrogatepass")).hexdigest())
"""


def test_two_processes_read_every_page_alike_whatever_the_order_of_their_sets() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", READ_ALL],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=100,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert len(said.pop().strip()) == 64
