"""What the writer asks of the file system: locks, durable folders, and errors that say what to do."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.core.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REMEDIES = {
    errno.ENOSPC: "free some space and run again",
    errno.EDQUOT: "free some space or raise the quota and run again",
    errno.EFBIG: "raise the limit on file sizes (ulimit -f) or lower warc_max_bytes",
    errno.EROFS: "the file system is read-only: mount it for writing or choose another output folder",
    errno.EACCES: "give this user the right to write there or choose another output folder",
    errno.EIO: "the disk fails: look at it before running again",
}

sync_data = getattr(os, "fdatasync", os.fsync)  # macOS has no fdatasync


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn an OSError within into a StorageError that names the path and what to do."""
    try:
        yield
    except OSError as err:
        remedy = _REMEDIES.get(err.errno or 0, "check the disk and the folder's permissions")
        raise StorageError(f"cannot write {path}: {err.strerror or err}; {remedy}") from err


def lock(fd: int, *, wait: bool) -> None:
    """Take the exclusive flock of an open file; it goes when the file is closed or the process ends.

    Raises: BlockingIOError where another has it and we do not wait.
    """
    import fcntl  # noqa: PLC0415 - Windows has none, and must still be able to import the reader

    fcntl.flock(fd, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def sync_folder(folder: Path) -> None:
    """Make new and changed names in a folder survive a power cut."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
