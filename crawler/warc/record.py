"""One record as bytes: named fields, a block, a gzip member of its own (WARC 1.1 §4 and Annex D.2).

Written here and not by warcio, which parses an HTTP block and writes its own idea of it, and lets a line break in a
value through. The same draft gives the same bytes on every run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zlib_ng import zlib_ng

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.core.model import Ending

FIELDS_TYPE = "application/warc-fields"

Fields = tuple[tuple[str, str], ...]

_GZIP_LEVEL = 6
_GZIP_WRAPPER = 16 + zlib_ng.MAX_WBITS  # it writes no time into the gzip head
_UNPRINTABLE = re.compile(r"[^\x21-\x7e]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A record before it has a place."""

    type: str
    id: str  # "urn:uuid:…"
    date: datetime
    content_type: str
    block: bytes
    url: str | None = None  # None: about no URL (warcinfo)
    fields: Fields = ()  # those that only some records have
    payload_digest: str | None = None
    truncated: Ending | None = None
    status: int | None = None  # of the HTTP response that it holds; None: it holds none


def warc_date(at: datetime) -> str:
    """The WARC-Date of an aware time, in UTC to the microsecond (WARC 1.1 §5.4)."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def printable(value: str) -> str:
    """A URL or token that cannot break out of its line: all but visible ASCII percent-encoded."""
    return _UNPRINTABLE.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), value
    )


def warc_fields(pairs: Iterable[tuple[str, str]]) -> bytes:
    """A block of `application/warc-fields`; empty values are left out, line breaks in them become spaces."""
    lines = (f"{name}: {_CONTROLS.sub(' ', value)}\r\n" for name, value in pairs if value)
    return "".join(lines).encode("utf-8", "replace")


def member(draft: Draft, block_digest: str, warcinfo_id: str | None) -> bytes:
    """The record as one gzip member. No warcinfo id: the record is the warcinfo itself."""
    head = "".join(f"{name}: {printable(value)}\r\n" for name, value in _named(draft, block_digest, warcinfo_id))
    packer = zlib_ng.compressobj(_GZIP_LEVEL, zlib_ng.DEFLATED, _GZIP_WRAPPER)
    parts = (f"WARC/1.1\r\n{head}\r\n".encode(), draft.block, b"\r\n\r\n")
    return b"".join((*map(packer.compress, parts), packer.flush()))


def _named(draft: Draft, block_digest: str, warcinfo_id: str | None) -> Iterable[tuple[str, str]]:
    yield "WARC-Type", draft.type
    yield "WARC-Record-ID", f"<{draft.id}>"
    yield "WARC-Date", warc_date(draft.date)
    if warcinfo_id:
        yield "WARC-Warcinfo-ID", f"<{warcinfo_id}>"
    if draft.url is not None:
        yield "WARC-Target-URI", draft.url
    yield from draft.fields
    if draft.truncated:
        yield "WARC-Truncated", draft.truncated.value
    yield "WARC-Block-Digest", block_digest
    if draft.payload_digest:
        yield "WARC-Payload-Digest", draft.payload_digest
    yield "Content-Type", draft.content_type
    yield "Content-Length", str(len(draft.block))
