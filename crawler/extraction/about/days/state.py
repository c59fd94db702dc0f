"""What a script hands to the program that draws the page: where a page dates itself nowhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from lxml.etree import _Element

MAX_FOUND = 20  # values of a page under one name
_NAMES = (
    *("datePublished", "publishDate", "publish_date", "publishTime", "publish_time", "publishedAt", "published_at"),
    *("pubtime", "pubTime", "pub_time", "pubDate", "pubdate", "pub_date", "createTime", "create_time", "var ct"),
)
_VALUE = re.compile(
    r"""[\\"']{0,3}\s?[:=]\s?[\\"']{0,3}(?P<text>(?:199\d|20\d\d)[-/]\d\d?[-/]\d\d?[^"'\\<>,;}]{0,30}|1\d{9}(?:\d{3})?(?!\d))"""
)


def published_in(root: _Element, read: Callable[[str], datetime | None]) -> datetime | None:
    """The time under the first name that has any; None where it has several days: they are of several articles."""
    scripts = [script.text or "" for script in root.iter("script")]
    for name in _NAMES:
        found = [when for script in scripts for text in _values(script, name) if (when := read(text)) is not None]
        if found:
            return found[0] if len({when.date() for when in found}) == 1 else None
    return None


def _values(script: str, name: str) -> Iterator[str]:
    at = script.find(name)
    for _ in range(MAX_FOUND):
        if at < 0:
            return
        end = at + len(name)
        if not script[at - 1 : at].isalnum() and (found := _VALUE.match(script, end)):
            yield found["text"]
        at = script.find(name, end)
