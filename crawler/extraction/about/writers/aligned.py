"""Who signs at the right margin, as letters and many Chinese and Vietnamese articles are signed, a name and no more."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.about.headline import bare
from crawler.extraction.about.writers.people import is_full_name
from crawler.extraction.about.writers.person import is_han_person, is_outlet
from crawler.extraction.about.writers.signed import is_readers
from crawler.extraction.tree import MAX_NAMES, folded

if TYPE_CHECKING:
    from lxml.etree import _Element

    from crawler.extraction.about.lines import Lines

MAX_CHARACTERS = 40
MAX_WORDS = 5
MAX_CANDIDATES = 50
MIN_PROSE = 100  # bytes of a paragraph
MAX_HAN = 4  # characters of a name
MAX_UP = 3  # boxes around a name, one of which is set to the right
_RIGHT = re.compile(r"text-align: ?(?:right|end)|(?:^|[\s_-])(?:text|align)-?(?:right|end)(?:$|\s)", re.IGNORECASE)
_BY = re.compile(r"^(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|[Dd]i)\s+(?=[A-ZÀ-Þ])")
_BESIDE = frozenset({"a", "nav", "header", "footer", "aside", "blockquote", "form", "ul", "table"})


def aligned(lines: Lines, title: str) -> tuple[str, ...]:
    """The one full name at the right margin beside a paragraph, which `title`, the page's, does not hold."""
    texts = [(owner, text) for owner, text in lines if text]
    beside = (
        (owner, _BY.sub("", folded(text)))
        for (_, before), (owner, text), (_, after) in zip(texts, texts[1:], [*texts[2:], (None, "")], strict=False)
        if 1 < len(text) <= MAX_CHARACTERS and max(len(before.encode()), len(after.encode())) >= MIN_PROSE
    )
    near = islice(((owner, text) for owner, text in beside if _may_be_name(text)), MAX_CANDIDATES)
    found = tuple(dict.fromkeys(text for owner, text in near if _is_right(owner) and _is_name(text)))
    return found if len(found) == 1 and bare(found[0]) not in bare(title) else ()


def _may_be_name(text: str) -> bool:
    """Whether a text has the length of a name and begins like one; the sure answer costs twenty times as much."""
    words = text.split()
    if len(words) == 1:
        return len(words[0]) <= MAX_HAN and "\u4e00" <= text[:1] <= "\u9fff"
    return 1 < len(words) <= MAX_WORDS and words[0][0].isupper() and words[-1][0].isupper()


def _is_name(text: str) -> bool:
    if text.isascii() or text[0].isupper():
        return is_full_name(text)
    return is_han_person(text) and not is_outlet(text)


def _is_right(owner: _Element) -> bool:
    boxes = (owner, *islice(owner.iterancestors(), MAX_UP))
    if not any(one.get("align") == "right" or _RIGHT.search(_said(one)) for one in boxes):
        return False
    return not any(up.tag in _BESIDE for up in (owner, *owner.iterancestors())) and not is_readers(owner)


def _said(element: _Element) -> str:
    return f"{element.get('class', '')[:MAX_NAMES]}\n{element.get('style', '')[:MAX_NAMES]}"
