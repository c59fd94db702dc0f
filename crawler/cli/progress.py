"""How a crawl goes on, on a terminal: one line on standard error, drawn twice a second, gone at the end.

It looks at the ledger, through a connection and a thread of its own, and knows nothing of the crawl: where anything
about it fails, the line ends with the reason and the run does not.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections import deque
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.text import Text

from crawler.core.errors import PermapressError
from crawler.core.model import Status
from crawler.ledger.watch import Watch
from crawler.work.tell import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.ledger.watch import Pulse

logger = logging.getLogger(__name__)

EVERY_S = 0.5
RATE_OVER_S = 10.0
MOST_HOSTS = 4

_STARTING = Text("starting …")


@contextmanager
def progress(job: str, ledger: Path, *, quiet: bool) -> Iterator[None]:
    """Show a job while the block runs; nothing where standard error is no terminal that can redraw a line."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    if quiet or not (_is_terminal() and console.is_interactive):
        yield
        return
    # What is printed meanwhile goes through the display, which keeps its line below it.
    live = Live(_STARTING, console=console, auto_refresh=False, transient=True, redirect_stdout=_is_one_terminal())
    over = Event()
    before = _before(job, ledger)
    drawing = Thread(target=_draw, args=(live, job, ledger, before, over), name="progress", daemon=True)
    live.start(refresh=True)
    drawing.start()
    try:
        yield
    finally:
        over.set()
        drawing.join()
        live.stop()


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _is_one_terminal() -> bool:
    """Whether standard output is the terminal that standard error is."""
    if sys.stdout is None or not sys.stdout.isatty():
        return False
    return os.fstat(sys.stdout.fileno()).st_rdev == os.fstat(sys.stderr.fileno()).st_rdev


def _before(job: str, ledger: Path) -> Pulse | None:
    """What earlier runs of the job did; None: there is no ledger, or none to be read."""
    try:
        with Watch(ledger) as watch:
            return watch.pulse(job, datetime.now(UTC))
    except PermapressError:
        return None


def _draw(live: Live, job: str, ledger: Path, before: Pulse | None, over: Event) -> None:
    try:
        while not ledger.exists():
            if over.wait(EVERY_S):
                return
        with Watch(ledger) as watch:
            line = _Line(before)
            while not over.wait(EVERY_S):
                live.update(line.of(watch.pulse(job, datetime.now(UTC)), time.monotonic()), refresh=True)
    except (PermapressError, OSError) as err:
        logger.warning("%s; progress is not shown any more, the run goes on", err)
    finally:
        live.stop()


class _Line:
    """Words for a job, moment by moment; what was done before this run does not count."""

    def __init__(self, before: Pulse | None) -> None:
        self._before = _ended(before) if before else (0, 0)
        self._seen: deque[tuple[float, int]] = deque()
        self._hosts: tuple[str, ...] = ()  # the last that were asked

    def of(self, pulse: Pulse, at_s: float) -> Text:
        """One line, cut where the terminal ends."""
        done, failed = (now - then for now, then in zip(_ended(pulse), self._before, strict=True))
        pending = pulse.counts.pending + pulse.counts.leased
        if not (done or pending):
            return _STARTING
        self._seen.append((at_s, done))
        while at_s - self._seen[0][0] > RATE_OVER_S:
            self._seen.popleft()
        since_s, first = self._seen[0]
        rate = (done - first) / (at_s - since_s) if at_s > since_s else 0.0
        self._hosts = pulse.hosts or self._hosts  # between two requests, while it is waited, none is asked
        hosts = ", ".join(map(shown, self._hosts[:MOST_HOSTS])) + (", …" if len(self._hosts) > MOST_HOSTS else "")
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(f"{done:,} done", "bold").append(f"  {pending:,} pending")
        line.append(f"  {failed:,} failed", "red" if failed else "")
        return line.append(f"  {rate:.1f} pages/s  ").append(hosts, "dim")


def _ended(pulse: Pulse) -> tuple[int, int]:
    """Visits that ended, and those of them that failed."""
    finished = pulse.counts.finished
    return sum(finished.values()), finished.get(Status.FAILED, 0)
