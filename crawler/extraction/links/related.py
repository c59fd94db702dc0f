"""Links that lead to articles, and why: of the body and beside it, of related boxes, of structured data."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Link
from crawler.extraction.body.belongs import in_furniture, is_related
from crawler.extraction.links.addresses import ELSEWHERE, address, is_article, is_headline, is_sibling
from crawler.extraction.links.boxes import boxes
from crawler.extraction.tree import folded, stands_in, text_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from crawler.extraction.about.metadata import Metadata
    from crawler.extraction.body.body import Body

    _Found = tuple[str, tuple[str, int], str]
    """Target, text with its worth, reason."""

MAX_LINKS = 100
MAX_LOOKED = 5_000  # links of a page that are judged
_OTHER_RELATIONS = frozenset({"tag", "author", "category", "me", "license"})
_HOST = re.compile(r"https?://(?:[^/@]*@)?([^/]+)")
_BLOCKS = frozenset({"ul", "ol", "div", "section"})
_BLOCK, _INLINE, _BESIDE, _SAID = "related block", "in the body", "beside the text", "structured data"
_NOTHING, _PICTURES, _WORDS = range(3)  # what the text of a link is worth: a card has one of a picture, one of a title


def related(
    body: Body, page: _Element, url: str, about: Metadata, cut: Sequence[_Element] = ()
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Articles of the page's site, and of other sites: each once, the body's first, in their order.

    A link is called by the first text that is worth most; what is no headline is worth no more than a picture's.
    `cut`: links of boxes that stood in the body and were cut out of it. `about`: what the page says of itself. A link
    with one of the authors for its text leads to the author.
    """
    here: dict[str, Link] = {}
    elsewhere: dict[str, Link] = {}
    try:
        own, own_domain, own_address = urls.key(url), _domain(urls.host(url)), address(url)
    except UrlError:
        return (), ()
    seen, names = set[tuple[str, int]](), {name.casefold() for name in about.authors}
    worths: dict[str, int] = {}  # of the texts
    for target, (text, worth), reason in islice(chain(_all(body, page, url, cut, seen), _said(about, url)), MAX_LOOKED):
        if (target, worth) in seen or not (text or reason == _SAID) or text.casefold() in names:
            continue
        seen.add((target, worth))
        domain = _domain_of(target)
        is_here, is_one = domain == own_domain, is_sibling if reason == _BESIDE else is_article
        if domain and is_one(address(target), text, own_address if is_here else ELSEWHERE):
            found, key = here if is_here else elsewhere, urls.key(target)
            if key != own and (key not in found or (worth > worths[key] and is_headline(text))):
                found[key] = replace(found.get(key, Link(target, text, reason)), text=text)
                worths[key] = worth
    return tuple(here.values())[:MAX_LINKS], tuple(elsewhere.values())[:MAX_LINKS]


def _all(
    body: Body, page: _Element, url: str, cut: Sequence[_Element], seen: Container[tuple[str, int]]
) -> Iterator[_Found]:
    return chain(
        _in_body(body.element),
        _boxed(chain(cut, _in_boxes(page)), url),
        _beside(body.source, url, seen),
    )


def _in_body(body: _Element) -> Iterator[_Found]:
    known: dict[_Element, bool] = {}
    for link in _links(body):
        yield link.get("href", ""), _text(link), _BLOCK if _in_block(link, known) else _INLINE


def _in_block(link: _Element, known: dict[_Element, bool]) -> bool:
    """Whether a link stands in a related block. `known` keeps the answers for what holds one of the links."""
    return stands_in(link, known, lambda one: one.tag in _BLOCKS and is_related(one))


def _in_boxes(page: _Element) -> Iterator[_Element]:
    return chain.from_iterable(map(_links, boxes(page)))


def _boxed(links: Iterable[_Element], url: str) -> Iterator[_Found]:
    for link in links:
        if target := urls.join(url, link.get("href", "").strip()):
            yield target, _text(link), _BLOCK


def _beside(source: _Element | None, url: str, seen: Container[tuple[str, int]]) -> Iterator[_Found]:
    """Between the first and the last line of the article, where the reading left a list of links or a card out.

    `seen`: targets that were judged with a text. Most of these links are the body's.
    """
    if source is None or source.tag == "body":  # which holds the menu, too
        return
    known = dict.fromkeys(chain([source], source.iterancestors()), False)
    for link in islice(_links(source), MAX_LOOKED):
        target = urls.join(url, link.get("href", "").strip())
        if target is None or (target, _WORDS) in seen:
            continue
        if is_headline((said := _text(link))[0]) and not in_furniture(link, known):
            yield target, said, _BESIDE


def _links(element: _Element) -> Iterator[_Element]:
    """Those that do not say themselves that they lead to a tag or an author."""
    for link in element.iter("a"):
        if (relation := link.get("rel")) is None or _OTHER_RELATIONS.isdisjoint(relation.lower().split()):
            yield link


def _said(about: Metadata, url: str) -> Iterator[_Found]:
    for href in about.related:
        if target := urls.join(url, href.strip()):
            yield target, ("", _NOTHING), _SAID


def _text(link: _Element) -> tuple[str, int]:
    """What a link says; of a picture alone, what that says."""
    if text := text_of(link):
        return text, _WORDS
    image = next(link.iter("img"), None)
    text = folded(image.get("alt", "")) if image is not None else ""
    return text, _PICTURES if text else _NOTHING


def _domain_of(target: str) -> str | None:
    """The registered domain of an absolute URL as `urls.join` gives it; None where it leads nowhere."""
    found = _HOST.match(target)
    try:
        return _domain(found[1]) if found else None
    except UrlError:
        return None


@lru_cache(maxsize=1024)
def _domain(host: str) -> str:
    """Raises: UrlError."""
    return urls.domain(f"https://{host}/")
