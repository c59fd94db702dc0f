"""Killed between each pair of steps of the order law, by name: the restart repeats work and loses none."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.judges import LONG
from tests.torture.crawl import end_group
from tests.torture.plan import HOSTS, planned
from tests.torture.setting import setting

if TYPE_CHECKING:
    from pathlib import Path

POINTS = ("page-recorded", "reading-recorded", "post-written", "outcome-recorded")


@pytest.mark.parametrize("times", [1, 6] if LONG else [6])
@pytest.mark.parametrize("point", POINTS)
def test_a_kill_between_two_steps_loses_nothing(tmp_path: Path, point: str, times: int) -> None:
    with setting(tmp_path, planned(times, pages=24, posts=12, hosts=HOSTS[:2])) as here:
        here.crawl.environment["PERMAPRESS_FAULT"] = f"{point}:{times}"
        process = here.crawl.started()
        assert process.wait(60) == -signal.SIGKILL, here.crawl.log.read_text(encoding="utf-8")
        end_group(process)
        here.crawl.note_kill()
        here.crawl.environment.clear()
        assert here.crawl.finished() == 0, here.crawl.log.read_text(encoding="utf-8")
        assert here.faults() == []
