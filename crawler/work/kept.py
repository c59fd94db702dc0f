"""Posts of others that stay where they are: which of them pointed at a URL, and the evidence added to them."""

from __future__ import annotations

import hashlib
import logging
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import PostError, UrlError
from crawler.posts import NotAnnotated, annotated, read_post, rewrite

if TYPE_CHECKING:
    from crawler.core.model import Reading
    from crawler.posts import Additions

logger = logging.getLogger(__name__)

KEPT = "kept"  # the settings of a reading record that name the posts it left in their place, from their folder


@dataclass(frozen=True, slots=True)
class Annotation:
    """A post with evidence added."""

    path: Path  # without links
    before: str  # hex sha256 of the bytes that were read
    data: bytes


def is_at(path: Path, via: str) -> bool:
    """Whether a seed's `via` names that file, in whatever spelling."""
    try:
        return text(os.path.realpath(path)) == os.path.realpath(via)
    except ValueError:  # a NUL: what pointed was no file
        return False


def name_in(folder: Path, path: Path) -> str:
    """How a reading record names a kept post: its path from the folder of the posts."""
    return text(path.relative_to(folder).as_posix())


def kept_names(reading: Reading) -> tuple[str, ...]:
    """The posts that a reading left in their place; none: it is no such reading."""
    return tuple(value for name, value in reading.settings if name == KEPT)


def annotation(path: Path, folder: Path, key: str, additions: Additions) -> Annotation | NotAnnotated:
    """The post with the additions, to be written by `annotate`; or why it is better left alone.

    The post lies in the folder and still points at the URL of that key.
    """
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(os.path.realpath(folder)):
        return NotAnnotated("a link that leads out of the folder")
    try:
        post, mode = read_post(real), real.stat().st_mode
        still = urls.key(str(post.get("from"))) == key
    except (PostError, UrlError, OSError) as err:
        return NotAnnotated(str(err))
    if not still:
        return NotAnnotated("it points elsewhere by now")
    if not mode & stat.S_IWUSR:
        return NotAnnotated("it is read-only")
    source = post.source or b""
    data = annotated(source, additions)
    return data if isinstance(data, NotAnnotated) else Annotation(real, hashlib.sha256(source).hexdigest(), data)


def annotate(annotation: Annotation) -> None:
    """Put the annotated post in the place of the one that was read; one that changed since is left alone, and told.

    Raises: StorageError.
    """
    path = annotation.path
    try:
        is_same = hashlib.sha256(path.read_bytes()).hexdigest() == annotation.before
    except OSError:
        is_same = False
    if is_same and os.path.realpath(path) == str(path):
        rewrite(path, annotation.data)
    else:
        logger.warning("%s: not annotated: it changed since it was read", path)


def text(path: str) -> str:
    """A path as seeds and reading records name it: undecodable bytes as escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
