"""``Post`` → bytes → file: whole or not at all."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.core.errors import PostError, StorageError
from crawler.posts.scalar import listed, quoted, scalar, storable

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.core.model import FrontValue, Post

_TIMES = frozenset({"date", "archived_at", "last_modified_at", "memento_datetime"})
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")  # plain, so that YAML takes it for a time
_PREFIX, _SUFFIX = ".permapress-", ".tmp"  # hidden from Jekyll
_MODE = 0o644  # a publisher's build runs as somebody else


@lru_cache(8)  # one post is rendered for its digest, its content and the disk
def render(post: Post) -> bytes:
    """The file's bytes; of a post that was read, its own."""
    if post.source is not None:
        return post.source
    text = "\n".join(("---", *(line(name, value) for name, value in post.fields), "---", post.body))
    return storable(text).encode()


def line(name: str, value: FrontValue) -> str:
    """A field as its line of front matter, without a line end."""
    return f"{name}: {_value(name, value)}"


def _value(name: str, value: FrontValue) -> str:
    if isinstance(value, bool):
        return "True" if value else "false"  # each as its own convention writes it: the seed's, Jekyll's
    if isinstance(value, tuple):
        return listed(value)
    if name in _TIMES and _TIME.fullmatch(value):
        return value
    return quoted(value) if name == "title" else scalar(value)


def write_post(post: Post, folder: Path, *, new: bool = False) -> Path:
    """Write the post under its name: a temporary file, fsync, rename, fsync of the folder.

    `new`: nothing that lies under that name may be replaced, be it another process's that was faster.
    Raises: PostError for a path that is no plain file name, or that is taken; StorageError naming the path and what
    to do.
    """
    if not post.path or Path(post.path).name != post.path or post.path.startswith(".") or "\0" in post.path:
        raise PostError(f"{post.path!r} is not a file name; a post is written into its folder and nowhere else")
    path, data = folder / post.path, render(post)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _place(path, data, os.link if new else os.replace)
    except _TakenError as err:
        raise PostError(f"{path} is there already, from another run perhaps; run again") from err
    except OSError as err:
        raise _refused(path, err) from err
    return path


def rewrite(path: Path, data: bytes) -> None:
    """Put other bytes into a file that is there, whole or not at all.

    Its permissions stay, and where root does it its owner does.
    Raises: StorageError naming the path and what to do.
    """
    try:
        _place(path, data, os.replace, path.stat())
    except OSError as err:
        raise _refused(path, err) from err


def sweep(folder: Path, before: float) -> None:
    """Remove what killed processes left half-written here; `before`: seconds since 1970, younger files may be at work.

    Raises: StorageError.
    """
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        try:
            if path.stat().st_mtime < before:
                path.unlink()
        except FileNotFoundError:  # it was at work, and is done
            continue
        except OSError as err:
            raise _refused(path, err) from err


def _refused(path: Path, err: OSError) -> StorageError:
    return StorageError(f"cannot write {path}: {err.strerror or err}; free space or choose another --output")


class _TakenError(Exception):
    pass


def _place(path: Path, data: bytes, rename: Callable[[Path, Path], None], there: os.stat_result | None = None) -> None:
    descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if there and os.geteuid() == 0:  # who owns a site's posts edits them
                os.fchown(descriptor, there.st_uid, there.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(there.st_mode) if there else _MODE)
            os.fsync(descriptor)
        try:
            rename(temporary, path)
        except FileExistsError as err:
            raise _TakenError from err
    finally:
        temporary.unlink(missing_ok=True)  # after a rename there is none; after a link, or a failure, it has served
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
