"""The state file: what a runner whose disk does not last keeps in its repository, beside the posts.

One JSON object a line, by key, so that two versions of it merge line by line; of two lines of one URL the later counts.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.core.errors import StorageError
from crawler.ledger.known import Known
from crawler.work.state_line import read_line, state_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

logger = logging.getLogger(__name__)

MAX_LINE_CHARACTERS = 1_000_000
MAX_WARNINGS = 20  # of one file; how many more there are is said in one line


def write_state(path: Path, found: Iterable[Known]) -> None:
    """Write all of it, in the place of what was there.

    Raises: StorageError.
    """
    beside = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{state_line(each)}\n" for each in found)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as err:
        with suppress(OSError):
            beside.unlink()
        raise StorageError(f"cannot write {path}: {err.strerror or err}; set state_file in crawl.yaml") from err


def read_state(path: Path) -> list[Known]:
    """What it tells, each URL once; a line that cannot be read is passed over, and warned of.

    Empty where the file is not there. Raises: StorageError where it may not be read.
    """
    latest: dict[str, Known] = {}
    damaged = 0
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(_lines(file), 1):
                found = read_line(line)
                if isinstance(found, Known):
                    if _is_later(found, latest.get(found.seed.key)):
                        latest[found.seed.key] = found
                elif found:
                    damaged += 1
                    if damaged <= MAX_WARNINGS:
                        logger.warning("%s:%d: passed over: %s", path, number, found)
    except FileNotFoundError:
        return []
    except OSError as err:
        raise StorageError(f"cannot read {path}: {err.strerror or err}; check its permissions") from err
    if damaged > MAX_WARNINGS:
        logger.warning("%s: %d more lines are passed over", path, damaged - MAX_WARNINGS)
    return list(latest.values())


def _lines(file: TextIO) -> Iterator[str]:
    """Line by line; of one that is too long only its beginning, which is no whole object."""
    while line := file.readline(MAX_LINE_CHARACTERS):
        rest = line
        while rest and not rest.endswith("\n"):
            rest = file.readline(MAX_LINE_CHARACTERS)
        yield line


def _is_later(found: Known, other: Known | None) -> bool:
    return other is None or _when(found) >= _when(other)


def _when(found: Known) -> tuple[datetime, datetime]:
    never = datetime.min.replace(tzinfo=UTC)
    return found.ended[1] if found.ended else never, found.next.at if found.next else never
