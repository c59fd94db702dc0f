"""Clean HTML on one line, with nothing in it that Liquid, Hugo or Markdown could take for theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# As nh3 writes tags: values in double quotes, `<`, `>` and `"` in them as references.
_TAG = re.compile(r'(<[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>)')
_OPENS_TEMPLATE = re.compile(r"\{(?=[{%])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")  # no text, and a feed that holds one is no XML
_LINE_ENDS = re.compile(r"[\n\r\f]")


def inert(clean: str) -> str:
    """The HTML of nh3 on one line; pictures without an address are gone.

    Line ends are references in `<pre>` and in attributes and spaces elsewhere: to Markdown each would begin a line.
    """
    kept: list[str] = []
    depth = 0  # in <pre>
    for number, part in enumerate(_TAG.split(_CONTROL.sub("", clean))):
        if not number % 2:
            kept.append(_on_one_line(part, _reference if depth else " "))
        elif not _is_empty_picture(part):
            kept.append(_on_one_line(part, _reference))
            depth += part.startswith(("<pre>", "<pre ")) - part.startswith("</pre>")
    return _OPENS_TEMPLATE.sub("&#123;", _FIRST_LINE.sub(r"\1&#10;&#10;", "".join(kept)))


# A browser drops the line end right after <pre>, so that one that shows is written twice.
_FIRST_LINE = re.compile(r'(<pre(?: [^<>"]*+(?:"[^"]*+"[^<>"]*+)*+)?>)&#10;')


def _on_one_line(part: str, instead: str | Callable[[re.Match[str]], str]) -> str:
    # Nine of ten have no line end, and the expression takes five times as long to see it.
    return _LINE_ENDS.sub(instead, part) if "\n" in part or "\r" in part or "\f" in part else part


def _reference(line_end: re.Match[str]) -> str:
    return f"&#{ord(line_end[0])};"


def _is_empty_picture(tag: str) -> bool:
    return tag.startswith("<img") and ' src="' not in tag and ' srcset="' not in tag
