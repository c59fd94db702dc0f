"""The shelf: which posts a URL has in one folder, which names are taken, and what is remembered of each.

One URL has one post. A post that a person edited is never overwritten: a new reading stands beside it.
"""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

from crawler.core.errors import PostError
from crawler.core.model import Reading
from crawler.posts import index, render, write_post
from crawler.warc import read_readings
from crawler.work.kept import annotate, annotation, is_at, name_in
from crawler.work.naming import Naming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from crawler.core.model import Post, Seed
    from crawler.posts import Additions, NotAnnotated
    from crawler.work.kept import Annotation
    from crawler.work.naming import Names
    from crawler.work.reading import Draft

CONTENT = "content"  # the setting of a reading record that keeps the digest of what a post says

# What stands in a post beside the article: its evidence, and a date that may be the time of a fetch.
_EVIDENCE = re.compile(rb"^(?:date|archived_at|warc_record_id|warc_digest|last_modified_at): .*\n?", re.MULTILINE)


def sha256(data: bytes) -> str:
    """Hex digest, as a reading record keeps it of a post."""
    return hashlib.sha256(data).hexdigest()


def content(file: bytes) -> str:
    """The digest of what a post's bytes say of the article: the same for every reading of an unchanged page."""
    head, _, body = file.partition(b"\n---\n")
    return sha256(_EVIDENCE.sub(b"", head) + b"\n---\n" + body)


class Shelf:
    """One folder of posts, and what its archive remembers of them. Not for several threads at once."""

    def __init__(
        self, posts: Path, output: Path, warcs: Callable[[], Iterable[Path]], names: Names | None = None
    ) -> None:
        """`posts`: the folder. `output`: outcomes name paths from it. `warcs`: the archive's own files, asked late.

        `names`: None where nobody else writes posts here meanwhile.
        """
        self._folder = posts
        self._output = output
        self._warcs = warcs
        self._versions: dict[str, tuple[Path, ...]] | None = None
        self._naming = Naming(posts, self.shown, names)
        self._written: dict[str, set[str]] | None = None  # name → digests of all that was ever written there
        self._contents: dict[str, set[str]] = {}  # name → what its readings said
        self._others: set[str] = set()  # names of posts that another process wrote, perhaps after we read the archive

    def _opened(self) -> dict[str, tuple[Path, ...]]:
        if self._versions is None:
            self._versions = dict(index(self._folder)) if self._folder.is_dir() else {}
            self._naming.know(self._folder.iterdir() if self._folder.is_dir() else ())
        return self._versions

    def _remembered(self) -> dict[str, set[str]]:
        if self._written is None:
            self._written = {}
            for found in read_readings(self._warcs()):
                if isinstance(found, Reading) and found.post and found.post_sha256:
                    self._written.setdefault(found.post, set()).add(found.post_sha256)
                    self._contents.setdefault(found.post, set()).add(dict(found.settings).get(CONTENT, ""))
        return self._written

    def versions(self, key: str) -> tuple[Path, ...]:
        """The posts of a URL, by file name."""
        return self._opened().get(key, ())

    def look(self, key: str) -> None:
        """See whether another process wrote a post of the URL meanwhile: it is a version like the others."""
        known, path = self.versions(key), self._folder / (self._naming.given(key) or "")
        if path not in known and path.is_file():
            self._others.add(path.name)
            self._opened()[key] = (*known, path)

    def strangers(self, key: str) -> tuple[Path, ...]:
        """The posts of a URL that no reading record of ours ever named."""
        return tuple(path for path in self.versions(key) if not self._was_ours(path))

    def _was_ours(self, path: Path) -> bool:
        known = self._naming.written(path.name) is not None
        return path.parent == self._folder and (known or path.name in self._remembered())

    def pointing(self, seed: Seed) -> Path | None:
        """Which of its URL's strangers pointed at a seed; None: none of this folder did."""
        return next((path for path in self.strangers(seed.key) if is_at(path, seed.via)), None) if seed.via else None

    def saying(self, key: str, said: str) -> Path | None:
        """The post of the URL that says this, or said it before a person edited it; None: none does."""
        for path in reversed(self.versions(key)):
            if content(_bytes(path) or b"") == said:
                return path
            if not self.is_ours(path.name) and said in self._contents.get(path.name, ()):
                return path
        return None

    def untouched(self, key: str) -> Path | None:
        """The post of the URL that may be rewritten: it lies where we write, as we wrote it. None: there is none."""
        return next((path for path in reversed(self.versions(key)) if self.own_digest(path)), None)

    def is_ours(self, name: str) -> bool:
        """Whether the file of that name is just what we wrote, as the ledger or a reading record of the archive tells.

        The archive is asked last: to read all of it takes as long as it is large.
        """
        digest = self.digest(name)
        if digest is None or self._naming.written(name) == digest:
            return digest is not None
        if digest not in self._remembered().get(name, ()) and name in self._others:
            self._others.remove(name)
            self._written = None  # its reading record may be a further one
        return digest in self._remembered().get(name, ())

    def reserved(self, key: str, title: str, date: datetime) -> str:
        """The name of a new post of the URL; taken from here on, at its next visit too where nothing was written.

        Raises: PostError where all names for it are taken.
        """
        self._opened()
        return self._naming.name(key, title, date)

    def path(self, name: str) -> Path:
        """Where the post of that name lies."""
        return self._folder / name

    def name(self, path: Path) -> str:
        """How a reading record names a post that it keeps."""
        return name_in(self._folder, path)

    def annotation(self, path: Path, key: str, additions: Additions) -> Annotation | NotAnnotated:
        """A kept post of the URL with the additions, or why it is left alone."""
        return annotation(path, self._folder, key, additions)

    def shown(self, path: Path) -> str:
        """The path of a post as outcomes have it."""
        return os.path.relpath(path, self._output)

    def digest(self, name: str) -> str | None:
        """The digest of the post of that name as it lies there; None: there is none.

        Raises: PostError where something else lies there.
        """
        found = _bytes(self.path(name))
        return None if found is None else sha256(found)

    def own_digest(self, path: Path) -> str | None:
        """The digest of a post that lies here as we wrote it; None: it does not."""
        return self.digest(path.name) if path.parent == self._folder and self.is_ours(path.name) else None

    def apply(self, draft: Draft, key: str) -> None:
        """Do what a draft of the URL needs, once its reading record is safe: write its post, annotate what it kept.

        Raises: PostError, StorageError.
        """
        if draft.post:
            self.put(draft.post, key)
        for each in draft.annotations:
            annotate(each)

    def put(self, post: Post, key: str) -> Path:
        """Write the post into its place, whole or not at all.

        Raises: PostError, StorageError.
        """
        is_new = self.path(post.path) not in self.versions(key)
        path = write_post(post, self._folder, new=is_new)
        if is_new:
            self._opened()[key] = (*self.versions(key), path)
        if self._written is not None:  # else its reading record is found there when the archive is read
            self._written.setdefault(post.path, set()).add(sha256(render(post)))
            self._contents.setdefault(post.path, set()).add(content(render(post)))
        return path


def _bytes(path: Path) -> bytes | None:
    if not os.path.lexists(path):
        return None
    if not path.is_file():
        raise PostError(f"{path} is no file; move it away")
    try:
        return path.read_bytes()
    except OSError as err:
        raise PostError(f"{path}: {err.strerror or err}; check its permissions") from err
