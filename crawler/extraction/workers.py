"""Extraction in processes that can be killed: a page may take ten seconds and half a gigabyte, and no more.

Measured: a page of 200,000 attributes keeps libxml2 busy for minutes, and no signal stops it inside a process.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Self

from pebble import CONSTS, ProcessExpired, ProcessPool

from crawler.core.errors import ExtractionError
from crawler.core.model import Article, NoArticle, Page
from crawler.extraction import worker

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

MEBIBYTE = 1024 * 1024
MAX_RESIDENT_BYTES = 300 * MEBIBYTE  # a worker that keeps more after a page makes room for a new one
CLOSE_S = 5.0  # seconds that closing may take; then the processes are killed
KILL_S = 1.0  # seconds that the killed may take to be gone
_LOOK_S = 0.5  # seconds between two looks at whether an answer can still come
CONSTS.term_timeout = 0.1  # seconds between SIGTERM and SIGKILL; pebble's 3 would hold up the run

Polish = Callable[[Article], Article]
_Answer = tuple[Article | NoArticle, int]  # as `worker.page_read` gives it


class _Worker:
    """One process, begun again after a page that killed it or left too much behind."""

    def __init__(self, timeout_s: float, max_memory_bytes: int, polish: Polish | None) -> None:
        self._polish = polish
        self._timeout_s = timeout_s
        self._max_memory_bytes = max_memory_bytes
        self._lock = Lock()  # a task is handed over before the stop, and cancelled by it, or not at all
        self._stopped = False
        self._task: Future[_Answer] | None = None
        self._ending: list[BaseProcess] = []
        self._pool = self._begun()

    def _begun(self) -> ProcessPool:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPool(max_workers=1, initializer=worker.set_up, initargs=(self._max_memory_bytes,), context=spawn)

    def warm(self) -> None:
        """Start the process. Raises: as `_asked`."""
        self._asked(b"", "", None, ())

    def _asked(self, *taken: bytes | str | tuple[str, ...] | None) -> _Answer:
        """Raises: as `read`, and for the page's sake TimeoutError, ProcessExpired."""
        with self._lock:
            if self._stopped:
                raise CancelledError
            try:
                task = self._pool.schedule(worker.page_read, args=(*taken, self._polish), timeout=self._timeout_s)
            except RuntimeError as err:  # so pebble says that the process ended while idle
                raise BrokenProcessPool("the worker process ended") from err
            self._task = task
        return self._answer(task)

    def _answer(self, task: Future[_Answer]) -> _Answer:
        """Never waits without looking up: pebble forgets what it was handed while its pool broke or stopped."""
        while not task.done():
            try:
                task.exception(_LOOK_S)
            except TimeoutError:  # of the look; the page's own is a result
                if not self._pool.active and task.cancel():
                    raise BrokenProcessPool("the worker process ended") from None
        return task.result()

    def read(self, page: Page) -> Article | NoArticle:
        """Raises: BrokenProcessPool where the process ended before it took the page, CancelledError when stopped."""
        try:
            result, resident_bytes = self._asked(page.body, page.url, page.content_type, page.hints)
        except TimeoutError:
            return NoArticle(page.url, f"reading took longer than {self._timeout_s:g} s")
        except ProcessExpired as err:
            return NoArticle(page.url, f"reading ended its process (exit status {err.exitcode})")
        if resident_bytes > MAX_RESIDENT_BYTES:
            self.restart()
        return result

    def restart(self) -> None:
        """A new process for the next page; none once stopped."""
        with self._lock:
            if not self._stopped:
                self._end()
                self._pool = self._begun()

    def stop(self) -> None:
        """For good. A task that runs is cancelled, none is taken any more."""
        self._stopped = True
        with self._lock:
            self._ending = self._processes()  # pebble forgets a process before it waits for its end
            if self._task is not None:
                self._task.cancel()  # pebble never answers for what runs when a pool is stopped
            self._end()

    def _end(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves some methods bare
        self._pool.join()

    def _processes(self) -> list[BaseProcess]:
        return list(self._pool._pool_manager.worker_manager.workers.values())  # noqa: SLF001  # pebble tells no other way

    def kill(self) -> None:
        """End the process at once, where stopping it does not come to an end."""
        for process in self._ending + self._processes():
            process.kill()


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
        self._workers = [_Worker(timeout_s, max_memory_bytes, polish) for _ in range(count)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
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
        try:
            return self._threads.submit(self._read, page)
        except RuntimeError as err:
            raise ExtractionError(f"{page.url}: the workers are closed; make a new Extractor") from err

    def _read(self, page: Page) -> Article | NoArticle:
        one = self._idle.get()
        try:
            try:
                return one.read(page)
            except BrokenProcessPool:  # it ended while idle, which is no page's fault
                one.restart()
                return one.read(page)
        except (BrokenProcessPool, CancelledError) as err:
            raise ExtractionError(f"{page.url}: no extraction worker; is there memory and a free process?") from err
        finally:
            self._idle.put(one)

    def close(self) -> None:
        """End the workers. Readings that run end with ExtractionError, those that wait are cancelled.

        Takes a fraction of a second as a rule, `CLOSE_S` and `KILL_S` at the most.
        """
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
