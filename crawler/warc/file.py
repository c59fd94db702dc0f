"""One WARC file while it is written: `<name>.open`, locked; renamed when whole.

Unbuffered, and one write for all records of one event: a process that is killed leaves at most one torn tail. Whoever
gets the lock of an `.open` file may repair it, for its writer is gone.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from crawler.warc.disk import lock, reported, sync_data, sync_folder

if TYPE_CHECKING:
    from pathlib import Path

OPEN = ".open"


class WarcFile:
    """A file that only grows.

    Raises (when made): FileExistsError where the name is taken, OSError where it cannot be made.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.size = 0  # bytes of whole records
        self._final = folder / name
        self._path = folder / f"{name}{OPEN}"
        self._sha256 = hashlib.sha256()
        self._torn = False
        self._fd = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o644)
        if not (ours := _is_ours(self._fd, self._path)) or self._final.exists():
            if ours:
                self._path.unlink()
            os.close(self._fd)
            raise FileExistsError(f"{self._final} is taken")
        sync_folder(folder)

    def append(self, data: bytes) -> None:
        """Write to the end. Where that fails, the file is cut back to its last whole record.

        Raises: StorageError naming the file and what to do.
        """
        rest = memoryview(data)
        with reported(self._path):
            try:
                while rest:
                    rest = rest[os.write(self._fd, rest) :]
            finally:
                if rest:
                    self._cut()
        self._sha256.update(data)
        self.size += len(data)

    def _cut(self) -> None:
        try:
            os.ftruncate(self._fd, self.size)
        except OSError:  # the write's own error is on its way up; the tail stays for repair
            self._torn = True

    def sync(self) -> None:
        """Make what was appended survive a power cut.

        Raises: StorageError; then nobody knows what the disk holds, and the file takes no more.
        """
        with reported(self._path):
            sync_data(self._fd)

    def close(self) -> str | None:
        """Give the file its name; its sha256 in hex. None: it held nothing and is gone, or is torn and stays open.

        Raises: StorageError; the file then keeps its `.open` name, for repair.
        """
        with reported(self._path):
            try:
                if self._torn:
                    return None
                if not self.size:
                    self._path.unlink()
                    return None
                os.fsync(self._fd)
                if self._final.exists():
                    raise FileExistsError(f"{self._final} came into being meanwhile")
                self._path.rename(self._final)
                sync_folder(self._final.parent)
            finally:
                os.close(self._fd)
        return self._sha256.hexdigest()


def _is_ours(fd: int, path: Path) -> bool:
    """Lock the new file. Not ours: a repairer saw it in the moment before the lock, took or removed it."""
    try:
        lock(fd, wait=False)
        return os.path.samestat(os.fstat(fd), path.stat())
    except (BlockingIOError, FileNotFoundError):
        return False
