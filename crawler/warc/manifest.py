"""`manifest-sha256.txt`: one line a closed file, as `sha256sum -c` reads it.

Changed only under its own flock and only at its end, so several processes can share it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from crawler.warc.disk import lock, reported, sync_folder

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "manifest-sha256.txt"


def add(folder: Path, name: str, sha256: str) -> None:
    """Add a file's line, durably, unless it is there: its writer and a repairer may both come to it.

    A line that a power cut tore is cut away first: its file counts as unlisted.

    Raises: StorageError.
    """
    path = folder / MANIFEST
    with reported(path):
        fd = os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o644)
        try:
            lock(fd, wait=True)
            if (line := f"{sha256}  {name}\n".encode()) not in _lines(fd):
                _append(fd, line)
        finally:
            os.close(fd)
        sync_folder(folder)


def _append(fd: int, line: bytes) -> None:
    size = _whole_lines(fd)
    os.ftruncate(fd, size)
    try:
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(fd, rest) :]
        os.fsync(fd)
    except OSError:
        os.ftruncate(fd, size)
        raise


def _lines(fd: int) -> list[bytes]:
    with open(fd, "rb", closefd=False) as file:
        return file.readlines()


def _whole_lines(fd: int) -> int:
    """The bytes up to and with the last newline."""
    with open(fd, "rb", closefd=False) as file:
        end = file.seek(0, os.SEEK_END)
        start = file.seek(max(0, end - 8192))  # longer than any line
        return start + file.read().rfind(b"\n") + 1
