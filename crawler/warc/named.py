"""The named fields of a record, read (WARC 1.1 §4): lenient in spelling, strict in number and size."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

from warcio.statusandheaders import StatusAndHeadersParser

from crawler.core.errors import WarcError

MAX_HEAD_BYTES = 256 * 1024
MAX_FIELDS = 1_000

Named = tuple[tuple[str, str], ...]

_VERSION = re.compile(rb"WARC/(?:0\.\d+|1\.[01])[ \t]*\r?\n")
_LENGTH = re.compile(r"[0-9]{1,18}")
_COMPACT = re.compile(r"\d{14}")  # 0.9 to 0.18
_REDUCED = {4: "-01-01", 7: "-01"}  # year, month: WARC 1.1 §5.4 allows them

_parser = StatusAndHeadersParser([], verify=False)


def named(head: bytes) -> Named:
    """The fields of a record's head in order; of folded lines one, lines without a colon passed over.

    Raises: WarcError where it is no head of WARC 0.9 to 1.1 or has more than MAX_FIELDS.
    """
    if not _VERSION.match(head):
        raise WarcError(f"no WARC record begins here: {head[:40]!r}")
    if b"\nWARC/" in head:
        raise WarcError("cut short: another record begins within the head")
    if head.count(b"\n") > MAX_FIELDS:
        raise WarcError(f"a record head of more than {MAX_FIELDS} lines")
    return tuple(_parser.parse(io.BytesIO(head)).headers)


def field(fields: Named, name: str) -> str | None:
    """The first value of that name, in any case; None where there is none."""
    wanted = name.lower()
    return next((value for found, value in fields if found.lower() == wanted), None)


def block_length(fields: Named) -> int:
    """The size of the block in bytes.

    Raises: WarcError where Content-Length is missing, no number, or there are several.
    """
    found = {value.strip() for name, value in fields if name.lower() == "content-length"}
    if len(found) != 1 or not _LENGTH.fullmatch(length := found.pop()):
        raise WarcError("no single number in Content-Length")
    return int(length)


def bare(value: str | None) -> str | None:
    """A value without the angle brackets of the spec's grammar, which wget also puts around URLs."""
    return value[1:-1] if value and value[0] == "<" and value[-1] == ">" else value


def utc(text: str | None) -> datetime | None:
    """A WARC-Date of any precision; finer than microseconds is cut. None: there is none, or it is no time."""
    if text is None:
        return None
    text = text.strip()
    try:
        if _COMPACT.fullmatch(text):
            return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        found = datetime.fromisoformat(text + _REDUCED.get(len(text), ""))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
