"""Extraction in processes that can be killed: a page may take ten seconds and half a gigabyte, and no more.

Measured: a page of 200,000 attributes keeps libxml2 busy for minutes, and no signal stops it inside a process.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from queue import SimpleQueue
from typing import TYPE_CHECKING, Self

from pebble import CONSTS, ProcessExpired, ProcessPool

from crawler.core.errors import ExtractionError
from crawler.core.model import Article, NoArticle, Page
from crawler.extraction import worker

if TYPE_CHECKING:
    from types import TracebackType

MEBIBYTE = 1024 * 1024
MAX_RESIDENT_BYTES = 300 * MEBIBYTE  # a worker that keeps more after a page makes room for a new one
CONSTS.term_timeout = 0.1  # seconds between SIGTERM and SIGKILL; pebble's 3 would hold up the run


_Task = Future[tuple[Article | NoArticle, int]]


class _Worker:
    """One process, begun again after a page that killed it or left too much behind."""

    def __init__(self, timeout_s: float, max_memory_bytes: int) -> None:
        self._timeout_s = timeout_s
        self._max_memory_bytes = max_memory_bytes
        self._task: _Task | None = None
        self._pool = self._begun()

    def _begun(self) -> ProcessPool:
        return ProcessPool(
            max_workers=1,
            initializer=worker.set_up,
            initargs=(self._max_memory_bytes,),
            context=multiprocessing.get_context("spawn"),
        )

    def warm(self) -> None:
        self._schedule(b"", "", None, ()).result()

    def _schedule(self, body: bytes, url: str, content_type: str | None, hints: tuple[str, ...]) -> _Task:
        taken = body, url, content_type, hints
        try:
            self._task = self._pool.schedule(worker.page_read, args=taken, timeout=self._timeout_s)
        except RuntimeError as err:  # so pebble says that the process ended while idle
            raise BrokenProcessPool("the worker process ended") from err
        return self._task

    def read(self, page: Page) -> Article | NoArticle:
        """Raises: BrokenProcessPool where the process ended before it took the page, CancelledError when stopped."""
        try:
            result, resident_bytes = self._schedule(page.body, page.url, page.content_type, page.hints).result()
        except TimeoutError:
            return NoArticle(page.url, f"reading took longer than {self._timeout_s:g} s")
        except ProcessExpired as err:
            return NoArticle(page.url, f"reading ended its process (exit status {err.exitcode})")
        if resident_bytes > MAX_RESIDENT_BYTES:
            self.restart()
        return result

    def restart(self) -> None:
        self.stop()
        self._pool = self._begun()

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()  # pebble never answers for what runs when a pool is stopped
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves some methods bare
        self._pool.join()


class Extractor:
    """Reads pages in worker processes, one a core. A context manager; `close` ends the processes."""

    def __init__(
        self, workers: int | None = None, timeout_s: float = 10.0, max_memory_bytes: int = 512 * MEBIBYTE
    ) -> None:
        """`timeout_s` and `max_memory_bytes` are for one page; memory counts beyond what the libraries need."""
        count = workers or os.cpu_count() or 1
        self._closed = False
        self._workers = [_Worker(timeout_s, max_memory_bytes) for _ in range(count)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for one in self._workers:
            self._idle.put(one)
        # a thread a worker: Linux ends a worker when the thread that began it ends, and these live as long as we do
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="extraction")

    def warm(self) -> None:
        """Start the workers now, without waiting for them: they need about a second before the first page."""
        for one in self._workers:
            self._idle.get()
            self._threads.submit(self._warmed, one)

    def _warmed(self, one: _Worker) -> None:
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
                if self._closed:
                    raise
                one.restart()
                return one.read(page)
        except (BrokenProcessPool, CancelledError) as err:
            raise ExtractionError(f"{page.url}: no extraction worker; is there memory and a free process?") from err
        finally:
            self._idle.put(one)

    def close(self) -> None:
        """End the workers. Readings that run end with ExtractionError, those that wait are cancelled."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for one in self._workers:
            one.stop()
        self._threads.shutdown(wait=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
