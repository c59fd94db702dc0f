"""Workers that start before anybody needs them."""

from __future__ import annotations

import multiprocessing
import time

import pytest

from crawler.extraction.processes.early import begun, taken
from crawler.extraction.processes.workers import Extractor
from tests.extraction.test_workers import GOOD


def kept(article):
    """Nothing is done with an article; a function that the worker can import."""
    return article


def others():
    return set(multiprocessing.active_children())


def settled(before, within_s=5.0):
    """Whether no process is left that was not there before."""
    deadline = time.monotonic() + within_s
    while others() - before and time.monotonic() < deadline:
        time.sleep(0.02)
    return not others() - before


def started(before, within_s=10.0):
    deadline = time.monotonic() + within_s
    while not others() - before and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(others() - before)


def test_workers_that_nobody_takes_end_with_the_block():
    before = others()
    with begun(1, kept):
        assert started(before)
    assert settled(before)


def test_workers_that_nobody_takes_end_though_the_block_raises():
    before = others()
    with pytest.raises(KeyboardInterrupt), begun(1, kept):  # noqa: PT012 - both are the point
        assert started(before)
        raise KeyboardInterrupt
    assert settled(before)


def test_what_is_taken_is_the_taker_s_and_outlives_the_block():
    before = others()
    with begun(1, kept):
        extractor = taken(1, kept)
    try:
        assert extractor.read(GOOD).result(30).title
    finally:
        extractor.close()
    assert settled(before)


def test_they_are_taken_once():
    with begun(1, kept):
        first, second = taken(1, kept), taken(1, kept)
        assert first is not second
        first.close()
        second.close()


def test_without_a_beginning_new_ones_are_given_that_are_not_started_yet():
    before = others()
    extractor = taken(1, kept)
    assert isinstance(extractor, Extractor)
    assert not others() - before
    extractor.close()
