"""What a WARC file is found to hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.warc.named import Named, bare, field, utc

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record. Nothing but its framing and, of gzip, its checksum has been verified."""

    type: str  # lower-case; empty: the field is missing
    id: str  # without angle brackets; empty: missing
    url: str | None
    date: datetime | None  # UTC; None: missing or unreadable
    headers: Named  # the record's named fields as they stand
    content_type: str  # of the block; empty: missing
    block: bytes
    file: str  # base name without `.open`; of a WACZ its name, a slash and the name within
    offset: int  # bytes, of the gzip member that holds it, or of the record itself where the file is not compressed
    length: int  # bytes from the offset that hold it

    def header(self, name: str) -> str | None:
        """The first value of that field, in any case; None where there is none."""
        return field(self.headers, name)


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in a file that is not as it should be."""

    file: str  # as `Record.file`
    offset: int  # bytes
    record_id: str | None  # None: it cannot be told
    reason: str


def record(fields: Named, block: bytes, file: str, offset: int, length: int) -> Record:
    """A record of its parts."""
    return Record(
        type=(field(fields, "WARC-Type") or "").lower(),
        id=bare(field(fields, "WARC-Record-ID")) or "",
        url=bare(field(fields, "WARC-Target-URI")),
        date=utc(field(fields, "WARC-Date")),
        headers=fields,
        content_type=field(fields, "Content-Type") or "",
        block=block,
        file=file,
        offset=offset,
        length=length,
    )
