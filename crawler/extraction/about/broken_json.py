"""JSON as pages hold it: whole, or broken by their templates."""

from __future__ import annotations

import html
import json
import re
from itertools import pairwise

MAX_REQUOTED, MAX_REQUOTED_CHARACTERS = 20, 20_000  # blocks of a page, and the length of each
MAX_SPACES = 32  # between a mark and what it stands behind
_SUPERFLUOUS = re.compile(
    r"(?://)?<!\[CDATA\[|(?://)?\]\]>|<!--|-->|/\*.{0,200}?\*/|(?<=[,{\[\s])//[^\n]*|,(?=\s*[}\]])"
)
_MARK = re.compile(r'(?<!\\)"')
_OPENS = re.compile(r"[{\[,:]\s{0,30}$")
_CLOSES = re.compile(r"\s{0,30}(?:[:}\]]|,\s{0,30}[\"{\[\d])")


def loaded(text: str, place: int) -> object:
    """What a block says; None: nobody can read it.

    `place` is its number on the page, since to repair costs a microsecond a mark.
    """
    is_small = place < MAX_REQUOTED and len(text) <= MAX_REQUOTED_CHARACTERS
    for repaired in (str.strip, _repaired, _requoted) if is_small else (str.strip, _repaired):
        try:
            said: object = json.loads(repaired(text).rstrip(";"), strict=False)
        except (ValueError, RecursionError):  # RecursionError: a hundred thousand brackets
            continue
        return said
    return None


def _repaired(text: str) -> str:
    """JSON as templates break it: in CDATA, with comments, escaped for HTML, with commas before brackets."""
    if '"' not in text:
        text = html.unescape(text)
    return _SUPERFLUOUS.sub("", text).replace("\\'", "'").strip()


def _requoted(text: str) -> str:
    """JSON with quotation marks left as they are within its strings, repaired: two of 669 blocks (2026-11-26).

    A mark begins a string behind a bracket, a colon or a comma, and ends one before those; others are text.
    """
    text = _repaired(text)
    found = (mark.start() for mark in _MARK.finditer(text))
    inner = [
        at for at in found if not _OPENS.search(text, max(0, at - MAX_SPACES), at) and not _CLOSES.match(text, at + 1)
    ]
    parts = (text[start:end] for start, end in pairwise([0, *inner, len(text)]))
    return "\\".join(parts)
