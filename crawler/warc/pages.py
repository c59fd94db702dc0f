"""`read_pages`, `read_readings`: what WARC files are kept for, read back without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.core.errors import WarcError
from crawler.warc import reading
from crawler.warc.file import OPEN
from crawler.warc.found import Damage, Record
from crawler.warc.page import damage, page
from crawler.warc.proof import is_of
from crawler.warc.records import records
from crawler.warc.revisits import Revisits

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from crawler.core.model import Page, Reading


def read_pages(paths: Iterable[Path], also: Container[str] = ()) -> Iterator[Page | Damage]:
    """The pages in WARC and WACZ files, in the files' order; last those of revisits, whose payload lies elsewhere.

    A page is a whole HTML response with a status of 2xx, or a `resource` record of HTML. Where anything in the files
    cannot be read, Damage stands in its place. `also`: ids of response records that are pages whatever they hold.

    Raises: WarcError where a file cannot be opened; one of another format is Damage.
    """
    files, revisits = list(paths), Revisits()
    for found in _all(files):
        if isinstance(found, Damage):
            yield found
        elif (kept := revisits.add(found) if found.type == "revisit" else page(found, found.id in also)) is not None:
            yield kept
    if revisits:
        yield from _resolved(files, revisits)


def _all(files: Iterable[Path]) -> Iterator[Record | Damage]:
    for path in files:
        try:
            yield from records(path)
        except WarcError as err:
            if isinstance(err.__cause__, OSError):
                raise
            yield Damage(path.name.removesuffix(OPEN), 0, None, str(err))  # a folder may hold anybody's files


def _resolved(files: Sequence[Path], revisits: Revisits) -> Iterator[Page | Damage]:
    for found in _all(files):
        if isinstance(found, Record) and found.type != "revisit":
            yield from revisits.resolved(found)
    yield from revisits.left()


def read_readings(paths: Iterable[Path]) -> Iterator[Reading | Damage]:
    """The readings in WARC files: what cannot be read first, then all readings by the time of their records.

    Raises: WarcError as `read_pages`.
    """
    kept: list[tuple[datetime, Reading]] = []
    for found in _all(paths):
        if isinstance(found, Damage):
            yield found
        elif reading.is_reading(found.type, found.content_type):
            try:
                kept.append(_reading(found))
            except WarcError as err:
                yield damage(found, str(err))
    yield from (each for _, each in sorted(kept, key=lambda pair: pair[0]))


def _reading(record: Record) -> tuple[datetime, Reading]:
    stated = record.header("WARC-Block-Digest")
    if stated and is_of(stated, record.block) is False:
        raise WarcError(f"the block digest is wrong: {stated[:120]!r}")
    if record.date is None:
        raise WarcError("a reading record without a WARC-Date that is a time")
    return record.date, reading.from_json(record.block)
