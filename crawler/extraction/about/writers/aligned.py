"""Who signs at the right margin, as letters and many Chinese and Vietnamese articles are signed, a name and no more."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml.etree import XPath

from crawler.extraction.about.writers.people import is_full_name
from crawler.extraction.about.writers.person import is_han_person, is_outlet
from crawler.extraction.about.writers.signed import is_readers
from crawler.extraction.tree import MAX_NAMES, elements, pieces

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_CHARACTERS = 40
MAX_PIECES = 6  # elements of a name
MAX_ALIGNED = 200
_AT_RIGHT = XPath(
    "//body//*[not(self::td or self::th or self::tr or self::table)][@align='right' or contains(@class, 'right')"
    " or contains(@class, '-end')"
    " or (@style and contains(translate(@style, 'TEXALIGNRHD', 'texalignrhd'), 'text-align'))]"
)
_BESIDE = frozenset({"nav", "header", "footer", "aside", "blockquote", "form", "ul"})
_RIGHT = re.compile(r"text-align: ?(?:right|end)|(?:^|[\s_-])(?:text|align)-?(?:right|end)(?:$|\s)", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]+")


def aligned(root: _Element) -> tuple[str, ...]:
    """The one full name at the right margin; none where other short texts stand there: a poem's lines, prices."""
    found: dict[str, None] = {}
    for one in filter(_is_right, islice(elements(_AT_RIGHT, root), MAX_ALIGNED)):
        text = " ".join(pieces(one, MAX_PIECES))
        if 0 < len(text) <= MAX_CHARACTERS:
            found[text] = None
    name = next(iter(found), "")
    return (name,) if len(found) == 1 and _is_name(name) else ()


def _is_name(text: str) -> bool:
    if _HAN.fullmatch(text):
        return is_han_person(text) and not is_outlet(text)
    return is_full_name(text)


def _is_right(element: _Element) -> bool:
    said = f"{element.get('class', '')[:MAX_NAMES]}\n{element.get('style', '')[:MAX_NAMES]}"
    if element.get("align") != "right" and not _RIGHT.search(said):
        return False
    if element.find(".//a") is not None or any(up.tag in _BESIDE for up in element.iterancestors()):
        return False
    return not is_readers(element)
