"""Who signs at the right margin, as letters and many Chinese and Vietnamese articles are signed, a name and no more."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.about.writers.people import is_full_name
from crawler.extraction.about.writers.person import is_han_person, is_outlet
from crawler.extraction.about.writers.signed import is_readers
from crawler.extraction.tree import MAX_NAMES, folded

if TYPE_CHECKING:
    from lxml.etree import _Element

    from crawler.extraction.about.lines import Lines

MAX_CHARACTERS = 40
MAX_SPACED = 400  # as it stands in the page
MAX_UP = 3  # boxes around a name, one of which is set to the right
_RIGHT = re.compile(r"text-align: ?(?:right|end)|(?:^|[\s_-])(?:text|align)-?(?:right|end)(?:$|\s)", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]+")


def aligned(lines: Lines) -> tuple[str, ...]:
    """The one full name at the right margin; none where there are several: a poem's lines, a list of prices."""
    found: dict[str, None] = {}
    for owner, text in lines:
        if 0 < len(text) <= MAX_SPACED and (name := folded(text)) and len(name) <= MAX_CHARACTERS and _is_right(owner):
            found[name] = None
    name = next(iter(found), "")
    return (name,) if len(found) == 1 and _is_name(name) else ()


def _is_name(text: str) -> bool:
    if _HAN.fullmatch(text):
        return is_han_person(text) and not is_outlet(text)
    return is_full_name(text)


def _is_right(owner: _Element) -> bool:
    boxes = (owner, *islice(owner.iterancestors(), MAX_UP))
    is_right = any(
        one.get("align") == "right" or _RIGHT.search(_said(one)) for one in boxes if one.tag not in {"td", "table"}
    )
    return is_right and next(owner.iterancestors("blockquote"), None) is None and not is_readers(owner)


def _said(element: _Element) -> str:
    return f"{element.get('class', '')[:MAX_NAMES]}\n{element.get('style', '')[:MAX_NAMES]}"
