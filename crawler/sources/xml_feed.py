"""RSS 0.9x to 2.0, RSS 1.0 (RDF) and Atom 0.3 and 1.0, one vocabulary: elements → drafts of entries.

Not by feedparser: it reads 3,000 entries a second, 1,000 where the XML is broken, 300 kB with 50,000 attributes in more
than 8 s, and `&copy=3` in a link as `©=3` (6.0.14, 2026-11-26).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from crawler.core import urls
from crawler.sources.entry import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

# Namespaces as feeds write them, less scheme and trailing slash. Others (media, itunes …) have titles and descriptions
# of their own, which are not the entry's.
_SPACES = {
    "": "",
    "purl.org/rss/1.0": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "backend.userland.com/rss": "",
    "backend.userland.com/rss2": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "www.w3.org/2005/atom": "",
    "purl.org/atom/ns#": "",
    "purl.org/rss/1.0/modules/content": "content:",
    "purl.org/dc/elements/1.1": "dc:",
    "purl.org/dc/terms": "dc:",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner:",
}
MAX_CHILDREN = 200  # of an entry, or of a feed before it is clear what it is
_PREFIXES = {"atom": "", "rss": "", "content": "content:", "dc": "dc:", "dcterms": "dc:", "feedburner": "feedburner:"}
_DATES = ("pubdate", "published", "dc:date", "issued", "dc:issued", "created", "dc:created")
_CHANGES = ("updated", "modified", "dc:modified")  # better than nothing, where no date of publication is told
_AUTHORS = ("author", "dc:creator", "dc:author")
_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:p|br|div|a|img|ul|h\d|blockquote|table|figure)\b", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n\s*\n")
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")

Said = dict[str, list["_Element"]]


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself."""

    title: str  # markup
    base: str
    authors: tuple[str, ...]  # of entries that name none (RFC 4287 §4.2.1)


def channel(root: _Element, url: str) -> Channel:
    """The feed's own fields."""
    head = next(root.iter("{*}channel"), root)
    said = _said(head)
    page = next(iter(_links(said)), "")
    base = urls.join(_base(head, url), page) if page and head is not root else None
    authors = tuple(map(_name, said.get("author", []))) if head is root else ()
    return Channel(_markup(said["title"][0]) if "title" in said else "", base or url, authors)


def drafts(root: _Element, told: Channel, url: str) -> Iterator[Draft]:
    """One for each item or entry, in the feed's order."""
    for item in root.iter("{*}item", "{*}entry"):
        said = _said(item)
        yield Draft(
            links=tuple(_links(said, item)),
            base=_base(item, url, told.base),
            title=next((_markup(one) for name in ("title", "dc:title") for one in said.get(name, [])), ""),
            dates=tuple(text for name in (*_DATES, *_CHANGES) for one in said.get(name, []) if (text := _text(one))),
            authors=tuple(_name(one) for name in _AUTHORS for one in said.get(name, [])) or told.authors,
            content=max(
                (_content(one) for one in (*said.get("content:encoded", []), *said.get("content", []))),
                key=len,
                default="",
            ),
            summary=max(
                (_content(one) for one in (*said.get("description", []), *said.get("summary", []))), key=len, default=""
            ),
        )


def _said(parent: _Element) -> Said:
    """An element's first children by name, in their order."""
    found: Said = {}
    for one in islice(parent, MAX_CHILDREN):
        name = _called(one)
        if name:
            found.setdefault(name, []).append(one)
    return found


def _called(one: _Element) -> str:
    """The name that the vocabulary has for an element; empty: it is of another."""
    space, _, local = str(one.tag).rpartition("}")
    if not space:
        prefix, _, local = local.rpartition(":")  # nobody declared it
        known = _PREFIXES.get(prefix.lower()) if prefix else ""
    else:
        known = _SPACES.get(space[1:].partition("://")[2].rstrip("/").lower())
    return "" if known is None else f"{known}{local.lower()}"


def _links(said: Said, item: _Element | None = None) -> Iterator[str]:
    """Where an entry may point, best first. Enclosures, comments and the feed itself are not where it points."""
    yield from map(_text, said.get("feedburner:origlink", []))
    links = said.get("link", [])
    yield from (text for one in links if (text := _text(one)))
    pages = [one for one in links if one.get("href") and (one.get("rel") or "alternate").lower() == "alternate"]
    yield from (one.get("href", "") for one in sorted(pages, key=lambda one: "html" not in (one.get("type") or "html")))
    tails = [(one.tail or "").strip() for one in links]  # <link/>https://…: what tools for HTML make of a link
    yield from filter(_WEB.match, tails)
    if item is not None:
        yield from (about for about in [item.get(_ABOUT, "")] if _WEB.match(about))
        names = [one for one in said.get("guid", []) if (one.get("isPermaLink") or "").lower() != "false"]
        yield from (text for one in (*names, *said.get("id", [])) if _WEB.match(text := _text(one)))


def _base(one: _Element, url: str, otherwise: str = "") -> str:
    """What relative links in an element stand on: its xml:base, if that is a URL that we go to."""
    stated = one.base
    return (urls.join(url, stated) if stated else None) or otherwise or url


def _text(one: _Element) -> str:
    return "".join(map(str, one.itertext())).strip()


def _name(one: _Element) -> str:
    """A person's name: in Atom an element of its own."""
    inside = next((child for child in one if _called(child) == "name"), None)
    return _text(one if inside is None else inside)


def _content(one: _Element) -> str:
    """A text that stands in for a body, as HTML."""
    found = _markup(one)
    if found and not len(one) and not _MARKUP.search(found):
        paragraphs = (part.strip() for part in _BLANK_LINE.split(found))
        is_text = one.get("type", "") in {"text", "text/plain"}
        return "".join(f"<p>{escape(part, quote=False) if is_text else part}</p>" for part in paragraphs if part)
    return found


def _markup(one: _Element) -> str:
    """What an element holds, as HTML: its text, or the XHTML in it less the div that Atom asks for."""
    if not len(one):
        return (one.text or "").strip()
    for child in one.iter("*"):
        local = re.split("[}:]", str(child.tag))[-1]
        child.tag = local if _NAME.fullmatch(local) else "span"
    if len(one) == 1 and one[0].tag == "div" and not (one.text or "").strip():
        one = one[0]
    alone = etree.Element("div")  # under their own parents they would declare its namespaces
    alone.extend(list(one))
    etree.cleanup_namespaces(alone)
    pieces = [escape(one.text or "", quote=False)]
    pieces += [etree.tostring(child, encoding="unicode", method="html") for child in alone]
    return "".join(pieces).strip()
