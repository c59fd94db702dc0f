"""The shelf: which post a URL has in one folder, and which names are taken.

One URL has one post. A post that a person edited (its digest is not the one a reading record keeps) is never
overwritten: the new reading stands beside it.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.core.model import Reading
from crawler.posts import file_name, index, read_post, render, write_post
from crawler.warc import read_readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from crawler.core.model import Post


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post goes."""

    name: str
    existing: Post | None = None  # ours and as we wrote it: it may be rewritten
    edited: str | None = None  # name of the edited post that this one stands beside


def sha256(data: bytes) -> str:
    """Hex digest, as a reading record keeps it of a post."""
    return hashlib.sha256(data).hexdigest()


def _folded(name: str) -> str:
    """What two names that meet have in common: on a disk without case, or at the one address a publisher gives both."""
    return re.sub(r"\W+", "-", unicodedata.normalize("NFC", name).casefold())


class Shelf:
    """One folder of posts, and what remembers how each was written. Not for several threads at once."""

    def __init__(self, posts: Path, output: Path, warcs: Callable[[], Iterable[Path]]) -> None:
        """`posts`: the folder. `output`: outcomes name paths from it. `warcs`: what remembers, asked late."""
        self._folder = posts
        self._output = output
        self._warcs = warcs
        self._versions: dict[str, tuple[Path, ...]] | None = None
        self._names: set[str] = set()
        self._recorded: dict[str, str] | None = None

    def _opened(self) -> dict[str, tuple[Path, ...]]:
        if self._versions is None:
            self._versions = dict(index(self._folder)) if self._folder.is_dir() else {}
            names = self._folder.iterdir() if self._folder.is_dir() else ()
            self._names = {_folded(path.name) for path in names}
        return self._versions

    def _digests(self) -> dict[str, str]:
        if self._recorded is None:
            self._recorded = {}
            for found in read_readings(self._warcs()):
                if isinstance(found, Reading) and found.post and found.post_sha256:
                    self._recorded[found.post] = found.post_sha256
        return self._recorded

    def place(self, key: str, title: str, date: datetime) -> Place:
        """The place of the URL's post; the name is reserved from here on.

        Raises: PostError where a post that is there cannot be read.
        """
        versions = self._opened().get(key, ())
        for path in reversed(versions):
            source = path.read_bytes()
            if self._digests().get(path.name) == sha256(source):
                return Place(name=path.name, existing=read_post(path))
        name = file_name(title, date, key, lambda name: _folded(name) in self._names)
        self._names.add(_folded(name))
        return Place(name=name, edited=versions[-1].name if versions else None)

    def path(self, name: str) -> Path:
        """Where the post of that name lies."""
        return self._folder / name

    def shown(self, name: str) -> str:
        """The path of the post of that name as outcomes have it."""
        return os.path.relpath(self._folder / name, self._output)

    def digest(self, name: str) -> str | None:
        """The digest of the post of that name as it lies there; None: there is none."""
        try:
            return sha256(self.path(name).read_bytes())
        except FileNotFoundError:
            return None

    def put(self, post: Post, key: str) -> Path:
        """Write the post into its place, whole or not at all.

        Raises: PostError, StorageError.
        """
        path = write_post(post, self._folder)
        versions = self._opened().get(key, ())
        if path not in versions:
            self._opened()[key] = (*versions, path)
        self._digests()[post.path] = sha256(render(post))
        return path
