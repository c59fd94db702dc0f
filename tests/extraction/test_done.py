"""Other work than reading pages, in the same processes and within the same limits."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from crawler.core.model import Article, NoArticle
from crawler.extraction.processes.workers import MEBIBYTE, Extractor
from tests.extraction.test_workers import GOOD, linux

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = "https://a.example/rss"
LIMIT_S = 2.0


@dataclass(frozen=True, slots=True)
class Lines:
    """What a piece of work gives."""

    url: str
    lines: tuple[bytes, ...]


def lines(body: bytes, url: str, separator: bytes) -> Lines:
    return Lines(url, tuple(body.split(separator)))


def raising(body: bytes, url: str) -> Lines:
    raise ValueError("x" * 10_000)


def unspeakable(body: bytes, url: str) -> Lines:
    class Local(Exception):  # noqa: N818 - no pickle takes it
        pass

    raise Local(lambda: None)


def leaving(body: bytes, url: str) -> Lines:
    raise SystemExit(3)


def hanging(body: bytes, url: str) -> Lines:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    while True:
        time.sleep(1)


def killed(body: bytes, url: str) -> Lines:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def greedy(body: bytes, url: str) -> int:
    return len(bytearray(4096 * MEBIBYTE))


def unpicklable(body: bytes, url: str) -> object:
    return lambda: None


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor(1, timeout_s=LIMIT_S) as one:
        one.read(GOOD).result(30)
        yield one


def test_work_gets_its_arguments_and_gives_what_it_makes(extractor):
    assert extractor.done(lines, b"a|b", URL, b"|").result(30) == Lines(URL, (b"a", b"b"))


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (raising, "cannot be read: ValueError: xxx"),
        (unspeakable, "cannot be read: Local"),
        (leaving, "cannot be read: SystemExit: 3"),
        pytest.param(killed, "ended its process", marks=linux),
        pytest.param(hanging, "longer than 2 s", marks=linux),
        pytest.param(greedy, "needs more memory than a page may take", marks=linux),
    ],
)
def test_work_that_breaks_gives_a_reason_in_time_and_the_next_is_done(extractor, work, reason):
    began = time.monotonic()
    found = extractor.done(work, b"", URL).result(30)
    assert time.monotonic() - began < LIMIT_S + 3
    assert isinstance(found, NoArticle)
    assert found.url == URL
    assert reason in found.reason
    assert len(found.reason) < 300
    assert isinstance(extractor.read(GOOD).result(30), Article)


def test_a_result_that_cannot_be_sent_is_no_end_of_the_worker(extractor):
    future = extractor.done(unpicklable, b"", URL)
    assert isinstance(future.result(30), NoArticle)
    assert isinstance(extractor.read(GOOD).result(30), Article)
