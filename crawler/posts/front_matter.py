"""A file taken apart as Jekyll does: `---`, fields, `---` (or `...`), body."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from crawler.posts.rescue import rescued
from crawler.posts.strict import Fields, strict

MAX_FRONT_MATTER = 256 * 1024  # bytes; 772 is the most in 643 real posts, ours add related URLs: tens of kB

_BOM = b"\xef\xbb\xbf"
_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n")
_CLOSING = re.compile(rb"^(?:---|\.\.\.)[ \t]*+(?:\r?\n|\Z)", re.MULTILINE)
# Possessive: 80 letters and 200,000 blanks without a colon are looked at once, not once a letter.
_FIELD_LINE = re.compile(rb"(?:[#\t ].*|- .*|[\"']?[\w.\x80-\xff-]{1,240}+[\"']?[ \t]*+:(?:[ \t].*)?)\r?(?:\n|\Z)")
_BLANK_LINE = re.compile(rb"[ \t]*+\r?(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Parts:
    """A file's bytes, cut; bytes stay bytes."""

    fields: bytes  # between the two lines
    body: bytes  # after the second
    is_closed: bool
    is_marked: bool  # a byte order mark comes first


@dataclass(frozen=True, slots=True)
class NoFrontMatter:
    """The file is no post; the reason says what to do."""

    reason: str


def is_enough(beginning: bytes) -> bool:
    """Whether the beginning of a file tells all of its front matter, or that it has none."""
    opening = _OPENING.match(beginning)
    if opening is None:
        return True
    closing = _CLOSING.search(beginning, opening.end())
    return closing is not None and closing.end() < len(beginning)  # else a longer line may be cut there


def parts(data: bytes) -> Parts | NoFrontMatter:
    """Fields and body of a file. Front matter that is not closed ends before the first line that is no field."""
    opening = _OPENING.match(data)
    if opening is None:
        return NoFrontMatter(_no_opening(data))
    start, is_marked = opening.end(), data.startswith(_BOM)
    if closing := _CLOSING.search(data, start, start + MAX_FRONT_MATTER):
        return Parts(data[start : closing.start()], data[closing.end() :], is_closed=True, is_marked=is_marked)
    end = _end_of_fields(data, start)
    if end == start:
        return NoFrontMatter("no front matter: `---` opens the file and nothing closes it; close it with `---`")
    return Parts(data[start:end], data[end:], is_closed=False, is_marked=is_marked)


def _no_opening(data: bytes) -> str:
    if not data.removeprefix(_BOM).strip():
        return "empty; delete it, or write front matter between two `---` lines"
    if b"\0" in data[:1024]:
        return "binary or UTF-16; a post is text: save it as UTF-8"
    return "no front matter: a post begins with a line `---`, its fields and another `---`"


def _end_of_fields(data: bytes, start: int) -> int:
    end, last = start, min(len(data), start + MAX_FRONT_MATTER)
    while end < last and not _BLANK_LINE.match(data, end, last) and (line := _FIELD_LINE.match(data, end, last)):
        end = line.end()
    return end


def fields(found: Parts) -> Fields:
    """The fields as YAML says, line by line where it is none; a name that stands twice stays twice. Raises: Nothing."""
    text, warnings = decoded(found.fields, "front matter")
    if found.is_marked:
        warnings += ("begins with a byte order mark; passed over",)
    if not found.is_closed:
        warnings += ("front matter is not closed by a line `---`; it ends before the first line that is no field",)
    read = strict(text)
    if not isinstance(read, Fields):
        read = rescued(text, read.reason)
    counts = Counter(name for name, _ in read.values)
    twice = tuple(f"{name}: stands {count} times, the first counts" for name, count in counts.items() if count > 1)
    return Fields(read.values, warnings + read.warnings + twice)


def decoded(data: bytes, what: str) -> tuple[str, tuple[str, ...]]:
    """UTF-8 as text, without the line ends touched; what is none becomes U+FFFD, with a warning."""
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as err:
        warning = f"{what} is not UTF-8 from its byte {err.start} on; what cannot be read is U+FFFD"
        return data.decode("utf-8", "replace"), (warning,)
