"""The WARC files in a WACZ (a zip), which may be anybody's: lying sizes, names that climb, bombs, a million entries."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO

from crawler.core.errors import WarcError
from crawler.warc.found import Damage
from crawler.warc.source import BUFFER_BYTES, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.warc.stream import Budget

MAGIC = b"PK\x03\x04"
MAX_DIRECTORY_BYTES = 16 * 1024 * 1024  # about 200,000 entries; zipfile makes twenty times as much of it in memory

_LOCAL = struct.Struct("<4s22xHH")  # signature, sizes of name and extra field (APPNOTE 4.3.7)
_ENCRYPTED = 1
# What zipfile raises on hostile input, besides its own: of names, versions, sizes and offsets that cannot be.
_ERRORS = (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, struct.error, zlib.error)


def sources(path: Path, name: str, budget: Budget) -> Iterator[Source | Damage]:
    """A source for each `archive/*.warc` and `archive/*.warc.gz`, and damage for what stands there and is not read.

    Raises: WarcError where it is no readable zip or holds no WARC file; OSError.
    """
    with io.FileIO(path) as listed, io.FileIO(path) as read:
        try:
            package = zipfile.ZipFile(_Directory(listed, BUFFER_BYTES))
        except _ERRORS as err:
            raise WarcError(f"{path} is no WACZ that can be read: {err}") from err
        entries = [entry for entry in package.infolist() if _is_concerned(entry.filename)]
        if not entries:
            raise WarcError(f"{path} is a zip without WARC files under archive/: no WACZ")
        for entry in entries:
            inner = "".join(each if each.isprintable() else "_" for each in PurePosixPath(entry.filename).name[:200])
            try:
                file = _opened(package, entry, read, budget)
                yield Source(file, f"{name}/{inner}", entry.file_size, budget)
            except (WarcError, *_ERRORS) as err:
                yield Damage(f"{name}/{inner}", entry.header_offset, None, str(err))


def _is_concerned(name: str) -> bool:
    return (name.startswith("archive/") and not name.endswith("/")) or name.lower().endswith(".wacz")


def _opened(package: zipfile.ZipFile, entry: zipfile.ZipInfo, file: io.FileIO, budget: Budget) -> BinaryIO:
    if not entry.filename.lower().endswith((".warc", ".warc.gz")):
        raise WarcError("no WARC file: not read; unpack a WACZ that lies within another")
    if entry.flag_bits & _ENCRYPTED:
        raise WarcError("encrypted: not read")
    if entry.compress_type == zipfile.ZIP_STORED:
        return io.BufferedReader(_Window(file, _start(entry, file), entry.file_size), BUFFER_BYTES)
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        return io.BufferedReader(_Inflated(package.open(entry), budget), BUFFER_BYTES)
    raise WarcError(f"packed by zip method {entry.compress_type}: not read; stored and deflated are")


def _start(entry: zipfile.ZipInfo, file: io.FileIO) -> int:
    """Where a stored entry's bytes begin. zipfile itself reads it from its beginning at each step back (3.11)."""
    file.seek(entry.header_offset)
    signature, name_bytes, extra_bytes = _LOCAL.unpack(file.read(_LOCAL.size))
    if signature != MAGIC:
        raise WarcError("the zip's directory points at nothing")
    return entry.header_offset + _LOCAL.size + int(name_bytes) + int(extra_bytes)


class _Directory(io.BufferedReader):
    """A zip of which only a directory of bounded size is read."""

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(
            MAX_DIRECTORY_BYTES + 1 if size is None or size < 0 else min(size, MAX_DIRECTORY_BYTES + 1)
        )
        if len(found) > MAX_DIRECTORY_BYTES:
            raise zipfile.BadZipFile(f"its directory is larger than {MAX_DIRECTORY_BYTES} bytes")
        return found


class _Seekable(io.RawIOBase):
    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


class _Window(_Seekable):
    """A part of a file as a file."""

    def __init__(self, file: io.FileIO, start: int, size: int) -> None:
        self._file = file
        self._start = start
        self._size = size
        self._at = 0

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # BufferedReader passes nothing else
        self._file.seek(self._start + self._at)
        found = self._file.readinto(buffer[: max(0, self._size - self._at)]) or 0
        self._at += found
        return found

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at


class _Inflated(_Seekable):
    """A deflated entry. A step back inflates it from its beginning again, which is paid for."""

    def __init__(self, file: IO[bytes], budget: Budget) -> None:
        self._file = file
        self._budget = budget

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # as above
        found = self._file.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if whence == io.SEEK_SET and offset < self._file.tell():
            self._budget.spend(offset)
        return self._file.seek(offset, whence)
