"""A job by one process or by several on one frontier, each with its own WARC file; the ledger paces them all."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Sized
from contextlib import contextmanager, redirect_stderr, suppress
from dataclasses import replace
from datetime import UTC, datetime
from io import TextIOBase
from multiprocessing.connection import Connection, wait
from threading import RLock, Thread
from typing import IO, TYPE_CHECKING, cast

from crawler.core.errors import PermapressError, WorkersError
from crawler.core.visit import SCHEDULED, Outcome
from crawler.fetch.recorder import new_run
from crawler.ledger import Ledger
from crawler.run.crawl import End, crawl, prepare
from crawler.run.interrupt import raise_lost
from crawler.run.job import settings_of
from crawler.work.place import ledger_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.context import SpawnProcess

    from scrapy.settings import Settings

    from crawler.config import Config
    from crawler.run.job import Job

logger = logging.getLogger(__name__)


def work(job: Job, config: Config, told: Callable[[Outcome], None], log_level: str, workers: int = 1) -> End:
    """Do a job with so many processes; `told` gets each outcome as it is reached.

    Raises: StorageError, LedgerError: the output cannot be opened, or not be written any more. WorkersError: every
    process died.
    """
    prepare(config)
    raise_lost()
    if workers == 1:
        return crawl(job, settings_of(job, config, log_level, readers=_readers(job, 1)), told)
    _take_in(job, config)
    rest, readers = replace(job, intakes=()), _readers(job, workers)
    chosen = [settings_of(rest, config, log_level, readers=readers, workers=workers) for _ in range(workers)]
    children = [_started(rest, each) for each in chosen]
    with _signals_passed_on([process for process, _ in children]) as passed_on:
        ends = [*_heard([connection for _, connection in children], told)]
    for process, _ in children:
        process.join()
    return _end(ends, [process.exitcode or 0 for process, _ in children], is_stopped=bool(passed_on))


def _readers(job: Job, workers: int) -> int:
    """Processes that read pages, for each worker: together one a core, and no more than there are pages."""
    sizes = [len(intake.seeds) if isinstance(intake.seeds, Sized) else sys.maxsize for intake in job.intakes]
    pages = sys.maxsize if job.follow.related else sum(sizes)
    return max(1, min((os.cpu_count() or 1) // workers, pages))


def _take_in(job: Job, config: Config) -> None:
    """All seeds before any worker: one that came to an empty frontier would take the job for done."""
    now = datetime.now(UTC)
    with Ledger(ledger_of(config)) as ledger:
        run = ledger.unfinished_run(job.name) if job.name != SCHEDULED else None
        for intake in job.intakes:
            ledger.add(intake.seeds, run=run or new_run(now), job=job.name, at=now, again=job.again, entry=intake.entry)


def _started(job: Job, settings: Settings) -> tuple[SpawnProcess, Connection]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_child, args=(job, settings, theirs))
    process.start()
    theirs.close()
    return process, ours


def _child(job: Job, settings: Settings, parent: Connection) -> None:
    Thread(target=_mind, args=(parent,), daemon=True).start()
    lock = RLock()

    def say(said: Outcome | End | PermapressError | str) -> None:
        with lock, suppress(OSError):  # nobody listens any more: the ledger has it
            parent.send(said)

    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    with redirect_stderr(cast("IO[str]", _Above(say)) if is_terminal else sys.stderr):
        try:
            say(crawl(job, settings, say, is_child=True))
        except PermapressError as err:
            say(err)


class _Above(TextIOBase):
    """The standard error of a child of a terminal: its parent prints the lines, above what it draws there itself."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say

    def write(self, text: str) -> int:
        """Pass it on as it is."""
        self._say(text)
        return len(text)


def _mind(parent: Connection) -> None:
    """Stop when the parent is gone: it never says anything."""
    with suppress(OSError, EOFError):
        parent.recv()
    os.kill(os.getpid(), signal.SIGTERM)


def _heard(children: Sequence[Connection], told: Callable[[Outcome], None]) -> Iterator[End | PermapressError]:
    """How each child ended; nothing of one that was killed."""
    listening = list(children)
    while listening:
        for child in cast("list[Connection]", wait(listening)):
            try:
                said: Outcome | End | PermapressError | str = child.recv()
            except (EOFError, OSError):
                listening.remove(child)
                continue
            if isinstance(said, Outcome):
                told(said)
            elif isinstance(said, End | PermapressError):
                yield said
            else:
                sys.stderr.write(said)


def _end(ends: Sequence[End | PermapressError], exits: Sequence[int], *, is_stopped: bool) -> End:
    for end in ends:
        if isinstance(end, PermapressError):
            raise end
    if not ends and is_stopped:
        return End.INTERRUPTED
    if not ends:
        raise WorkersError(f"all {len(exits)} workers died ({_deaths(exits)}); run it again: what was finished is kept")
    if lost := len(exits) - len(ends):
        logger.warning("%d of %d workers died (%s)", lost, len(exits), _deaths(exits))
    return next(end for end in (End.INTERRUPTED, End.STORAGE, End.LIMIT, End.FINISHED) if end in ends)


def _deaths(exits: Sequence[int]) -> str:
    """Of what, each once: "Killed, exit status 1"."""
    words = (signal.strsignal(-code) or "a signal" if code < 0 else f"exit status {code}" for code in exits if code)
    return ", ".join(dict.fromkeys(words)) or "without a word"


@contextmanager
def _signals_passed_on(processes: Sequence[SpawnProcess]) -> Iterator[list[int]]:
    """Both signals reach the workers as SIGTERM, whether a terminal sent them to all or somebody to us alone.

    Which came so far is told.
    """
    passed_on: list[int] = []

    def pass_on(signum: int, _frame: object) -> None:
        passed_on.append(signum)
        for process in processes:
            if process.is_alive():
                process.terminate()

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield passed_on
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
