"""Ctrl-C and SIGTERM until a crawl minds them itself: what was begun is ended, and none is lost.

Python drops what is raised while it calls back (a weak reference's end, an import's lock, pydantic's schemas): of 400
signals amid the imports of a crawl, three were (2026-11-26). So each is remembered too, and asked for where a crawl
begins.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_came: list[int] = []


def heed_signals() -> None:
    """From now on both raise KeyboardInterrupt in the main thread."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)


def raise_lost() -> None:
    """Raise KeyboardInterrupt where a signal came, though nobody heard what it raised."""
    if _came:
        raise KeyboardInterrupt


def _interrupt(number: int, _frame: FrameType | None) -> None:
    _came.append(number)
    raise KeyboardInterrupt
