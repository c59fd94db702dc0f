"""One process that reads pages, and what pebble does not tell or do of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessPool

from crawler.core.model import Article, NoArticle, Page
from crawler.extraction.processes import worker

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

MAX_RESIDENT_BYTES = 300 * 1024 * 1024  # a process that keeps more after a page makes room for a new one
_LOOK_S = 0.5  # seconds between two looks at whether an answer can still come
CONSTS.term_timeout = 0.1  # seconds between SIGTERM and SIGKILL; pebble's 3 would hold up the run

Polish = Callable[[Article], Article]
_T = TypeVar("_T")
_Task = Future[tuple[Any, int]]  # as `worker.work_done` gives it


class Reader:
    """One process, begun again after a page that killed it or left too much behind."""

    def __init__(self, timeout_s: float, max_memory_bytes: int, polish: Polish | None) -> None:
        self._polish = polish  # see `read`
        self._timeout_s = timeout_s
        self._max_memory_bytes = max_memory_bytes
        self._lock = Lock()  # a task is handed over before the stop, and cancelled by it, or not at all
        self._stopped = False
        self._task: _Task | None = None
        self._ending: list[BaseProcess] = []
        self._pool = self._begun()

    def _begun(self) -> ProcessPool:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPool(max_workers=1, initializer=worker.set_up, initargs=(self._max_memory_bytes,), context=spawn)

    def warm(self) -> None:
        """Start the process. Raises: as `_asked`."""
        self._asked(worker.page_read, b"", "", None, ())

    def _asked(self, work: Callable[..., _T], *args: object) -> tuple[_T | NoArticle, int]:
        """Raises: as `done`, and for the page's sake TimeoutError, ProcessExpired."""
        with self._lock:
            if self._stopped:
                raise CancelledError
            try:
                task = self._pool.schedule(worker.work_done, args=(work, *args), timeout=self._timeout_s)
            except RuntimeError as err:  # so pebble says that the process ended while idle
                raise BrokenProcessPool("the worker process ended") from err
            self._task = task
        return self._answer(task)

    def _answer(self, task: _Task) -> tuple[Any, int]:
        """Never waits without looking up: pebble forgets what it was handed while its pool broke or stopped."""
        while not task.done():
            try:
                task.exception(_LOOK_S)
            except TimeoutError:  # of the look; the page's own is a result
                if not self._pool.active and task.cancel():
                    raise BrokenProcessPool("the worker process ended") from None
        return task.result()

    def read(self, page: Page) -> Article | NoArticle:
        """The reading, polished. Raises: as `done`."""
        return self.done(worker.page_read, page.body, page.url, page.content_type, page.hints, self._polish)

    def done(self, work: Callable[..., _T], body: bytes, url: str, *args: object) -> _T | NoArticle:
        """What `work`, a function of a module, makes of a body; a `NoArticle` where the body broke it.

        Raises: BrokenProcessPool where the process ended before it took the body, CancelledError when stopped.
        """
        try:
            result, resident_bytes = self._asked(work, body, url, *args)
        except TimeoutError:
            return NoArticle(url, f"reading took longer than {self._timeout_s:g} s")
        except ProcessExpired as err:
            return NoArticle(url, f"reading ended its process (exit status {err.exitcode})")
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
        channel = self._pool._pool_manager.worker_manager.workers_channel  # noqa: SLF001
        # pebble drops its locks before it ends the process; one that still starts would miss them with a traceback.
        locks = () if channel is None else tuple(vars(channel.mutex).values())
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves some methods bare
        self._pool.join()
        del locks

    def _processes(self) -> list[BaseProcess]:
        return list(self._pool._pool_manager.worker_manager.workers.values())  # noqa: SLF001  # pebble tells no other way

    def kill(self) -> None:
        """End the process at once, where stopping it does not come to an end."""
        for process in self._ending + self._processes():
            process.kill()
