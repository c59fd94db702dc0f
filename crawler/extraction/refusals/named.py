"""What a page calls itself: its title and its headlines."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from lxml.etree import _Element

MAX_CHARACTERS = 200  # of one that are read
MAX_NAMES = 5


def names(page: _Element, *tags: str) -> Iterator[str]:
    """The first few texts of elements of those tags, without empty ones."""
    return filter(None, (text_of(one)[:MAX_CHARACTERS] for one in islice(page.iter(*tags), MAX_NAMES)))


def is_named(page: _Element, words: re.Pattern[str]) -> bool:
    """Whether its title or a headline holds any of the words."""
    return any(map(words.search, names(page, "title", "h1")))
