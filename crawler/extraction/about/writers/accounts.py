"""Whose name an account stands for, where the page says both: `ann.ohara`, and `Ann T. O'Hara` under the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.about.writers.people import is_full_name
from crawler.extraction.tree import folded

if TYPE_CHECKING:
    from crawler.extraction.about.lines import Lines

MIN_PART = 3  # letters of a name
MAX_NAME = 60
MAX_TAIL = 10  # characters behind a signature
_BETWEEN = re.compile(r"[._-]+")
_SIGNED = re.compile(r"[(\[]([^()\[\]]{5,60})[)\]]\W*$")


def full_name(lines: Lines, account: str) -> str:
    """The first text that is a full name with all parts of the account, or ends with one in brackets; else empty.

    An account of one part begins the name, which stands alone.
    """
    parts = [part for part in _BETWEEN.split(account.casefold()) if part]
    if not parts or not all(len(part) >= MIN_PART and part.isalpha() for part in parts):
        return ""
    for _, text in lines:
        if len(text) < MIN_PART or parts[-1] not in text.casefold():
            continue
        said = folded(text) if len(text) <= 4 * MAX_NAME else ""
        if _stands_for(said, parts):
            return said
        if (
            len(parts) > 1
            and (signed := _SIGNED.search(text[-MAX_NAME - MAX_TAIL :]))
            and _stands_for(signed[1], parts)
        ):
            return signed[1]
    return ""


def _stands_for(name: str, parts: list[str]) -> bool:
    words = name.casefold().split()
    is_said = set(parts) <= set(words) and (len(parts) > 1 or words[0] == parts[0])
    return is_said and len(name) <= MAX_NAME and len(words) > 1 and is_full_name(name)
