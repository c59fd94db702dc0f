"""File names: ``YYYY-MM-DD-title.md``, for three systems and for Jekyll."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING

import regex
from pathvalidate import sanitize_filename

from crawler.core.errors import PostError
from crawler.posts.scalar import storable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

MAX_TITLE_CHARACTERS = 50  # as the seed's generator cut; grapheme clusters, so that none is torn
MAX_NAME_BYTES = 200  # ext4 takes 255; room for what a publisher adds
UNTITLED = "untitled"
_SUFFIX = ".md"

_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]"
)
_LIQUID = re.compile(r"[{}%#]")  # a file name is a URL's last part, and a template's input


def file_name(title: str, date: datetime, key: str, taken: Callable[[str], bool]) -> str:
    """The name of a new post.

    `taken` says whether a name is used already, whatever its case and form; then 8 hex digits of the key's digest are
    added, the next 8 where those are taken too (versions of one URL).
    Raises: PostError where all of them are.
    """
    start, text = f"{date.astimezone(UTC).date().isoformat()}-", _title(title)
    digest = sha256(storable(key).encode()).hexdigest()
    for end in ("", *(f"-{digest[at : at + 8]}" for at in range(0, len(digest), 8))):
        if not taken(name := _fitted(start, text, end + _SUFFIX)):
            return name
    raise PostError(f"{start}{text}: this name and its variants for {key} are taken; move some of these posts away")


def _title(title: str) -> str:
    text = _LIQUID.sub(" ", _INVISIBLE.sub(" ", unicodedata.normalize("NFC", title)))
    text = sanitize_filename(text, platform="universal", replacement_text=" ", max_len=0x1000)
    words = " ".join(text.split())
    clusters = regex.findall(r"\X", words)[:MAX_TITLE_CHARACTERS]
    text = "".join(clusters).strip(" .-_~")
    return (
        text if any(map(str.isalnum, text)) else UNTITLED
    )  # of other characters Jekyll makes an address without a name


def _fitted(start: str, title: str, end: str) -> str:
    clusters = regex.findall(r"\X", title)
    while len((start + "".join(clusters) + end).encode()) > MAX_NAME_BYTES:
        clusters.pop()
    return start + ("".join(clusters).rstrip(" .-") or UNTITLED) + end
