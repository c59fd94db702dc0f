"""A post's file → ``Post``. What can be mended is, with a warning; what cannot is named, and the rest goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.core.errors import PostError
from crawler.core.model import Post
from crawler.posts.content import Unreadable, whole
from crawler.posts.folder import files
from crawler.posts.front_matter import NoFrontMatter, decoded, fields, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def read_post(path: Path) -> Post:
    """The post in a file: fields in their order, values as the text that stands there, and the file's own bytes.

    Lists are tuples, `comments: True` is a boolean, a nested value is its text.
    Raises: PostError naming the file, what is wrong with it and what to do.
    """
    found = _read(path)
    if isinstance(found, Unreadable):
        raise PostError(f"{_shown(found.path)}: {found.reason}")
    return found


def read_posts(paths: Iterable[Path]) -> Iterator[Post | Unreadable]:
    """The posts of files, folders and globs (see `files`), one by one; a bad one never ends the rest."""
    for path in files(paths):
        yield path if isinstance(path, Unreadable) else _read(path)


def _read(path: Path) -> Post | Unreadable:
    data = whole(path)
    if isinstance(data, Unreadable):
        return data
    return parsed(data, str(path))


def parsed(data: bytes, path: str) -> Post | Unreadable:
    """The post that a file's bytes are."""
    cut = parts(data)
    if isinstance(cut, NoFrontMatter):
        return Unreadable(path, cut.reason)
    head = fields(cut)
    body, warnings = decoded(cut.body, "body")
    return Post(path=path, fields=head.values, body=body, source=data, warnings=head.warnings + warnings)


def _shown(path: str) -> str:
    # Names from strangers hold escape sequences and bytes that no terminal can print.
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in path)
