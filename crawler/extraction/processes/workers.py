"""Extraction in processes that can be killed: a page may take ten seconds and half a gigabyte, and no more.

Measured: a page of 200,000 attributes keeps libxml2 busy for minutes, and no signal stops it inside a process.
"""

from __future__ import annotations

import os
import time
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Self, TypeVar

from crawler.core.errors import ExtractionError
from crawler.extraction.processes.reader import Polish, Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.core.model import Article, NoArticle, Page

_T = TypeVar("_T")
_R = TypeVar("_R")

MEBIBYTE = 1024 * 1024
CLOSE_S = 5.0  # seconds that closing may take; then the processes are killed
KILL_S = 1.0  # seconds that the killed may take to be gone


def _joined(threads: list[Thread], within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return not any(thread.is_alive() for thread in threads)


class Extractor:
    """Reads pages in worker processes, one a core. A context manager; `close` ends the processes."""

    def __init__(
        self,
        workers: int | None = None,
        timeout_s: float = 10.0,
        max_memory_bytes: int = 512 * MEBIBYTE,
        polish: Polish | None = None,
    ) -> None:
        """`timeout_s` and `max_memory_bytes` are for one page; memory counts beyond what the libraries need.

        `polish`: what is done with each article in its worker; a function of a module, so that it can be sent there.
        """
        count = workers or os.cpu_count() or 1
        self._workers = [Reader(timeout_s, max_memory_bytes, polish) for _ in range(count)]
        self._closing, self._is_closed = Lock(), False
        self._idle: SimpleQueue[Reader] = SimpleQueue()
        for one in self._workers:
            self._idle.put(one)
        # a thread a worker: Linux ends a worker when the thread that began it ends, and these live as long as we do
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="extraction")

    def warm(self) -> None:
        """Start the workers now, without waiting for them: they need about a second before the first page."""
        for _ in self._workers:
            self._threads.submit(self._warmed)

    def _warmed(self) -> None:
        one = self._idle.get()  # in the thread: a thread that runs always finds a worker, as there is one for each
        try:
            one.warm()
        finally:
            self._idle.put(one)

    def read(self, page: Page) -> Future[Article | NoArticle]:
        """The reading, to come. A page that kills, stalls or exhausts its worker gives a `NoArticle`.

        The future raises ExtractionError where no worker can be started, or all were stopped meanwhile.

        Raises: ExtractionError after `close`.
        """
        return self._submitted(page.url, lambda one: one.read(page))

    def done(self, work: Callable[..., _T], body: bytes, url: str, *args: object) -> Future[_T | NoArticle]:
        """What `work(body, url, *args)` makes of another body, as `read`. `work`: a function of a module."""
        return self._submitted(url, lambda one: one.done(work, body, url, *args))

    def _submitted(self, url: str, ask: Callable[[Reader], _R]) -> Future[_R]:
        try:
            return self._threads.submit(self._asked, url, ask)
        except RuntimeError as err:
            raise ExtractionError(f"{url}: the workers are closed; make a new Extractor") from err

    def _asked(self, url: str, ask: Callable[[Reader], _R]) -> _R:
        one = self._idle.get()
        try:
            try:
                return ask(one)
            except BrokenProcessPool:  # it ended while idle, which is no page's fault
                one.restart()
                return ask(one)
        except (BrokenProcessPool, CancelledError) as err:
            raise ExtractionError(f"{url}: no extraction worker; is there memory and a free process?") from err
        finally:
            self._idle.put(one)

    def close(self) -> None:
        """End the workers. Readings that run end with ExtractionError, those that wait are cancelled.

        Takes a fraction of a second as a rule, `CLOSE_S` and `KILL_S` at the most. Closing once more waits for that.
        """
        with self._closing:
            if not self._is_closed:
                self._is_closed = True
                self._close()

    def _close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        ends = [*(one.stop for one in self._workers), self._threads.shutdown]
        ending = [Thread(target=end, daemon=True) for end in ends]
        for thread in ending:
            thread.start()
        if not _joined(ending, CLOSE_S):
            for one in self._workers:
                one.kill()
            _joined(ending, KILL_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
