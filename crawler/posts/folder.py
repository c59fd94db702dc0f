"""Which files are posts: files, folders and globs → paths, and which URLs a folder already has posts of."""

from __future__ import annotations

import glob
import logging
import os
from collections import defaultdict
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.posts.content import Unreadable, beginning
from crawler.posts.front_matter import MAX_FRONT_MATTER, NoFrontMatter, fields, is_enough, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

logger = logging.getLogger(__name__)

MAX_FOLDERS_DEEP = 32  # posts lie one or two folders deep

_SUFFIXES = (".md", ".markdown")


def files(paths: Iterable[Path]) -> Iterator[Path | Unreadable]:
    """The files meant: a file itself, all posts under a folder, what a glob matches; each group in the order of names.

    Under a folder: `*.md` and `*.markdown`, no hidden names; a link is followed to a file inside that folder only.
    """
    for path in paths:
        found = [path] if os.path.lexists(path) else _matches(path)  # posts' own names hold `?` and `[`
        for one in found:
            # Path.is_dir raises where a parent may not be entered (Python 3.11 to 3.13)
            is_folder = os.path.isdir(one)  # noqa: PTH112
            yield from _under(one, Path(os.path.realpath(one)), MAX_FOLDERS_DEEP) if is_folder else [one]
        if not found:
            yield Unreadable(str(path), "there is no such file or folder, or none that may be seen; check the path")


def among(paths: Iterable[Path]) -> Callable[[Path], bool]:
    """Whether a file is one of those that `files` gives for these paths, or lies under them, whatever its spelling."""
    named = (one for path in paths for one in ([path] if os.path.lexists(path) else _matches(path)))
    roots = frozenset(map(os.path.realpath, named))

    def is_among(path: Path) -> bool:
        real = Path(os.path.realpath(path))
        return any(str(each) in roots for each in (real, *real.parents))

    return is_among


def _matches(pattern: Path) -> list[Path]:
    # Not glob.glob, whose `**` follows links to folders: three links to `.` make it run for ever.
    fixed = list(takewhile(lambda part: not glob.has_magic(part), pattern.parts))
    rest = pattern.parts[len(fixed) :]
    try:
        return sorted(Path(*fixed).glob(str(Path(*rest)))) if rest else []
    except (OSError, ValueError):  # no glob after all, such as `a**b`
        return []


def _under(folder: Path, top: Path, deeper: int) -> Iterator[Path | Unreadable]:
    if not deeper:
        yield Unreadable(str(folder), f"more than {MAX_FOLDERS_DEEP} folders deep; name this folder itself")
        return
    try:
        with os.scandir(folder) as scan:
            entries = sorted((entry for entry in scan if entry.name[0] != "."), key=lambda entry: entry.name)
    except OSError as err:
        yield Unreadable(str(folder), f"{err.strerror or err}; check its permissions")
        return
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _under(path, top, deeper - 1)
        elif entry.name.lower().endswith(_SUFFIXES):
            yield _linked(path, top) if entry.is_symlink() else path


def _linked(path: Path, top: Path) -> Path | Unreadable:
    try:
        target = Path(os.path.realpath(path, strict=True))
    except OSError as err:  # dangling, or a loop
        return Unreadable(str(path), f"a link that leads nowhere ({err.strerror}); mend or delete it")
    if not target.is_relative_to(top):
        return Unreadable(str(path), "a link that leads out of the folder; name the file it leads to itself")
    return Unreadable(str(path), "a link to a folder; name that folder itself") if target.is_dir() else path


def index(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Canonical key of `from` → its posts under a folder, by file name; reads no more than front matter.

    Files without a usable `from` are left out, those that cannot be read are logged.
    """
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in files([folder]):
        key = path if isinstance(path, Unreadable) else _key(path)
        if isinstance(key, Unreadable):
            logger.warning("%s: not read: %s", key.path, key.reason)
        elif key and isinstance(path, Path):
            found[key].append(path)
    return {key: tuple(sorted(paths, key=lambda path: (path.name, path))) for key, paths in found.items()}


def _key(path: Path) -> str | Unreadable | None:
    data = beginning(path, is_enough, MAX_FRONT_MATTER)
    if isinstance(data, Unreadable):
        return data
    cut = parts(data)
    if isinstance(cut, NoFrontMatter):
        return Unreadable(str(path), cut.reason)
    found = next((value for name, value in fields(cut).values if name == "from"), None)
    try:
        return urls.key(found) if isinstance(found, str) else None
    except UrlError:
        return None
