"""A new ledger in the place of the one that is there, which is kept: nothing is ever deleted.

The order makes each step safe to be killed in: made beside, checked, synced, the old one moved aside with its log and
its index (a log beside a database that is not its own would be read into it), and only then put in its place.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.core.errors import LedgerError, LockedError, StorageError
from crawler.ledger.check import faults
from crawler.ledger.holders import REBUILDER, SUFFIX, living_holders
from crawler.ledger.rebuild import Rebuild

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

_BESIDE = ("", "-wal", "-shm")


@contextmanager
def replaced(path: Path, at: datetime) -> Iterator[Rebuild]:
    """A new ledger to be filled; at the end of the block it takes the place of what lies at `path`.

    What lay there is kept as `<name>.broken-<time>`. Where the block raises, nothing has changed.
    Raises: LockedError where a run holds the folder, at the beginning or at the end; StorageError, LedgerError.
    """
    new = path.with_name(f"{path.name}.new")
    with _written(path), _alone(path.parent):
        _remove(new)
        rebuild = Rebuild(new)
        try:
            yield rebuild
            rebuild.commit()
            rebuild.close()
            if found := faults(new):
                raise LedgerError(f"the new ledger {new} is not whole ({found[0]}); look at the disk and try again")
            _sync(new)
            _refuse(path.parent)
            _set_aside(path, at)
            new.rename(path)
            _sync(path.parent)
        finally:
            rebuild.close()
            _remove(new)


@contextmanager
def _written(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as err:
        reason = f"cannot write {err.filename or path}: {err.strerror or err}; look at the disk and the permissions"
        raise StorageError(reason) from err


@contextmanager
def _alone(state: Path) -> Iterator[None]:
    """Hold the folder as runs do, so that a second rebuild sees the first."""
    import fcntl  # noqa: PLC0415 - Windows has none

    state.mkdir(parents=True, exist_ok=True)
    _refuse(state)
    path = state / f"{REBUILDER}{SUFFIX}"
    fd = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            raise LockedError(f"another rebuild holds {state}; wait for its end") from err
        try:
            _refuse(state)
            yield
        finally:
            path.unlink(missing_ok=True)
    finally:
        os.close(fd)


def _refuse(state: Path) -> None:
    """Raises: LockedError where somebody else lives there. Our own lock is no other's."""
    held = [name for name in living_holders(state) if name != REBUILDER]
    if held:
        raise LockedError(f"{', '.join(held)} holds {state}; wait for its end or stop it, then rebuild the ledger")


def _set_aside(path: Path, at: datetime) -> None:
    stem = f"{path.name}.broken-{at:%Y%m%dT%H%M%SZ}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1_000)))
    kept = next(name for name in names if not any(os.path.lexists(path.with_name(name + end)) for end in _BESIDE))
    for end in _BESIDE:
        part = path.with_name(path.name + end)
        if os.path.lexists(part):
            part.rename(path.with_name(kept + end))


def _remove(new: Path) -> None:
    """Away with what a rebuild that did not come to its end left."""
    for end in _BESIDE:
        new.with_name(new.name + end).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
