"""The bytes of a regular file, bounded. What is none (a pipe, a socket, a device) is named, never waited for."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAX_POST_BYTES = 16 * 1024 * 1024  # a page with its pictures inlined is some MB; beyond it is no article
_FIRST_BYTES = 4 * 1024  # holds the front matter of each of 643 real posts

_NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)  # Windows has neither, and no such files


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or folder that cannot be read as posts, and why; the reason says what to do."""

    path: str  # as given or found; may hold controls and undecodable bytes (surrogates)
    reason: str


def whole(path: Path) -> bytes | Unreadable:
    """All bytes of a file."""
    return _read(path, _all)


def beginning(path: Path, is_enough: Callable[[bytes], bool], most: int) -> bytes | Unreadable:
    """The first bytes of a file: few where those are enough, else `most`."""

    def first(file: BinaryIO) -> bytes:
        few = file.read(_FIRST_BYTES)
        return few if is_enough(few) else few + file.read(most - len(few))

    return _read(path, first)


def _all(file: BinaryIO) -> bytes | str:
    data = file.read(MAX_POST_BYTES + 1)
    if len(data) > MAX_POST_BYTES:
        size = os.fstat(file.fileno()).st_size
        return f"{size} bytes, more than {MAX_POST_BYTES}: too large for a post; split it or move it away"
    return data


def _read(path: Path, read: Callable[[BinaryIO], bytes | str]) -> bytes | Unreadable:
    try:
        # Path.open takes no opener, and only one can open a pipe without waiting for its writer.
        with open(path, "rb", opener=_opener) as file:
            is_regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            found = read(file) if is_regular else "no regular file; name files with posts"
    except IsADirectoryError:
        found = "a folder, not a post; name the posts in it"
    except OSError as err:
        found = f"{err.strerror or err}; check the path and its permissions"
    except ValueError as err:  # a NUL or what no file system can spell
        found = f"no file has such a name ({err}); check the path"
    return found if isinstance(found, bytes) else Unreadable(str(path), found)


def _opener(name: str, flags: int) -> int:
    return os.open(name, flags | _NO_WAITING)
