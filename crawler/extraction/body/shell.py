"""A copy of one element of a page without its content: a name that can be copied, URLs that lead where they led."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml.etree import SubElement

from crawler.core import urls
from crawler.extraction.body.belongs import DROPPED

if TYPE_CHECKING:
    from lxml.etree import _Element

_RENAMED = DROPPED | {"body", "html"}  # where one of these holds the article, it is a wrapper
# What libxml2 makes of broken mark-up, as `<b<p>`, and lxml refuses; a brace is a name space to it.
_NO_NAME = re.compile(r"[\s&<>/\"'{}]|^$")
_MAIL = "mailto:"
_LINKED = ("href", "src", "poster", "cite")


def shell(source: _Element, target: _Element, url: str) -> _Element:
    """The element without its content, its URLs absolute; a URL that leads nowhere is left out."""
    said: dict[str, str] = {}
    found: list[tuple[str, str]] = source.items()  # type: ignore[assignment]
    for name, value in found:
        absolute = _leading(url, name, value.strip()) if name in _LINKED else value
        if absolute is not None and _is_name(name):
            said[name] = absolute
    return SubElement(target, _tag(source), said)


def _leading(url: str, name: str, value: str) -> str | None:
    """Where an address leads; mail is written to as before."""
    if name == "href" and value[: len(_MAIL)].lower() == _MAIL:
        return value
    return urls.join(url, value)


def _tag(source: _Element) -> str:
    if source.tag in _RENAMED:
        return "div"
    return tag if _is_name(tag := str(source.tag)) else "span"


@lru_cache(4096)  # pages share their names
def _is_name(name: str) -> bool:
    return not _NO_NAME.search(name)
