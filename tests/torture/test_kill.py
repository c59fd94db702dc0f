"""SIGKILL at random moments: nothing is lost, nothing is double, every WARC file is whole."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.torture.kill import killed

if TYPE_CHECKING:
    from pathlib import Path

SEED = int(os.environ.get("PERMAPRESS_SEED", "20261125"))  # another one: another thirty kills


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("workers", "crawls"), [(1, 2), (3, 2)])
def test_kills_at_random_moments_lose_nothing_and_double_nothing(tmp_path: Path, workers: int, crawls: int) -> None:
    kills = 0
    for number in range(crawls):
        folder = tmp_path / str(number)
        done = killed(
            folder, SEED + number, workers=workers, pages=400 if number == 0 else 120, most=12, again=number == 0
        )
        assert done.faults == (), (SEED + number, workers)
        kills += done.kills
    assert kills >= 15, "the crawls were over before"
