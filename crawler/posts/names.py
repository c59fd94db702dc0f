"""File names: ``YYYY-MM-DD-title.md``, for three systems and for Jekyll."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING

import regex
from pathvalidate import sanitize_filename

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

MAX_TITLE_CHARACTERS = 50  # as the seed's generator cut; grapheme clusters, so that none is torn
MAX_NAME_BYTES = 200  # ext4 takes 255; room for what a publisher adds
UNTITLED = "untitled"
_SUFFIX = ".md"

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]")
_LIQUID = re.compile(r"[{}%#]")  # a file name is a URL's last part, and a template's input


def file_name(title: str, date: datetime, key: str, taken: Callable[[str], bool]) -> str:
    """The name of a new post.

    `taken` says whether a name is used already, whatever its case and form; then the key's digest is added.
    """
    start = f"{date.astimezone(UTC):%Y-%m-%d}-"
    name = _fitted(start, _title(title), _SUFFIX)
    return _fitted(start, _title(title), f"-{sha256(key.encode()).hexdigest()[:8]}{_SUFFIX}") if taken(name) else name


def _title(title: str) -> str:
    text = _LIQUID.sub(" ", _INVISIBLE.sub(" ", unicodedata.normalize("NFC", title)))
    text = sanitize_filename(text, platform="universal", replacement_text=" ", max_len=0x1000)
    words = " ".join(text.split())
    clusters = regex.findall(r"\X", words)[:MAX_TITLE_CHARACTERS]
    return "".join(clusters).strip(" .-_~") or UNTITLED


def _fitted(start: str, title: str, end: str) -> str:
    clusters = regex.findall(r"\X", title)
    while len((start + "".join(clusters) + end).encode()) > MAX_NAME_BYTES:
        clusters.pop()
    return start + ("".join(clusters).rstrip(" .-") or UNTITLED) + end
