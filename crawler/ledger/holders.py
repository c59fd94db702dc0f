"""Who works on an output now: each process holds the flock of a file of its own, which goes when it dies."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".holder"


def living_holders(state: Path) -> list[str]:
    """The holders in a state folder that live; the files of dead ones are removed."""
    return [path.name.removesuffix(SUFFIX) for path in sorted(state.glob(f"*{SUFFIX}")) if _is_held(path)]


def _is_held(path: Path) -> bool:
    import fcntl  # noqa: PLC0415 - Windows has none, and must still be able to read

    try:
        fd = os.open(path, os.O_RDONLY)
    except FileNotFoundError:  # it ended meanwhile
        return False
    except PermissionError:  # another user's: whether it lives cannot be told, so it does
        return True
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink(missing_ok=True)  # under its lock: who made it and waits for that finds the file gone
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False
