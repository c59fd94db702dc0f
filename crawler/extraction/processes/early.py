"""Workers that start while who needs them is still being imported: Scrapy and they take a second each, on two cores."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.extraction.processes.workers import Extractor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.processes.reader import Polish

_begun: list[Extractor] = []  # of this process; one at most


@contextmanager
def begun(most: int | None, polish: Polish) -> Iterator[None]:
    """Start workers for whoever takes them within the block; those that nobody took end with it.

    One a core, and no more than `most`: so many pages there are; None: many.
    """
    cores = os.cpu_count() or 1
    extractor = Extractor(cores if most is None else max(1, min(most, cores)), polish=polish)
    extractor.warm()
    _begun.append(extractor)
    try:
        yield
    finally:
        while _begun:
            _begun.pop().close()


def taken(workers: int | None, polish: Polish) -> Extractor:
    """Those that were begun, whose end is the taker's from now on; else new ones, which are not started yet."""
    return _begun.pop() if _begun else Extractor(workers, polish=polish)
