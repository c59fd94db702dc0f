"""The torn end of a WARC file: where it begins, and how it is kept."""

from __future__ import annotations

import filecmp
import itertools
import os
import shutil
from typing import TYPE_CHECKING

from crawler.core.errors import WarcError
from crawler.warc.disk import sync_folder
from crawler.warc.found import Record
from crawler.warc.framing import Framing
from crawler.warc.source import Source
from crawler.warc.stream import Budget

if TYPE_CHECKING:
    from pathlib import Path

TORN = ".torn"


class _SearchBudget(Budget):
    """Whole records cost what they cost, or a few very compressible pages would count as torn; searching is limited."""

    searching = False

    def spend(self, size_bytes: int) -> None:
        if self.searching:
            super().spend(size_bytes)


def whole_bytes(fd: int, name: str) -> int:
    """Up to and with the last whole record, whatever lies before it; 0: there is none."""
    size, end = os.fstat(fd).st_size, 0
    budget = _SearchBudget(size)
    with open(fd, "rb", closefd=False) as file:
        try:
            for found in Framing(Source(file, name, size, budget)).found():
                budget.searching = not isinstance(found, Record)
                if isinstance(found, Record):
                    end = found.offset + found.length
        except WarcError:  # another format, or a limit: no reader of ours goes on there, so it is kept aside
            return end
    return end


def set_aside(fd: int, start: int, final: Path) -> Path:
    """Copy the bytes from an offset on into a file of their own, durably; where they are.

    Raises: OSError; then nothing of the copy stays.
    """
    part = final.with_name(f"{final.name}{TORN}.part")  # of a repair that was killed: begun again
    try:
        with open(fd, "rb", closefd=False) as whole, part.open("wb") as copy:
            whole.seek(start)
            shutil.copyfileobj(whole, copy)
            copy.flush()
            os.fsync(copy.fileno())
    except OSError:  # a full disk needs the room
        part.unlink(missing_ok=True)
        raise
    return kept(part, final)


def kept(source: Path, final: Path) -> Path:
    """Give a torn rest its name; one that is there is never overwritten, and the same bytes are kept once.

    Raises: OSError.
    """
    for number in itertools.count(1):
        torn = final.with_name(f"{final.name}{TORN}" if number == 1 else f"{final.name}.{number}{TORN}")
        if not torn.exists():
            source.rename(torn)
            break
        if filecmp.cmp(source, torn, shallow=False):  # a repair was killed before it cut
            source.unlink()
            break
    sync_folder(final.parent)
    return torn
