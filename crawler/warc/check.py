"""What is wrong with an archive: of each file every record, of the folder the manifest."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from crawler.core.errors import WarcError
from crawler.warc import reading
from crawler.warc.found import Damage, Record
from crawler.warc.manifest import MANIFEST
from crawler.warc.proof import digest_faults
from crawler.warc.records import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ABOUT_A_URL = frozenset({"response", "resource", "request", "revisit", "conversion", "continuation"})  # WARC 1.1 §5.12
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^/\\]+)", re.IGNORECASE)
_MAX_LINE_BYTES = 8 * 1024


def check(path: Path) -> Iterator[Damage]:
    """Framing, checksums, digests, missing fields, record ids that occur twice, readings that cannot be read.

    Nothing: the file is sound.

    Raises: WarcError where the file cannot be opened or is of another format.
    """
    seen: set[str] = set()
    for found in records(path):
        if isinstance(found, Damage):
            yield found
            continue
        for fault in (*_missing(found), *digest_faults(found), *_unread(found)):
            yield Damage(found.file, found.offset, found.id or None, fault)
        if found.id in seen:
            yield Damage(found.file, found.offset, found.id, "another record of the file has the same WARC-Record-ID")
        if found.id:
            seen.add(found.id)


def _missing(record: Record) -> Iterator[str]:
    if not record.type:
        yield "WARC-Type is missing"
    if not record.id:
        yield "WARC-Record-ID is missing"
    if record.date is None:
        yield "WARC-Date is missing or no time"
    if record.url is None and record.type in _ABOUT_A_URL:
        yield "WARC-Target-URI is missing"


def _unread(record: Record) -> Iterator[str]:
    if reading.is_reading(record.type, record.content_type):
        try:
            reading.from_json(record.block)
        except WarcError as err:  # no post is looked for on its word: unsaid, `verify` would pass over one that is lost
            yield str(err)


def check_manifest(folder: Path) -> Iterator[Damage]:
    """Each closed WARC file of the folder against its line in the manifest; the offset is of the line.

    Raises: WarcError where the manifest or a file cannot be read.
    """
    path, listed = folder / MANIFEST, set[str]()
    try:
        for offset, line in _lines(path):
            found = _LINE.fullmatch(line)
            if found is None:
                yield Damage(MANIFEST, offset, None, f"a line that is none of sha256sum: {line[:80]!r}")
                continue
            if fault := _fault(folder / found[2], found[1]):
                yield Damage(found[2], offset, None, fault)
            listed.add(found[2])
        for file in sorted(folder.glob("*.warc.gz")):
            if file.name not in listed:
                yield Damage(file.name, 0, None, f"{MANIFEST} does not list it")
    except OSError as err:
        raise WarcError(f"cannot read {err.filename or path}: {err.strerror or err}") from err


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    if not path.exists():
        return
    with path.open("rb") as file:
        offset = 0
        while line := file.readline(_MAX_LINE_BYTES):
            yield offset, line.decode("utf-8", "replace").rstrip("\r\n")
            offset += len(line)


def _fault(file: Path, sha256: str) -> str:
    if not file.is_file():
        return f"{MANIFEST} lists it, and it is not there"
    with file.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    return "" if found == sha256.lower() else f"it is not the file that {MANIFEST} lists: its sha256 is {found}"
