"""A WARC file's bytes, wherever they lie: a file, or an entry of a WACZ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.core.errors import WarcError
from crawler.warc.stream import BrokenError, Budget, LimitError, Stream

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from typing import BinaryIO

MAX_DAMAGES = 10_000
BUFFER_BYTES = 256 * 1024  # steps back within it cost nothing

_GZIP = b"\x1f\x8b"
_ZSTD = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")  # a frame, or the dictionary that opens a .warc.zst
_ARC = b"filedesc:"
_PLAIN = (b"WARC", _ARC[:4])  # whatever the name says
_SCAN_BYTES = 64 * 1024


class Source:
    """Bytes to read records from.

    Raises (when made): WarcError for formats that are not read.
    """

    def __init__(self, file: BinaryIO, name: str, size: int, budget: Budget) -> None:
        self.name = name  # as `Record.file`
        self._file = file
        self._size = size
        self._budget = budget
        self._damages = 0
        file.seek(0)
        magic = file.read(len(_ZSTD[0]))
        if magic in _ZSTD:
            raise WarcError(f"{name} is compressed with zstd, which is not read; unpack it with: zstd -d {name}")
        self._gzipped = magic.startswith(_GZIP) or (name.lower().endswith(".gz") and magic not in _PLAIN)
        if self._begins_as_arc():
            raise WarcError(f"{name} is an ARC file, which is not read; convert it with: warcio recompress")

    def stream(self, start: int) -> Stream:
        """The bytes from an offset on; one stream at a time is used."""
        return Stream(self._file, start, self._budget, gzipped=self._gzipped)

    def is_end(self, offset: int) -> bool:
        """Nothing lies behind."""
        return offset >= self._size

    def places(self, pattern: re.Pattern[bytes], start: int, *, pattern_bytes: int) -> Iterator[int]:
        """The offsets where a pattern of that size matches. Streams may be read between them."""
        while True:
            self._file.seek(start)
            chunk = self._file.read(_SCAN_BYTES)
            self._budget.spend(len(chunk))
            for found in pattern.finditer(chunk):
                yield start + found.start()
            if len(chunk) < _SCAN_BYTES:
                return
            start += len(chunk) - pattern_bytes + 1

    def count_damage(self) -> None:
        """Count one.

        Raises: LimitError when there are too many: the file is hostile, or no WARC.
        """
        self._damages += 1
        if self._damages > MAX_DAMAGES:
            raise LimitError(f"more than {MAX_DAMAGES} damages; the rest is not read")

    def _begins_as_arc(self) -> bool:
        try:
            return self.stream(0).peek(len(_ARC)) == _ARC
        except BrokenError:
            return False
