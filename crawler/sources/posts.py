"""Posts that point at articles by their `from` → ``Seed``."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.fields import label, publication, text
from crawler.core.model import Seed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.core.model import Post


@dataclass(frozen=True, slots=True)
class Skipped:
    """A post that points at nothing we can follow; the reason says what to do."""

    path: str
    reason: str


def seeds(posts: Iterable[Post]) -> Iterator[Seed | Skipped]:
    """One for each post: where its `from` points, and what the post says of the article.

    The URL is as found, without userinfo; entities in title and author (`&amp;`) are read as the characters they mean.
    """
    return map(pointed, posts)


def pointed(post: Post) -> Seed | Skipped:
    """Where one post's `from` points, as in `seeds`."""
    found = post.get("from")
    if not isinstance(found, str) or not found.strip():
        return Skipped(post.path, "no URL in `from`; write the article's there")
    if "\ufffd" in found:  # the reader's mark for bytes that are no UTF-8: the URL they meant is not known
        return Skipped(post.path, "`from` is not UTF-8; save the post as UTF-8")
    url = urls.without_userinfo(found)
    try:
        key, _ = urls.key(url), urls.wire(url)
    except UrlError as err:
        return Skipped(post.path, f"`from`: {err}")
    return Seed(
        url=url,
        key=key,
        via=post.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"),
        title=said(post, "title"),
        date=publication(post),
        author=said(post, "author"),
        label=label(post),
    )


def said(post: Post, name: str) -> str | None:
    """What a field says, entities read as characters; None: nothing."""
    return unescape(text(post, name)) or None
