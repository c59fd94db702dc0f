"""`read_evidence`: what an archive tells of visits: every attempt on the wire, and every reading. No page is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import WarcError
from crawler.core.model import Ending
from crawler.core.verdict import same_bytes, status_reason
from crawler.warc import reading
from crawler.warc.found import Damage, Record
from crawler.warc.message import parse_response
from crawler.warc.named import utc
from crawler.warc.page import capture, damage
from crawler.warc.proof import is_of
from crawler.warc.record import FIELDS_TYPE
from crawler.warc.records import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from crawler.core.model import Capture, Reading

_FAILURE = "fetchFailure:"
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt on the wire, as its record tells."""

    capture: Capture
    target: str | None = None  # where a redirect leads; None: it is none
    failure: str = ""  # why no response came; empty: one came
    same: str = ""  # why the page is what an earlier answer was; empty: nobody says so


@dataclass(frozen=True, slots=True)
class Recorded:
    """A reading, and when its record was written."""

    reading: Reading
    at: datetime


def read_evidence(path: Path) -> Iterator[Attempt | Recorded | Damage]:
    """The attempts and readings in a WARC file, in its order; what cannot be read is Damage in its place.

    Raises: WarcError where the file cannot be opened or is of another format.
    """
    for found in records(path):
        if isinstance(found, Damage):
            yield found
            continue
        try:
            if (told := _told(found)) is not None:
                yield told
        except WarcError as err:
            yield damage(found, str(err))


def _told(record: Record) -> Attempt | Recorded | None:
    kind = record.content_type.partition(";")[0].strip().lower()
    if record.type in {"response", "revisit"} and kind == "application/http":
        return _attempt(record)
    if record.type == "metadata" and kind == reading.CONTENT_TYPE:
        return _recorded(record)
    if record.type == "metadata" and kind == FIELDS_TYPE:
        lines = record.block.decode("utf-8", "replace").splitlines()
        failure = next((line.removeprefix(_FAILURE).strip() for line in lines if line.startswith(_FAILURE)), "")
        return Attempt(capture(record, None, None), failure=failure) if failure else None
    return None


def _attempt(record: Record) -> Attempt:
    try:
        message = parse_response(record.block)
    except WarcError:  # the server's doing: the record keeps the bytes
        status, location = None, None
    else:
        status, location = message.status, message.header(b"location")
    found = capture(record, status, record.header("WARC-Payload-Digest"))
    ended = record.header("WARC-Truncated")
    if ended:
        found = replace(found, truncated=Ending(ended) if ended in set(Ending) else Ending.DISCONNECT)
    if same := _same(record, status):
        return Attempt(found, same=same)
    if status not in _REDIRECTS or location is None:
        return Attempt(found)
    return Attempt(found, urls.join(found.url, location.decode("utf-8", "replace")))


def _same(record: Record, status: int | None) -> str:
    """Empty: it is no revisit of a page."""
    if record.type != "revisit":
        return ""
    if status == HTTPStatus.NOT_MODIFIED:
        return status_reason(status)
    return same_bytes(utc(record.header("WARC-Refers-To-Date"))) if status == HTTPStatus.OK else ""


def _recorded(record: Record) -> Recorded:
    stated = record.header("WARC-Block-Digest")
    if stated and is_of(stated, record.block) is False:
        raise WarcError(f"the block digest is wrong: {stated[:120]!r}")
    if record.date is None:
        raise WarcError("a reading record without a WARC-Date that is a time")
    return Recorded(reading.from_json(record.block), record.date)
