"""What a post's fields say, as values: shared by those that read posts and those that take seeds from them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.core.model import Post

_BEFORE_OFFSET = re.compile(r"\s+(?=(?:Z|[+-]\d\d:?\d\d)$)")  # Jekyll's own form: 2024-07-26 19:35:21 +0800


def text(post: Post, name: str) -> str:
    """A field as text: lists joined by commas; empty where it is absent or empty."""
    value = post.get(name)
    if isinstance(value, tuple):
        return ", ".join(item for item in value if item)
    return "" if value is None else str(value).strip()


def publication(post: Post) -> datetime | None:
    """The time in `date`, in UTC; a day alone is its midnight, a time without an offset is UTC.

    None: there is none, or none that can be read.
    """
    try:
        found = datetime.fromisoformat(_BEFORE_OFFSET.sub("", text(post, "date")))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # overflow: an offset before the first year or after the last
        return None


def label(post: Post) -> str | None:
    """The source's name: the first tag, else the first category; None: neither has one."""
    for name in ("tags", "categories"):
        value = post.get(name)
        items = value if isinstance(value, tuple) else (text(post, name),)
        if found := next((item.strip() for item in items if item.strip()), None):
            return found
    return None
