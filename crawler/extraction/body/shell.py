"""A copy of one element of a page without its content: a name that can be copied, URLs that lead where they led."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml.etree import SubElement

from crawler.core import urls
from crawler.extraction.body.belongs import DROPPED
from crawler.extraction.body.pictures.called import CAPTION_ATTRIBUTES
from crawler.extraction.tree import attributes, is_code

if TYPE_CHECKING:
    from lxml.etree import _Element

_RENAMED = DROPPED | {"body", "html"}  # where one of these holds the article, it is a wrapper
# What libxml2 makes of broken mark-up, as `<b<p>`, and lxml refuses; a brace is a name space to it.
_NO_NAME = re.compile(r"[\s&<>/\"'{}]|^$")
_MAIL = "mailto:"
_LINE = frozenset({"a", "span", "strong", "em", "b", "i", "u", "small", "font"})
_BOXES = frozenset(
    {"div", "p", "section", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption"}
)
_LINKED = frozenset({"href", "src", "poster", "cite"})


def shell(source: _Element, target: _Element, url: str) -> _Element:
    """The element without its content, its URLs absolute; a URL that leads nowhere is left out."""
    said: dict[str, str] = {}
    for name, value in attributes(source):
        kept = value if name not in _LINKED else urls.join(url, value.strip()) or _mail(value)
        if kept is not None and _is_name(name):
            said[name] = kept
    return SubElement(target, _tag(source), said)


def is_empty(copied: _Element, source: _Element) -> bool:
    """Whether a copy without elements in it shows nothing. White space in a line parts words; a caption still speaks.

    Empty lines and boxes that advertisements would fill stood in the bodies of a third of the pages (2026-11-27).
    """
    said, tag = copied.text or "", copied.tag
    if tag not in _LINE and tag not in _BOXES:
        return False
    if (said if tag in _LINE and tag != "a" else said.strip()) or any(map(copied.get, CAPTION_ATTRIBUTES)):
        return False
    if tag in _BOXES:
        return not is_code(source)  # an empty line of it
    is_place = copied.get("id") or copied.get("name")
    return not is_place or (tag == "a" and copied.get("href") is not None)


def _mail(value: str) -> str | None:
    """An address that mail is written to: it leads there from anywhere."""
    value = value.strip()
    return value if value[: len(_MAIL)].lower() == _MAIL else None


def _tag(source: _Element) -> str:
    if source.tag in _RENAMED:
        return "div"
    return tag if _is_name(tag := str(source.tag)) else "span"


@lru_cache(4096)  # pages share their names
def _is_name(name: str) -> bool:
    return not _NO_NAME.search(name)
