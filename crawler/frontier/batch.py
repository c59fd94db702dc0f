"""Things that come one by one, done together: whatever came while the last batch was at work is the next one.

So a disk that is asked to sync is asked once for all that wait, and nobody waits for a clock.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

_T = TypeVar("_T")
_R = TypeVar("_R")


class Batch(Generic[_T, _R]):
    """Calls `work` with a list of things; it gives a result for each, in their order."""

    def __init__(self, work: Callable[[Sequence[_T]], Awaitable[Sequence[_R]]], most: int) -> None:
        """`most`: things at once."""
        self._work = work
        self._most = most
        self._waiting: list[tuple[_T, asyncio.Future[_R]]] = []
        self._working: asyncio.Task[None] | None = None

    async def add(self, thing: _T) -> _R:
        """Its result.

        Raises: what `work` raised; it then did nothing for any of the batch.
        """
        result: asyncio.Future[_R] = asyncio.get_running_loop().create_future()
        self._waiting.append((thing, result))
        if self._working is None:
            self._working = asyncio.create_task(self._run())
        return await result

    async def _run(self) -> None:
        while batch := self._waiting[: self._most]:
            del self._waiting[: self._most]
            try:
                done = await self._work([thing for thing, _ in batch])
            except Exception as err:  # noqa: BLE001 - raised to each of those who wait
                for _, result in batch:
                    _end(result, err)
            else:
                for (_, result), value in zip(batch, done, strict=True):
                    if not result.done():  # nobody waits any more: the crawl is being stopped
                        result.set_result(value)
        self._working = None


def _end(result: asyncio.Future[_R], error: Exception) -> None:
    if not result.done():
        result.set_exception(error)
