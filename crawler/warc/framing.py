"""Bytes → records: where each begins and ends, and how to go on where that cannot be told (WARC 1.1 §4, Annex D).

What is wrong is told and passed over, and nothing whole behind it is lost. After damage the next record is searched
for, and a block may hold what looks like one: a page can be somebody's WARC file. So where records name their
warcinfo, only one that names the same is believed; its id is random and never crosses the wire.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.core.errors import WarcError
from crawler.warc.found import Damage, Record, record
from crawler.warc.named import MAX_HEAD_BYTES, bare, block_length, field, named
from crawler.warc.stream import BrokenError, LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.warc.source import Source
    from crawler.warc.stream import Stream

MAX_BLOCK_BYTES = 64 * 1024 * 1024

_ID = re.compile(rb"^WARC-Record-ID:[ \t]*<?([^>\r\n]{1,200})>?\r?\n", re.IGNORECASE | re.MULTILINE)
_MARK = b"WARC/"
_CLOSE = b"\r\n\r\n"  # some writers end a record otherwise: then the next one has to follow
_LINE_MARK = b"\n" + _MARK
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")  # the upper flags are reserved (RFC 1952 §2.3.1)
_MEMBER_BYTES = 4


class _PassedOverError(WarcError):
    """A record that is not taken, though its end is known."""


class Framing:
    """One pass over one source."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._warcinfo = ""  # the one that the last record names
        self._searching = False  # after damage, until a record can be believed
        self._at = 0  # where what is being read begins
        self._id: str | None = None

    def found(self) -> Iterator[Record | Damage]:
        """All records and damages, in the file's order.

        Raises: LimitError where a limit ends the reading.
        """
        start: int | None = 0
        while start is not None and not self._source.is_end(start):
            stream = self._source.stream(start)
            try:
                yield from self._records(stream)
                start = stream.end
            except BrokenError as err:
                self._id = self._id or _id_in(stream.beginning())
                yield self._damage(str(err))
                start = self._next_member(start + 1)

    def last(self, reason: str) -> Damage:
        """The damage that ends the reading."""
        return Damage(self._source.name, self._at, self._id, reason)

    def _damage(self, reason: str) -> Damage:
        self._source.count_damage()
        return self.last(reason)

    def _records(self, stream: Stream) -> Iterator[Record | Damage]:
        self._at, self._id = stream.start, None
        stream.skip_newlines()
        while not stream.is_over():
            self._at, self._id = stream.start if stream.gzipped else stream.end, None
            try:
                yield self._believed(self._record(stream))
            except (BrokenError, LimitError):
                raise
            except _PassedOverError as err:
                yield self._damage(str(err))
            except WarcError as err:
                yield self._damage(str(err))
                self._search(stream)

    def _record(self, stream: Stream) -> Record:
        head = stream.take_head(MAX_HEAD_BYTES)
        if head is None:
            raise WarcError(f"no WARC record begins here: {stream.peek(40)!r}")
        fields = named(head)
        self._id = bare(field(fields, "WARC-Record-ID"))
        size = block_length(fields)
        is_large = size > MAX_BLOCK_BYTES
        block = b"" if is_large else stream.take(size)
        have = stream.skip(size) if is_large else len(block)
        if have < size:
            raise WarcError(f"cut short: {have} of the block's {size} bytes are there")
        end, is_closed = stream.end, stream.peek(len(_CLOSE)) == _CLOSE
        stream.skip_newlines()
        if not is_closed and not _MARK.startswith(stream.peek(len(_MARK))):
            raise WarcError(f"Content-Length {size} is wrong, or something that is no record follows")
        if is_large:
            raise _PassedOverError(f"passed over: a block of {size} bytes (limit {MAX_BLOCK_BYTES})")
        length = (stream.end if stream.gzipped else end) - self._at
        return record(fields, block, self._source.name, self._at, length)

    def _believed(self, found: Record) -> Record:
        names = found.header("WARC-Warcinfo-ID") or ""
        if self._searching and self._warcinfo and names != self._warcinfo:
            raise _PassedOverError("passed over: found after damage, and of another warcinfo than the records before")
        self._searching, self._warcinfo = False, names or self._warcinfo
        return found

    def _search(self, stream: Stream) -> None:
        """Go to the next thing that looks like a record: in plain bytes from the damaged record's second byte on."""
        self._searching = True
        if not stream.gzipped:
            stream.rewind(self._at + 1)
        stream.skip_to(_LINE_MARK)
        stream.skip_newlines()

    def _next_member(self, start: int) -> int | None:
        """Where the next gzip member begins that holds records; None: there is none."""
        self._searching = True
        for at in self._source.places(_MEMBER, start, pattern_bytes=_MEMBER_BYTES):
            try:
                if self._source.stream(at).peek(len(_MARK)) == _MARK:
                    return at
            except BrokenError:
                continue
        return None


def _id_in(head: bytes) -> str | None:
    found = _ID.search(head)
    return found[1].decode("latin-1") if found else None
