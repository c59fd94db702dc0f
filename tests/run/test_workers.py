"""How a job ended by what its workers said and died of."""

from __future__ import annotations

import pytest

from crawler.core.errors import StorageError, WorkersError
from crawler.run.crawl import End
from crawler.run.workers import _end


@pytest.mark.parametrize("exits", [(0, 0), (-9, -15), (1, 0)])
def test_workers_that_were_told_to_stop_and_say_nothing_more_were_interrupted(exits: tuple[int, ...]) -> None:
    assert _end([], exits, is_stopped=True) is End.INTERRUPTED


@pytest.mark.parametrize(
    ("exits", "words"),
    [
        ((-9, -9), "all 2 workers died (Killed);"),
        ((1, -11, 1), "all 3 workers died (exit status 1, Segmentation fault);"),
        ((-63, 0), "all 2 workers died (Real-time signal 29);"),
        ((0, 0), "all 2 workers died (without a word);"),
    ],
)
def test_workers_that_all_died_by_themselves_are_told(exits: tuple[int, ...], words: str) -> None:
    with pytest.raises(WorkersError) as caught:
        _end([], exits, is_stopped=False)
    assert str(caught.value).startswith(words)


def test_the_failure_that_a_worker_reported_says_more_than_the_death_of_the_others() -> None:
    failure = StorageError("the disk is full")
    with pytest.raises(StorageError, match="the disk is full"):
        _end([End.FINISHED, failure], [0, 0, -9], is_stopped=False)


def test_who_is_left_finishes_the_job_and_the_dead_are_told(caplog: pytest.LogCaptureFixture) -> None:
    assert _end([End.FINISHED], [0, -9], is_stopped=False) is End.FINISHED
    assert "1 of 2 workers died (Killed)" in caplog.text
