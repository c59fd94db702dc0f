"""JSON-LD (schema.org) → what it says about the article. Everything in it is a claim by a stranger."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.extraction.about.broken_json import loaded
from crawler.extraction.tree import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

MAX_NODES = 5_000  # of all blocks of a page
MAX_BLOCK_CHARACTERS = 1_000_000
MAX_NAMES = 100  # of one list
_SITES = frozenset({"WebSite", "Organization", "NewsMediaOrganization"})
_WORD = re.compile(r"[\w.@-]+", re.ASCII)
_RELATED = ("relatedLink", "significantLink")
_ARTICLE_ENDINGS = ("Article", "BlogPosting", "Report", "Posting", "ArticlePage")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The article as structured data has it; empty where it is silent."""

    headline: str = ""
    description: str = ""
    published: str = ""
    modified: str = ""
    publisher: str = ""
    language: str = ""
    image: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()  # what sites and publishers are called
    related: tuple[str, ...] = ()  # addresses, as written (schema.org's relatedLink and significantLink)
    is_article: bool = True  # else a page that has a date or an author, or nothing


_Node = dict[str, object]


def linked_data(scripts: Iterable[_Element], strays: Iterable[str] = ()) -> LinkedData:
    """The first article among the page's JSON-LD; but for an image, all empty where there is none.

    `strays` are blocks that stand elsewhere: Next.js pages put them into a meta element, where no browser looks.
    """
    blocks = list(_blocks(scripts))
    blocks.extend(text for text in strays if len(text) <= MAX_BLOCK_CHARACTERS)
    nodes = [node for place, text in enumerate(blocks) for node in _nodes(loaded(text, place))]
    known = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    article = next((node for node in nodes if _is_article(node)), None)
    page = next((node for node in nodes if _is_page(node) and ("datePublished" in node or "author" in node)), None)
    if article is not None:
        found = _read(article, known)
    elif page is not None:
        found = replace(_read(page, known), headline="", is_article=False)
    else:
        found = LinkedData(is_article=False)
    sites = tuple(name for node in nodes if _kinds(node) & _SITES for name in _texts(node.get("name"), {}, "name"))
    links = (url for node in nodes for name in _RELATED if name in node for url in _texts(node[name], {}, "url"))
    return replace(found, image=found.image or _shown(nodes, known), sites=sites, related=tuple(links))


def _read(node: _Node, known: dict[str, _Node]) -> LinkedData:
    keywords = tuple(word for text in _texts(node.get("keywords"), known, "name") for word in text.split(","))
    return LinkedData(
        headline=_first(node.get("headline") or node.get("name"), known, "name"),
        description=_first(node.get("description"), known, "name"),
        published=_first(node.get("datePublished") or node.get("dateCreated"), known, "@value"),
        modified=_first(node.get("dateModified"), known, "@value"),
        publisher=_first(node.get("publisher"), known, "name"),
        language=_first(node.get("inLanguage"), known, "alternateName"),
        image=_image(node.get("image"), known) or _image(node.get("thumbnailUrl"), known),
        authors=(
            *_texts(node.get("author") or node.get("creator"), known, "name"),
            *_texts(_persons(node.get("contributor")), known, "name"),  # as Ghost calls all authors but the first
        ),
        keywords=tuple(word for word in map(folded, keywords) if word),
    )


def _image(value: object, known: dict[str, _Node]) -> str:
    """The first image's URL, of which some make its name."""
    names = ("url", "contentUrl", "@id")
    return next((found for key in names if "/" in (found := _first(value, known, key))), "")


def _shown(nodes: Sequence[_Node], known: dict[str, _Node]) -> str:
    """The image that a page calls its first, else what stands for its film until that plays."""
    images = (_image(node.get(name), known) for name in ("primaryImageOfPage", "thumbnailUrl") for node in nodes)
    return next(filter(None, images), "")


def _blocks(scripts: Iterable[_Element]) -> Iterator[str]:
    """Their texts; lxml makes a text anew each time that it is asked for."""
    for script in scripts:
        if "ld+json" in script.get("type", "").lower() and len(text := script.text or "") <= MAX_BLOCK_CHARACTERS:
            yield text


def _nodes(block: object) -> Iterator[_Node]:
    """Every object of a block, outer ones first, without recursion."""
    waiting, seen = [block], 0
    while waiting and seen < MAX_NODES:
        value, seen = waiting.pop(0), seen + 1
        if isinstance(value, dict):
            yield value
            waiting.extend(child for child in value.values() if isinstance(child, dict | list))
        elif isinstance(value, list):
            waiting.extend(child for child in value if isinstance(child, dict | list))


def _kinds(node: _Node) -> set[str]:
    kinds = node.get("@type")
    return {kind for kind in (kinds if isinstance(kinds, list) else [kinds])[:MAX_NAMES] if isinstance(kind, str)}


def _is_article(node: _Node) -> bool:
    return any(kind.endswith(_ARTICLE_ENDINGS) for kind in _kinds(node))


def _is_page(node: _Node) -> bool:
    return "WebPage" in _kinds(node)


def _persons(value: object) -> list[object]:
    """Those that are called a person, and not by a domain or an account."""
    nodes = [node for node in (value if isinstance(value, list) else [value]) if isinstance(node, dict)]
    return [node for node in nodes if node.get("@type") == "Person" and not _WORD.fullmatch(str(node.get("name")))]


def _first(value: object, known: dict[str, _Node], key: str) -> str:
    return next(iter(_texts(value, known, key)), "")


def _texts(value: object, known: dict[str, _Node], key: str) -> list[str]:
    """The strings of a value that may be a string, an object with `key`, a reference to one, or a list of those."""
    found: list[str] = []
    value = value["@list"] if isinstance(value, dict) and isinstance(value.get("@list"), list) else value
    for one in value[:MAX_NAMES] if isinstance(value, list) else [value]:
        node = known.get(str(one.get("@id")), one) if isinstance(one, dict) else None
        text = one if node is None else node.get(key) or (_parts(node) if key == "name" else None)
        for said in text[:MAX_NAMES] if isinstance(text, list) else [text]:
            plain = said.get("@value") if isinstance(said, dict) else said
            if isinstance(plain, str) and folded(plain):
                found.append(folded(html.unescape(plain)))  # many sites escape twice
    return found


def _parts(node: _Node) -> str:
    """A person's name from its two halves."""
    return " ".join(str(node[name]) for name in ("givenName", "familyName") if isinstance(node.get(name), str))
