"""JSON Feed 1.0 and 1.1 (jsonfeed.org) → drafts of entries."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.sources.decoded import cleaned
from crawler.sources.entry import Draft
from crawler.sources.xml_feed import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_AUTHORS = 20
JsonObject = dict[str, object]
_WEB = re.compile(r"https?://", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n\s*\n")
_ERROR_NAMES = ("error", "message", "detail", "error_description", "msg")


def parsed(text: str) -> JsonObject | str:
    """The feed's object, or the reason why there is none."""
    try:
        found = json.loads(text)
    except RecursionError:
        return "JSON that is nested too deep"
    except ValueError as err:
        return f"broken JSON: {str(err)[:200]}"
    if isinstance(found, dict) and isinstance(found.get("items"), list):
        return found
    said = "".join(f": {_text(found, name)[:200]}" for name in _ERROR_NAMES if _text(found, name))
    return f"JSON that is no feed: it has no list `items`{said}"


def channel(found: JsonObject, url: str) -> Channel:
    """The feed's own fields."""
    page = urls.join(url, _text(found, "home_page_url")) if _text(found, "home_page_url") else None
    return Channel(escape(_text(found, "title"), quote=False), page or url, tuple(_names(found)))


def drafts(found: JsonObject, told: Channel) -> Iterator[Draft]:
    """One for each item that is an object, in the feed's order."""
    items = found["items"]
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            yield Draft(links=(), base=told.base)
            continue
        named = _text(item, "id")
        links = (_text(item, "url"), _text(item, "external_url"), named if _WEB.match(named) else "")
        yield Draft(
            links=tuple(filter(None, links)),
            base=told.base,
            title=escape(_text(item, "title"), quote=False),
            dates=tuple(filter(None, (_text(item, "date_published"), _text(item, "date_modified")))),
            authors=tuple(_names(item)) or told.authors,
            content=_text(item, "content_html") or _paragraphs(_text(item, "content_text")),
        )


def _names(found: JsonObject) -> Iterator[str]:
    authors = found.get("authors")
    for author in authors[:MAX_AUTHORS] if isinstance(authors, list) else [found.get("author")]:
        if name := author.strip() if isinstance(author, str) else _text(author, "name"):
            yield name


def _text(found: object, name: str) -> str:
    """A field as text; numbers are written where strings belong. Empty: there is none."""
    value = found.get(name) if isinstance(found, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return cleaned(str(value)).strip()


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part.strip(), quote=False)}</p>" for part in _BLANK_LINE.split(text) if part.strip())
