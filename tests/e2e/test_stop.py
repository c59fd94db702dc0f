"""SIGINT and SIGTERM amid a crawl with a page that hangs: a quick end, a closed archive, and nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.judges import LONG
from tests.torture.crawl import children, end_group, left
from tests.torture.plan import Kind, planned
from tests.torture.setting import setting

if TYPE_CHECKING:
    from pathlib import Path

    from tests.torture.plan import Plan
    from tests.torture.setting import Setting

EXIT = 130
STOPS = [(signal.SIGINT, 1), (signal.SIGTERM, 3), *([(signal.SIGINT, 3), (signal.SIGTERM, 1)] if LONG else [])]
# Seconds after the start: imports, readers that begin, the first pages; the workers begin at about 0.7.
STARTS = [
    (0.4, 1),
    (1.6, 3),
    *([(after / 10, workers) for after in range(2, 26, 2) for workers in (1, 3)] if LONG else []),
]


@pytest.fixture
def plan() -> Plan:
    """Page 3 answers after a minute the first time."""
    return planned(5, pages=40, posts=40, mixed=False).but(3, Kind.STUCK)


def begun(here: Setting) -> subprocess.Popen[bytes]:
    """A crawl that has the hanging page in flight, and others done."""
    process, stuck = here.crawl.started(), here.plan.pages[3]
    over = time.monotonic() + 60
    while not (any(one.target == stuck.path for one in here.site.seen()) and len(here.pages_seen()) > 8):
        assert process.poll() is None, here.crawl.log.read_text(encoding="utf-8")
        assert time.monotonic() < over
        time.sleep(0.01)
    return process


@pytest.mark.parametrize(("number", "workers"), STOPS)
def test_a_signal_ends_the_crawl_within_ten_seconds_and_the_next_run_finishes_it(
    tmp_path: Path, plan: Plan, number: signal.Signals, workers: int
) -> None:
    with setting(tmp_path, plan, workers=workers, pace="politeness: {delay: 0.3, per_host: 1}\n") as here:
        process = begun(here)
        process.send_signal(number)
        asked = time.monotonic()
        try:
            assert process.wait(20) == EXIT, here.crawl.log.read_text(encoding="utf-8")
        finally:
            end_group(process)
        assert time.monotonic() - asked < 10
        assert not list((here.crawl.output / "archive").glob("*.open"))
        assert here.crawl.leased() == frozenset()
        assert "Traceback" not in here.crawl.log.read_text(encoding="utf-8")
        assert here.crawl.finished() == 0
        assert here.faults() == []


@pytest.mark.parametrize(("after_s", "workers"), STARTS)
def test_a_signal_amid_the_start_ends_it_without_a_word_of_python_and_the_next_run_finishes_it(
    tmp_path: Path, after_s: float, workers: int
) -> None:
    plan = planned(5, pages=10, posts=10, mixed=False)
    with setting(tmp_path, plan, workers=workers) as here:
        process = here.crawl.started()
        time.sleep(after_s)
        process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        try:
            assert process.wait(20) in {EXIT, 0, -signal.SIGTERM}  # 0: it was through already; -: not yet begun
        finally:
            outliving = left(process.pid)
            end_group(process)
        assert outliving == []
        assert time.monotonic() - asked < 10
        assert "Traceback" not in here.crawl.log.read_text(encoding="utf-8")
        assert here.crawl.finished() == 0
        assert here.faults() == []


# Python says "Exception ignored" and goes on.
UNHEARD = """
import os, signal, sys, weakref
from crawler.cli import main
from crawler.run.interrupt import heed_signals

class Page:
    pass

heed_signals()
page = Page()
seen = weakref.ref(page, lambda _: os.kill(os.getpid(), signal.SIGTERM))
del page
main()
"""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_signal_that_python_drops_amid_a_callback_ends_the_crawl_before_it_visits(
    tmp_path: Path, workers: str
) -> None:
    plan = planned(5, pages=2, posts=2, mixed=False)
    with setting(tmp_path, plan) as here:
        follow = ("follow", here.crawl.posts, "-o", here.crawl.output, "--allow-private", "--workers", workers)
        ended = subprocess.run(
            [sys.executable, "-c", UNHEARD, *follow], capture_output=True, text=True, timeout=60, check=False
        )
        assert "Exception ignored" in ended.stderr
        assert ended.returncode == EXIT, ended.stderr
        assert here.site.seen() == []


def test_a_second_signal_ends_it_at_once_and_the_next_run_recovers(tmp_path: Path, plan: Plan) -> None:
    with setting(tmp_path, plan, pace="politeness: {delay: 0.3, per_host: 1}\n") as here:
        process = begun(here)
        here.crawl.note_kill()
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        asked = time.monotonic()
        try:
            assert process.wait(20) in {EXIT, -signal.SIGINT}
        finally:
            end_group(process)
        assert time.monotonic() - asked < 2
        assert here.crawl.finished() == 0
        assert here.faults() == []


def test_workers_that_are_all_killed_are_no_interruption_and_the_next_run_recovers(tmp_path: Path, plan: Plan) -> None:
    with setting(tmp_path, plan, workers=2, pace="politeness: {delay: 0.3, per_host: 1}\n") as here:
        process = begun(here)
        here.crawl.note_kill()
        for worker in children(process.pid):
            os.kill(worker, signal.SIGKILL)
        try:
            assert process.wait(20) == 1
        finally:
            end_group(process)
        said = here.crawl.log.read_text(encoding="utf-8")
        assert "all 2 workers died (Killed); run it again" in said
        assert "interrupted" not in said
        assert "Traceback" not in said
        assert here.crawl.finished() == 0
        assert here.faults() == []
