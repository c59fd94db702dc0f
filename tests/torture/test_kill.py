"""SIGKILL at random moments: nothing is lost, nothing is double, every WARC file is whole."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.torture.kill import killed

if TYPE_CHECKING:
    from pathlib import Path

SEED = int(os.environ.get("PERMAPRESS_SEED", "20261125"))  # another one: another thirty kills


KILLS = 16  # of one process, and as many of three


@pytest.mark.timeout(400)  # a minute and a half where nothing else runs
@pytest.mark.parametrize("workers", [1, 3])
def test_kills_at_random_moments_lose_nothing_and_double_nothing(tmp_path: Path, workers: int) -> None:
    kills = number = 0
    while kills < KILLS:
        folder, seed = tmp_path / str(number), SEED + number
        done = killed(folder, seed, workers=workers, pages=200, most=KILLS - kills, again=number == 0)
        assert done.faults == (), (seed, workers)
        kills, number = kills + done.kills, number + 1
