"""Who is alive: a holder of leases keeps a lock on a file of its name while its process lives.

A lease alone would last two minutes after its holder was killed; the lock is gone with the process.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.core.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SUFFIX = ".holder"
REBUILDER = "rebuild"  # who makes the ledger anew: alone


class Holder:
    """A name that is alive until `close`, or until the process ends."""

    def __init__(self, state: Path, name: str) -> None:
        """Make `state/<name>.holder` and lock it.

        Raises: StorageError.
        """
        self.name = name
        self._path = state / f"{name}{SUFFIX}"
        import fcntl  # noqa: PLC0415 - Windows has none, and must still be able to read

        with _reported(self._path):
            state.mkdir(parents=True, exist_ok=True)
            locked = self._path.with_suffix(".new")  # under its own name only once locked: nobody takes it for dead
            self._file = os.open(locked, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
            fcntl.flock(self._file, fcntl.LOCK_EX)
            locked.rename(self._path)

    def close(self) -> None:
        """Not alive any more."""
        with _reported(self._path):
            self._path.unlink(missing_ok=True)
            os.close(self._file)


def dead(state: Path, names: Iterable[str]) -> list[str]:
    """Those of the names whose process is gone; their files go too.

    Raises: StorageError.
    """
    return [name for name in names if _is_dead(state / f"{name}{SUFFIX}")]


def living_holders(state: Path) -> list[str]:
    """The names of all who are alive; the files of the dead go.

    Raises: StorageError.
    """
    paths = sorted(state.glob(f"*{SUFFIX}"))
    return [path.name.removesuffix(SUFFIX) for path in paths if not _is_dead(path)]


def _is_dead(path: Path) -> bool:
    import fcntl  # noqa: PLC0415 - as above

    with _reported(path):
        try:
            file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return True
        except PermissionError:  # another user's: whether it lives cannot be told, so it does
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            path.unlink(missing_ok=True)
            return True
        finally:
            os.close(file)


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as err:
        raise StorageError(f"{path}: {err.strerror}; give this user the right to write there, or free space") from err
