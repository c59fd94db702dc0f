"""Clean HTML on one line, with nothing in it that Liquid, Hugo or Markdown could take for theirs."""

from __future__ import annotations

import re

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
            kept.append(_LINE_ENDS.sub(_reference if depth else " ", part))
        elif not _is_empty_picture(part):
            kept.append(_LINE_ENDS.sub(_reference, part))
            depth += part.startswith(("<pre>", "<pre ")) - part.startswith("</pre>")
    return _OPENS_TEMPLATE.sub("&#123;", _FIRST_LINE.sub(r"\1&#10;&#10;", "".join(kept)))


# A browser drops the line end right after <pre>, so that one that shows is written twice.
_FIRST_LINE = re.compile(r'(<pre(?: [^<>"]*+(?:"[^"]*+"[^<>"]*+)*+)?>)&#10;')


def _reference(line_end: re.Match[str]) -> str:
    return f"&#{ord(line_end[0])};"


def _is_empty_picture(tag: str) -> bool:
    return tag.startswith("<img") and ' src="' not in tag and ' srcset="' not in tag
