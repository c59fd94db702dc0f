"""What a person names (URLs, posts under folders) → seeds."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.model import Post, Seed
from crawler.posts import read_posts
from crawler.sources.posts import Skipped, pointed
from crawler.work.tell import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A file that was looked at for where it points."""

    path: str  # as given or found; may hold undecodable bytes (surrogates)
    post: Post | None  # None: it could not be read
    found: Seed | Skipped


def typed(found: Iterable[str]) -> list[Seed]:
    """A seed for each URL that a person typed, in order; a password in it is neither kept nor told.

    Raises: UrlError for the first that cannot be sent.
    """
    return [_typed(url) for url in found]


def _typed(url: str) -> Seed:
    urls.wire(url)
    return Seed(url=urls.without_userinfo(url), key=urls.key(url))


def pointers(paths: Iterable[Path]) -> Iterator[Pointer]:
    """Every post under files, folders and globs, one by one; what had to be mended in it is warned of."""
    for post in read_posts(paths):
        if not isinstance(post, Post):
            yield Pointer(post.path, None, Skipped(post.path, post.reason))
            continue
        for warning in post.warnings:
            logger.warning("%s: %s", shown(post.path), warning)
        yield Pointer(post.path, post, pointed(post))


def seeds_under(paths: Iterable[Path]) -> Iterator[Seed]:
    """The seed of every post under files, folders and globs; what cannot be followed is warned of, by name."""
    for pointer in pointers(paths):
        if isinstance(pointer.found, Seed):
            yield pointer.found
        else:
            logger.warning("%s: not followed: %s", shown(pointer.found.path), pointer.found.reason)
