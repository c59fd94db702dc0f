"""One record of our own, found again by its evidence: the file is not read through."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from crawler.core.errors import WarcError
from crawler.warc.decode import decoded
from crawler.warc.file import OPEN
from crawler.warc.found import Record
from crawler.warc.framing import Framing
from crawler.warc.source import Source
from crawler.warc.stream import MAX_GZIP_RATIO, Budget

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.core.model import Capture
    from crawler.warc.decode import Payload


def payload_at(folder: Path, capture: Capture) -> Payload:
    """The payload of a response record of the archive in that folder, whether its file is finished or still written.

    Raises: WarcError where the record is not there, or not whole.
    """
    member = _member(folder, capture)
    budget = Budget(len(member), MAX_GZIP_RATIO)
    found = next(Framing(Source(io.BytesIO(member), capture.file, len(member), budget)).found(), None)
    if not isinstance(found, Record) or found.id != capture.record_id:
        raise WarcError(f"{capture.file}: at {capture.offset} lies no whole record {capture.record_id}")
    payload = decoded(found.block)
    if not payload.whole:
        raise WarcError(f"{capture.file}: the record at {capture.offset} is not whole: {payload.problem}")
    return payload


def _member(folder: Path, capture: Capture) -> bytes:
    finished = folder / capture.file
    for path in (finished, folder / f"{capture.file}{OPEN}", finished):  # it may be finished between two looks
        try:
            with path.open("rb") as file:
                file.seek(capture.offset)
                return file.read(capture.length)
        except FileNotFoundError:
            continue
        except OSError as err:
            raise WarcError(f"cannot read {path}: {err.strerror or err}") from err
    raise WarcError(f"{capture.file} is not in {folder}")
