"""The bytes of a source from an offset on: one gzip member inflated, or plain bytes to the end.

Never more in memory than is asked for, and never more work than the source's size warrants.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from crawler.core.errors import WarcError

if TYPE_CHECKING:
    from typing import BinaryIO

GZIP_MAGIC = b"\x1f\x8b\x08"

SPARE_BYTES = 128 * 1024**2
MAX_RATIO = 100  # of a package: WARCs of text shrink 5 to 10 times
MAX_GZIP_RATIO = (
    1_100  # of a file: deflate ends at 1,032, and a server's zeros in a file of ours must not end its reading
)

_FIRST_PIECE, _PIECE = 4 * 1024, 64 * 1024  # most members are small
_SIP = 16
_STEP = 256 * 1024
_GZIP = 16 + zlib.MAX_WBITS
_NEWLINES = re.compile(rb"[\r\n]*+")
_HEAD_END = re.compile(rb"\n\r?\n")


class BrokenError(WarcError):
    """The bytes of a stream cannot be had: no gzip, cut short, wrong checksum."""


class LimitError(WarcError):
    """A limit that ends the reading of a file."""


class Budget:
    """What reading one file may cost in bytes: bombs and endless searching end here, whatever their shape."""

    def __init__(self, size_bytes: int, ratio: int = MAX_RATIO) -> None:
        self._left = SPARE_BYTES + ratio * size_bytes
        self._ratio = ratio

    def spend(self, size_bytes: int) -> None:
        """Count bytes that were read, inflated or sought through.

        Raises: LimitError when there is nothing left.
        """
        self._left -= size_bytes
        if self._left < 0:
            raise LimitError(f"it holds more than {self._ratio} times its size: a bomb; the rest is not read")


class Stream:
    """Bytes with a place. `end`, once all is taken: the source's offset behind them."""

    def __init__(self, source: BinaryIO, start: int, budget: Budget, *, gzipped: bool) -> None:
        self.start = start
        self.gzipped = gzipped
        self._source = source
        self._budget = budget
        self._ready = bytearray()
        self._taken = 0
        self._unpacker = zlib.decompressobj(_GZIP)
        self._tail = b""  # compressed bytes that wait
        self._piece = _FIRST_PIECE
        self._ended = False
        source.seek(start)

    @property
    def end(self) -> int:
        """The source's offset behind what was used so far; of gzip, in steps."""
        if not self.gzipped:
            return self.start + self._taken
        return self._source.tell() - len(self._tail) - len(self._unpacker.unused_data)

    def is_over(self) -> bool:
        """All is taken, and of gzip the checksum was right.

        Raises: BrokenError, LimitError, as all that follow.
        """
        return not self.peek(1)

    def peek(self, size: int) -> bytes:
        """The next bytes; fewer than asked only at the end."""
        self._fill(size)
        return bytes(self._ready[:size])

    def take(self, size: int) -> bytes:
        """The next bytes, which are then behind us; fewer than asked only at the end."""
        self._fill(size)
        with memoryview(self._ready) as ready, ready[:size] as wanted:
            found = bytes(wanted)
        self._drop(len(found))
        return found

    def skip(self, size: int) -> int:
        """Leave bytes behind without holding them; how many there were."""
        left = size
        while left and self._fill(1):
            step = min(left, len(self._ready))
            self._drop(step)
            left -= step
        return size - left

    def skip_newlines(self) -> None:
        """Leave CR and LF behind, as many as come."""
        while self._fill(1):
            found = _NEWLINES.match(self._ready)
            self._drop(found.end() if found else 0)
            if self._ready:
                break

    def take_head(self, limit: int) -> bytes | None:
        """Up to and with the first empty line; None where there is none within the limit, and nothing is taken."""
        found, have = _HEAD_END.search(self._ready, 0, limit), len(self._ready)
        while found is None:
            if have >= limit or self._fill(have + 1) == have:
                return None
            found, have = _HEAD_END.search(self._ready, max(0, have - 2), limit), len(self._ready)
        return self.take(found.end())

    def skip_to(self, mark: bytes) -> None:
        """Leave behind what comes before the mark; everything, where it does not come."""
        while self._fill(len(mark)):
            at = self._ready.find(mark)
            if at >= 0:
                self._drop(at)
                return
            self._drop(max(1, len(self._ready) - len(mark) + 1))

    def beginning(self) -> bytes:
        """What the first compressed bytes give, though the rest be broken. Of gzip only; nothing is taken."""
        self._source.seek(self.start)
        piece, unpacker, out = self._source.read(_FIRST_PIECE), zlib.decompressobj(_GZIP), b""
        try:
            for at in range(0, len(piece), _SIP):
                out += unpacker.decompress(piece[at : at + _SIP], _FIRST_PIECE)
        except zlib.error:
            pass  # that is why we are here
        return out

    def rewind(self, start: int) -> None:
        """Go back to an offset. Plain bytes only."""
        self._source.seek(start)
        self._ready.clear()
        self._piece = _FIRST_PIECE
        self.start, self._taken, self._ended = start, 0, False

    def _drop(self, size: int) -> None:
        del self._ready[:size]
        self._taken += size

    def _fill(self, size: int) -> int:
        """Have that many bytes ready; how many there are, fewer only at the end."""
        while len(self._ready) < size and not self._ended:
            out = self._inflated() if self.gzipped else self._plain()
            self._budget.spend(len(out))
            self._ready += out
        return min(size, len(self._ready))

    def _plain(self) -> bytes:
        out = self._source.read(self._piece)
        self._piece = _PIECE
        self._ended = not out
        return out

    def _inflated(self) -> bytes:
        piece = self._tail or self._source.read(self._piece)
        self._piece = _PIECE
        try:
            out = self._unpacker.decompress(piece, _STEP)
        except zlib.error as err:
            raise BrokenError(_reason(err)) from err
        self._ended = self._unpacker.eof
        self._tail = b"" if self._ended else self._unpacker.unconsumed_tail  # at the end it holds the unused data too
        if not (piece or out or self._ended):
            raise BrokenError("cut short: the file ends within a gzip member")
        return out


def _reason(err: zlib.error) -> str:
    text = str(err)
    if "header" in text:
        return "no gzip member begins here"
    return "the gzip checksum is wrong" if "check" in text else "the gzip member is damaged"
