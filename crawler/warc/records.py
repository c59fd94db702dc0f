"""`records`: every record of a WARC or WACZ file, whoever wrote it, whole or damaged."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from crawler.core.errors import WarcError
from crawler.warc import wacz
from crawler.warc.file import OPEN
from crawler.warc.found import Damage, Record
from crawler.warc.framing import Framing
from crawler.warc.source import BUFFER_BYTES, Source
from crawler.warc.stream import MAX_GZIP_RATIO, Budget, LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = (".warc", ".warc.gz", ".wacz", ".warc.gz.open")


def records(path: Path) -> Iterator[Record | Damage]:
    """The records of a file in its order, and what is damaged or passed over.

    `.warc.gz` (a member a record, or one for all), `.warc`, `.wacz`, and files still `.open`. Memory does not grow
    with the file: blocks of more than `framing.MAX_BLOCK_BYTES` are passed over.

    Raises: WarcError where the file cannot be opened or is of another format.
    """
    try:
        for source in _sources(path):
            if isinstance(source, Damage):
                yield source
            else:
                yield from _found(source)
    except OSError as err:
        raise WarcError(f"cannot read {path}: {err.strerror or err}; name a WARC or WACZ file") from err


def warc_files(*places: Path) -> list[Path]:
    """The files themselves, and of each folder the WARC and WACZ files in it, by name: that is, by time of ours.

    A place that does not exist is in the list, and `records` says so.
    """
    found: list[Path] = []
    for place in places:
        if place.is_dir():
            found += sorted(path for path in place.iterdir() if path.name.endswith(SUFFIXES) and path.is_file())
        else:
            found.append(place)
    return found


def _sources(path: Path) -> Iterator[Source | Damage]:
    if path.exists() and not path.is_file():
        raise WarcError(f"{path} is no file; name a WARC or WACZ file")
    name, size = path.name.removesuffix(OPEN), path.stat().st_size
    with io.BufferedReader(io.FileIO(path), BUFFER_BYTES) as file:
        if file.read(len(wacz.MAGIC)) == wacz.MAGIC:
            yield from wacz.sources(path, name, Budget(size))
        elif size or path.name.endswith(OPEN):
            yield Source(file, name, size, Budget(size, MAX_GZIP_RATIO))
        else:
            yield Damage(name, 0, None, "the file is empty; delete it, or get it again")


def _found(source: Source) -> Iterator[Record | Damage]:
    framing = Framing(source)
    try:
        yield from framing.found()
    except LimitError as err:
        yield framing.last(str(err))
    except (zipfile.BadZipFile, zlib.error, EOFError) as err:  # a deflated entry of a WACZ
        yield framing.last(f"the zip is damaged here, the rest is not read: {err}")
