"""One scheduled run at a time in an output: two would ask the same sources, and the timer comes again anyway."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.core.errors import LockedError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "run.lock"


@contextmanager
def alone(state: Path) -> Iterator[None]:
    """Hold the lock of the folder while the block runs; it is gone with the process, however that ends.

    Raises: LockedError where another run holds it; StorageError.
    """
    import fcntl  # noqa: PLC0415 - Windows has none, and must still be able to read

    path = state / FILE
    try:
        state.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as err:
        raise StorageError(f"{path}: {err.strerror}; give this user the right to write there") from err
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            raise LockedError(f"another run holds {state.parent}; wait for its end, or name another output") from err
        yield
    finally:
        os.close(file)
