"""The post of a URL is drafted, recorded and written by one process at a time.

Two runs may visit one URL in the same moment. Each would take what it drafts for the URL's first post, and the slower
would write an older reading over a newer one.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from crawler.core.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from pathlib import Path

FILE = "posts.lock"
PATIENCE_S = 120.0  # as long as a lease: who writes a batch of posts for longer has lost its visits
_PAUSE_S = 0.005


@asynccontextmanager
async def posts_locked(state: Path, keys: Iterable[str]) -> AsyncIterator[None]:
    """No other process is here with one of these keys while the block runs; a killed process is here no more.

    For one block at a time in a process. Raises: StorageError where the file cannot be had, or where another process
    keeps a key beyond `PATIENCE_S`.
    """
    path = state / FILE
    file = _opened(path)
    try:
        deadline = time.monotonic() + PATIENCE_S
        for place in sorted({_place(key) for key in keys}):  # in one order: no two wait for each other
            while not _is_taken(path, file, place):
                if time.monotonic() > deadline:
                    raise StorageError(f"{path}: another run has held the same post for {PATIENCE_S:.0f} s; end it")
                await asyncio.sleep(_PAUSE_S)
        yield
    finally:
        os.close(file)  # its locks go with it


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as err:
        raise StorageError(f"{path}: {err.strerror}; give this user the right to write there") from err


def _is_taken(path: Path, file: int, place: int) -> bool:
    import fcntl  # noqa: PLC0415 - Windows has none, and must still be able to read

    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
    except (BlockingIOError, PermissionError):  # systems differ in which of the two means that another has it
        return False
    except OSError as err:
        raise StorageError(f"{path}: {err.strerror}; its disk must be one that can lock") from err
    return True


def _place(key: str) -> int:
    """The byte of the file that stands for a key; the file itself stays empty."""
    return int.from_bytes(hashlib.sha256(key.encode(errors="surrogatepass")).digest()[:7])
