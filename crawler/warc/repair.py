"""WARC files that a dead writer left behind: cut back to whole records, closed, listed. No byte is thrown away.

The order makes each step safe to be killed in: the torn rest is on the disk under its own name before anything is
cut, and the file is cut and synced before it gets its final name. A later repair goes on from whatever it finds.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.core.errors import WarcError
from crawler.warc import manifest
from crawler.warc.check import check
from crawler.warc.disk import lock, reported, sync_folder
from crawler.warc.file import OPEN
from crawler.warc.torn import kept, set_aside, whole_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LISTED_AT = 66  # a line of sha256sum: 64 hex digits, a space, a space or an asterisk, the name


@dataclass(frozen=True, slots=True)
class Repair:
    """What became of one file."""

    file: str  # base name of the WARC file when closed
    sound: bool  # False: something is left that a person has to look at
    reason: str


def repaired(folder: Path) -> Iterator[Repair]:
    """Close and list what dead writers left; what a living one holds is passed over. Nothing: there was nothing to do.

    Lines of the manifest for files that are gone or changed are damage, and stay.
    Raises: StorageError naming the path and what to do; WarcError where the manifest cannot be read.
    """
    told = set[str]()
    for repair in repaired_orphans(folder):
        told.add(repair.file)
        yield repair
    told |= _listed(folder)
    for path in sorted(folder.glob("*.warc.gz")):
        if path.name not in told and path.is_file() and (unlisted := _unlisted(path)):
            yield unlisted


def repaired_orphans(folder: Path) -> Iterator[Repair]:
    """The first half of `repaired`, cheap where no writer died: only `.open` files are looked at.

    Raises: as `repaired`.
    """
    for path in sorted(folder.glob(f"*.warc.gz{OPEN}")):
        if path.is_file() and not path.is_symlink() and (repair := _orphan(path)):
            yield repair


def _orphan(path: Path) -> Repair | None:
    final = path.with_name(path.name.removesuffix(OPEN))
    with reported(path), _taken(path, os.O_RDWR) as fd:
        if fd is None:
            return None
        if final.exists():
            reason = f"{path.name} and a file of its final name are both there; compare them and move one away"
            return Repair(final.name, sound=False, reason=reason)
        size, whole = os.fstat(fd).st_size, whole_bytes(fd, final.name)
        if not whole:
            return Repair(final.name, sound=True, reason=_given_up(path, final, size))
        told = "closed"
        if whole < size:
            torn = set_aside(fd, whole, final)
            os.ftruncate(fd, whole)
            told = f"closed; its torn end, {size - whole} bytes, is kept in {torn.name}"
        os.fsync(fd)
        path.rename(final)
        sync_folder(final.parent)
        return _list(fd, final, told)


def _unlisted(path: Path) -> Repair | None:
    with reported(path), _taken(path, os.O_RDONLY) as fd:
        if fd is None or path.name in _listed(path.parent):  # another repairer was faster
            return None
        return _list(fd, path, "whole")


@contextmanager
def _taken(path: Path, mode: int) -> Iterator[int | None]:
    """The file's descriptor, locked; None: another has the lock, or took or renamed the file before we got it."""
    try:
        fd = os.open(path, mode)
    except FileNotFoundError:
        yield None
        return
    try:
        yield fd if _is_ours(fd, path) else None
    finally:
        os.close(fd)


def _is_ours(fd: int, path: Path) -> bool:
    try:
        lock(fd, wait=False)
        return os.path.samestat(os.fstat(fd), path.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def _given_up(path: Path, final: Path, size: int) -> str:
    if not size:
        path.unlink()
        return "removed: its writer died before the first byte"
    return f"not one whole record; all {size} bytes are kept in {kept(path, final).name}"


def _list(fd: int, path: Path, told: str) -> Repair:
    """A line in the manifest vouches for a file: only a sound one gets it."""
    if fault := _fault(path):
        return Repair(path.name, sound=False, reason=f"{told}; not listed in {manifest.MANIFEST}, for {fault}")
    if path.name in _listed(path.parent):
        return Repair(path.name, sound=True, reason=f"{told}; {manifest.MANIFEST} lists it already")
    with open(fd, "rb", closefd=False) as file:
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    manifest.add(path.parent, path.name, digest)
    return Repair(path.name, sound=True, reason=f"{told}; now listed in {manifest.MANIFEST}")


def _fault(path: Path) -> str:
    if not path.name.isprintable():
        return "its name holds what a line cannot: rename it"
    try:
        return next((f"at offset {damage.offset}: {damage.reason}" for damage in check(path)), "")
    except WarcError as err:
        return str(err)


def _listed(folder: Path) -> set[str]:
    """The names in the manifest. A last line that a power cut tore counts for nothing, as for `manifest.add`."""
    path = folder / manifest.MANIFEST
    try:
        whole, _, _ = path.read_bytes().rpartition(b"\n")
    except FileNotFoundError:
        return set()
    except OSError as err:
        raise WarcError(f"cannot read {path}: {err.strerror or err}") from err
    return {line[_LISTED_AT:].decode("utf-8", "replace") for line in whole.split(b"\n")}
