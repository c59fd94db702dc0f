"""Calls that may wait for a disk: one thread makes them, and the first that fails for good ends the run."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from scrapy.exceptions import DropItem

from crawler.core.errors import LedgerError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Calls:
    """One thread; calls are made in the order in which they come."""

    def __init__(self, crawler: Crawler) -> None:
        self.failure: StorageError | LedgerError | None = None  # why the run ends; None: nothing stands in its way
        self._crawler = crawler
        self._is_over = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ledger")

    async def made(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """What the work gives, with the reactor left free.

        Raises: what it raises; after StorageError and LedgerError the run ends. DropItem after `end`: a visit whose
        end comes that late waits for the next run.
        """
        if self._is_over:
            raise DropItem("the crawl is closed; what is not recorded is done again")
        try:
            return await asyncio.wrap_future(self._thread.submit(work, *args, **kwargs))
        except (StorageError, LedgerError) as err:
            self.stop(err)
            raise

    def waited(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """What the work gives. Waits for it: not to be called from the reactor. Raises: what it raises."""
        return self._thread.submit(work, *args, **kwargs).result()

    def stop(self, err: StorageError | LedgerError) -> None:
        """End the run: what it does cannot be kept any more. What is leased stays leased, with no outcome."""
        if self.failure is None:
            self.failure = err
            engine = self._crawler.engine
            if engine is not None and engine.spider is not None:
                self._stopping = asyncio.ensure_future(engine.close_spider_async(reason="storage"))

    def end(self) -> None:
        """No more calls."""
        self._is_over = True
        self._thread.shutdown(wait=False)
