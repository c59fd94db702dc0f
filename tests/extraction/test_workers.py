"""A hostile page ends within its limits, and the others are read all the same."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crawler.core.errors import ExtractionError
from crawler.core.model import Article, Capture, NoArticle, Page
from crawler.extraction import extract
from crawler.extraction.processes import reader, workers
from crawler.extraction.processes.workers import MEBIBYTE, Extractor
from tests.extraction.pages import URL, article

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT_S = 2.0
CAPTURE = Capture(URL, "x.warc.gz", 0, 1, "urn:uuid:0", datetime(2024, 5, 6, tzinfo=UTC))
SLOW = b"<html><body><div " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">x</div>"
ENTITIES = b"".join(b'<!ENTITY e%d "%s">' % (number, b"&e%d;" % (number - 1) * 10) for number in range(1, 12))
HOSTILE = {
    "200,000 attributes": SLOW,
    "60,000 levels": b"<html><body>" + b"<div>" * 60_000 + b"x",
    "10 MB": b"<html><body>" + b"<p>hello, this is one more line of it</p>" * 260_000,
    "entity bomb": b'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaa">' + ENTITIES + b"]><html><body><p>&e11;</p></body></html>",
    "100,000 brackets": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>x</p>",
    "NULs": b"<html><body>" + b"\0" * 1_000_000 + b"<p>x\0y</p>",
}


def page(body: bytes) -> Page:
    return Page(URL, body, "text/html", CAPTURE)


GOOD = page(article().encode())
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor(1, timeout_s=LIMIT_S) as one:
        one.warm()
        yield one


def test_a_worker_reads_what_the_room_reads(extractor: Extractor) -> None:
    assert extractor.read(GOOD).result(30) == extract(GOOD.body, URL, "text/html")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_in_time_and_the_next_is_read(extractor: Extractor, name: str) -> None:
    extractor.read(GOOD).result(30)
    began = time.monotonic()
    found = extractor.read(page(HOSTILE[name])).result(30)
    assert time.monotonic() - began < LIMIT_S + 1.5
    assert isinstance(found, NoArticle)
    assert found.reason
    assert isinstance(extractor.read(GOOD).result(30), Article)


def test_a_page_that_needs_too_much_memory_gives_a_reason() -> None:
    with Extractor(1, timeout_s=20, max_memory_bytes=24 * MEBIBYTE) as small:
        found = small.read(page(b"<html><body>" + b"<p>word</p>" * 400_000)).result(30)
        assert isinstance(found, NoArticle)
        assert isinstance(small.read(GOOD).result(30), Article)


def test_many_pages_at_once_all_get_their_own_answer() -> None:
    with Extractor(2, timeout_s=LIMIT_S) as two:
        bodies = [
            article(f"<p>This line stands in page {number} and in no other.</p>").encode() for number in range(30)
        ]
        found = [future.result(30) for future in [two.read(page(body)) for body in bodies]]
    assert all(isinstance(one, Article) and f"in page {number} and" in one.text for number, one in enumerate(found))


@linux
def test_a_worker_that_died_while_idle_is_replaced(extractor: Extractor) -> None:
    extractor.read(GOOD).result(30)
    for child in multiprocessing.active_children():
        child.kill()
    time.sleep(0.5)
    assert isinstance(extractor.read(GOOD).result(30), Article)


@linux
def test_a_worker_that_keeps_too_much_makes_room_for_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    others = set(multiprocessing.active_children())
    with Extractor(1, timeout_s=LIMIT_S) as one:
        one.read(GOOD).result(30)
        assert set(multiprocessing.active_children()) - others  # below the limit it stays
        monkeypatch.setattr(reader, "MAX_RESIDENT_BYTES", MEBIBYTE)
        one.read(GOOD).result(30)
        assert not set(multiprocessing.active_children()) - others
        assert isinstance(one.read(GOOD).result(30), Article)


def test_closing_ends_what_runs_and_refuses_what_comes() -> None:
    extractor = Extractor(1, timeout_s=30)
    extractor.read(GOOD).result(30)
    running = extractor.read(page(SLOW))
    time.sleep(0.3)
    extractor.close()
    assert isinstance(running.exception(5), ExtractionError)
    with pytest.raises(ExtractionError, match="closed"):
        extractor.read(GOOD)


def test_closing_at_once_after_warming_always_ends() -> None:
    before = set(multiprocessing.active_children())
    for turn in range(40):
        extractor = Extractor(2, timeout_s=LIMIT_S)
        extractor.warm()
        time.sleep(turn % 10 * 0.003)  # so that it falls before, into and after the start of the processes
        closing = threading.Thread(target=extractor.close, daemon=True)
        closing.start()
        closing.join(3)
        assert not closing.is_alive()
    assert not set(multiprocessing.active_children()) - before


def test_closing_kills_what_does_not_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(multiprocessing.active_children())
    monkeypatch.setattr(workers, "CLOSE_S", 0.5)
    extractor = Extractor(1, timeout_s=30)
    extractor.read(GOOD).result(30)
    monkeypatch.setattr(reader.CONSTS, "term_timeout", 20)  # libxml2 does not hear SIGTERM
    running = extractor.read(page(SLOW))
    time.sleep(0.3)
    began = time.monotonic()
    extractor.close()
    assert time.monotonic() - began < 3
    assert not set(multiprocessing.active_children()) - before
    assert isinstance(running.exception(5), ExtractionError)


OPEN_AND_CLOSE = """
import time
from crawler.extraction.processes.workers import Extractor
if __name__ == "__main__":
    for turn in range(10):
        extractor = Extractor(2)
        extractor.warm()
        time.sleep(turn * 0.003)
        extractor.close()
"""


def test_a_program_that_closes_while_it_warms_ends(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(OPEN_AND_CLOSE, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, str(program)], env=environment, timeout=30, check=True)


PROGRAM = """
import sys, time
from tests.extraction.test_workers import GOOD, SLOW, Extractor, page
if __name__ == "__main__":
    extractor = Extractor(1, timeout_s=60)
    extractor.read(GOOD).result()
    extractor.read(page(SLOW))
    time.sleep(0.3)
    try:
        print("ready", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        pass
    print(len([p for p in __import__("multiprocessing").active_children() if p.is_alive()]), flush=True)
    extractor.close()
"""


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        if process.poll() is None:
            process.kill()


def children(process: subprocess.Popen[str]) -> set[int]:
    return {int(one) for one in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()} | {
        int(one)
        for task in Path(f"/proc/{process.pid}/task").iterdir()
        for one in (task / "children").read_text().split()
    }


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@linux
def test_workers_die_with_a_parent_that_was_killed(parent: subprocess.Popen[str]) -> None:
    workers = children(parent)
    assert workers
    parent.kill()
    deadline = time.monotonic() + 5
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, workers))


@linux
def test_an_interrupt_at_the_terminal_leaves_the_workers_to_the_parent(parent: subprocess.Popen[str]) -> None:
    os.killpg(parent.pid, signal.SIGINT)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "1\n"
    assert parent.wait(10) == 0
