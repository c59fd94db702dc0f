"""The shared bench's pages, and what two extractors make of them: read in turn, in two processes, CPU time measured."""

from __future__ import annotations

import hashlib
import importlib
import logging
import multiprocessing
import sys
import time
import warnings
from typing import TYPE_CHECKING, Any
from zlib import crc32

from rich.progress import track

from tests.judges import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console

    Row = dict[str, Any]  # of the bench's manifest
    Reading = dict[str, Any]  # as its adapters give it, with "s", the seconds of CPU time
    Readings = dict[str, Reading]  # by the key of the page

BENCH = SHARED / "bench"
OURS, THEIRS = "ours", "trafilatura"
PROCESSES = 2
CHUNK = 4  # pages that a process takes at a time
DEV, HELD_OUT = "domains that were looked at", "held-out domains"
_NEVER = 7  # of eight
_ADAPTERS = {OURS: "crawler.extraction.bench:extract", THEIRS: "trafilatura"}
_EVERY = 8  # of a quick sample


def scorer() -> Any:
    """The module `run_bench` of the shared bench, which is no package."""
    if str(BENCH) not in sys.path:
        sys.path.insert(0, str(BENCH))
    return importlib.import_module("run_bench")


def part(row: Row) -> str:
    """Whether work on the extractor may look at a page. An eighth of the domains was never looked at.

    Half of them were left out until 2026-11-27, when a quarter (remainder 1 of four) and then half of the other one
    (3 of eight) were opened; what had been looked at before (even remainders) was closed, and counts as looked at.
    """
    return HELD_OUT if crc32(row["domain"].encode()) % 8 == _NEVER else DEV


def rows(*, quick: bool, datasets: Sequence[str] | None) -> list[Row]:
    """The pages, in an order that spreads sets and sizes; of a quick sample every eighth."""
    found = scorer().load(datasets, "all")
    found.sort(key=lambda row: hashlib.sha256(key(row).encode()).digest())
    return found[::_EVERY] if quick else found


def key(row: Row) -> str:
    return f"{row['dataset']}/{row['id']}"


def readings(pages: Sequence[Row], console: Console) -> dict[str, Readings]:
    """What each extractor makes of each page, by the extractor's name. Progress is shown on a terminal."""
    made: dict[str, Readings] = {name: {} for name in _ADAPTERS}
    with multiprocessing.get_context("spawn").Pool(PROCESSES, _set_up) as pool:
        done = track(
            pool.imap_unordered(_read, pages, CHUNK), "reading", len(pages),
            console=console, disable=not console.is_terminal, transient=True,
        )  # fmt: skip
        for page, found in done:
            for name, reading in found.items():
                made[name][page] = reading
    return made


def _set_up() -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    page = b"<title>Warm</title><article><p>" + b"What is imported at the first page is no page's time. " * 20
    for adapter in _adapters():
        adapter[1](page, "https://example.org/2024/warm.html")


def _adapters() -> Iterator[tuple[str, Callable[[bytes, str], Reading | None]]]:
    for name, adapter in _ADAPTERS.items():
        yield name, scorer().get_adapter(adapter)


def _read(row: Row) -> tuple[str, dict[str, Reading]]:
    html, found = scorer().html_of(row), {}
    for name, read in _adapters():
        started, error = time.process_time(), {}
        try:
            reading = read(html, row["url"]) or {}
        except Exception as err:  # noqa: BLE001  a page that breaks an extractor gave it nothing, as in the shared bench
            reading, error = {}, {"error": type(err).__name__}
        found[name] = {**reading, **error, "s": time.process_time() - started}
    return key(row), found
