"""What a person names (URLs, posts under folders) → seeds."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.model import Seed
from crawler.posts import Unreadable, read_posts
from crawler.sources.posts import seeds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from crawler.core.model import Post

logger = logging.getLogger(__name__)


def typed(found: Iterable[str]) -> list[Seed]:
    """A seed for each URL that a person typed, in order; a password in it is neither kept nor told.

    Raises: UrlError for the first that cannot be sent.
    """
    return [_typed(url) for url in found]


def _typed(url: str) -> Seed:
    urls.wire(url)
    return Seed(url=urls.without_userinfo(url), key=urls.key(url))


def seeds_under(paths: Iterable[Path]) -> Iterator[Seed]:
    """The seed of every post under files, folders and globs; what cannot be followed is warned of, by name."""
    for found in seeds(_readable(paths)):
        if isinstance(found, Seed):
            yield found
        else:
            logger.warning("%s: not followed: %s", found.path, found.reason)


def _readable(paths: Iterable[Path]) -> Iterator[Post]:
    for post in read_posts(paths):
        if isinstance(post, Unreadable):
            logger.warning("%s: not read: %s", post.path, post.reason)
            continue
        for warning in post.warnings:
            logger.warning("%s: %s", post.path, warning)
        yield post
