"""SIGKILL at random moments: nothing is lost, nothing is double, every WARC file is whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.torture.kill import INTERRUPTED, killed

SEED = int(os.environ.get("PERMAPRESS_SEED", "20261125"))  # another one: another thirty kills


KILLS = 15  # of one process, and as many of three


@pytest.mark.timeout(400)  # a minute and a half where nothing else runs
@pytest.mark.parametrize("workers", [1, 3])
def test_kills_at_random_moments_lose_nothing_and_double_nothing(tmp_path: Path, workers: int) -> None:
    kills = number = 0
    while kills < KILLS:
        folder, seed = tmp_path / str(number), SEED + number
        done = killed(folder, seed, workers=workers, pages=200, most=KILLS - kills, again=number == 0)
        assert done.faults == (), (seed, workers)
        kills, number = kills + done.kills, number + 1


def working(folder: Path) -> set[str]:
    """The processes that were begun with this folder for their temporary files, by their number."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(folder) in (process / "environ").read_bytes() and "Z" not in _state(process):
                found.add(process.name)
        except OSError:  # it has ended, or is another user's
            continue
    return found


def _state(process: Path) -> str:
    return (process / "stat").read_text().rpartition(")")[2].split()[0]


@pytest.mark.parametrize("workers", [1, 3])
def test_ctrl_c_ends_the_torture_with_130_and_leaves_nothing_running(tmp_path: Path, workers: int) -> None:
    """As a terminal does it: the signal reaches the whole group."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.kill", "--pages", "60", "--workers", str(workers)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )  # fmt: skip
    over = time.monotonic() + 60
    while len(working(tmp_path)) < 4 + workers:  # itself, the site, the crawl with its readers
        assert time.monotonic() < over
        assert process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == INTERRUPTED, said
    assert "Traceback" not in said
    assert working(tmp_path) == set()
    assert list(tmp_path.iterdir()) == []
