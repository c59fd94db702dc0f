"""Who a page shows as its author, where no structured data says it: its byline, found by what pages call theirs."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.about.headline import bare_host
from crawler.extraction.about.parts import leading
from crawler.extraction.about.writers.han_bylines import han_bylines
from crawler.extraction.about.writers.people import people
from crawler.extraction.about.writers.person import has_job, is_person, may_be_name
from crawler.extraction.about.writers.signed import is_readers, signed
from crawler.extraction.tree import MAX_NAMES, names, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from crawler.extraction.about.lines import Lines

MAX_CHARACTERS = 100  # a line, not a biography
MAX_CANDIDATES = 100
MAX_SIBLINGS = 10  # of a byline
MAX_PIECES = 25  # elements of a byline, of a link around it
MAX_SCHEME = 8  # characters before a URL's host
_TAGS = (
    *("a", "address", "cite", "div", "em", "h2", "h3", "h4", "h5", "header", "li", "p", "section", "span", "strong"),
    "b",
)
_WORDS = (
    *("author", "autor", "auteur", "byline", "writer", "contributor", "nickname", "nick-name", "nick_name", "byname"),
    *("by-name", "by_name", "zuozhe", "yazar", "szerz", "penulis", "forfatter", "skribent", "kirjoittaja", "avtor"),
    *("tacgia", "tac-gia", "tac_gia", "signatur", "giornalista", "periodista", "journalist"),
)
# One of them stands in each of the words.
_LETTERS = (
    *("aut", "by", "writ", "contrib", "nick", "zuo", "yaz", "szerz", "penul", "forf", "skrib", "kirjo", "avt", "tac"),
    *("sign", "giorn", "period", "journ", "firma"),
)
_FIRMA = re.compile(r"(?:^|[_-])firma(?:$|[_-])")
_NAME = re.compile(r"(?:author|byline|writer|by)[-_]*(?:full)?[-_]*name|name[-_]author")
_PROFILE = re.compile(
    r"/(?:author|authors|autor|autoren|auteur|contributors?|writers?|staff|profile|people|by|redaktion)/"
)
# On Chinese platforms, where everybody writes; on other pages such links are of readers (dev .807 to .800, 2026-11-26).
_ACCOUNT = re.compile(r"/(?:users?|u|members?|space)/(?!log|reg|sign)|space-uid-\d|mod=space&(?:amp;)?uid=")
_OTHERS = re.compile(
    r"comment|related|recommend|sidebar|footer|bio|social|share|avatar|image|date|time|theme|media-lic|quote|caption"
)
_TITLE = re.compile(r"title|headline")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_KANA = re.compile(r"[\u3040-\u30ff]")
_JOINT = re.compile(r"\s*(?:[、,，;；&]|and|und|et|y|e|en|og|och|和)\s*", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DIGITS = re.compile(r"^\d+$|\s\d|\d\s")  # a date, a count: the line says more than a name

# Surest first. On 380 pages of one half of the sites (2026-11-25) the set of authors was right for .597 with the first
# five elements of class author or byline, for .697 with the first element of the first kind that names anybody, for
# .671 with its first two: further ones are of comments and of other articles.
_NAMED, _MARKED, _LINKED, _LEADING, _LINE, _CALLED, _NONE = range(7)
_SURE, _LIKELY = (_NAMED, _MARKED, _LINKED), (_LEADING, _LINE, _CALLED)


def bylines(lines: Lines, title: str, is_own: Callable[[str], bool]) -> tuple[str, ...]:
    """The names in the page's byline; none where it has no element for them.

    `title` is the page's, `is_own` whether a name is the site's: then a signature in words tells more.
    """
    candidates = _candidates(lines.root)
    is_han = bool(_HAN.search(title))
    if is_han and (found := _first(candidates, _SURE, may_be_office=False) or han_bylines(lines)):
        return found  # who publishes is called the author as often as not
    found = _first(candidates, _SURE, may_be_office=True)
    if not all(is_own(name) and not is_person(name) for name in found):
        return found
    if (writers := signed(lines, title)) and (not found or all(map(is_person, writers))):
        return writers
    if found:
        return found
    links = list(lines.root.iter("a"))
    profiles = leading(links, _PROFILE) or (leading(links, _ACCOUNT) if is_han and not _KANA.search(title) else [])
    candidates[_LEADING] = [one for one in profiles if not _OTHERS.search(names(one)) and _is_here(one, is_own)]
    return (
        _first(candidates, _LIKELY, may_be_office=False)
        or _first(candidates, _LIKELY, may_be_office=True)
        or _stated(candidates[_MARKED])
    )


def _candidates(root: _Element) -> list[list[_Element]]:
    """The elements of each kind but of links that lead to an author, which cost most and are rarely asked for."""
    found: list[list[_Element]] = [[] for _ in (*_SURE, *_LIKELY)]
    for one in root.iter(*_TAGS):
        kind, attributes = _NONE, one.keys()  # a quarter less time than to ask for each of the four (2026-11-27)
        for name in attributes:
            if name == "class" or name == "id":  # noqa: PLR1714 - a set costs more
                if (called := _named(one.get(name, "")[:MAX_NAMES])) < kind:
                    kind = called
            elif name == "itemprop":
                if kind > _MARKED and "author" in one.get(name, ""):
                    kind = _MARKED
            elif name == "rel" and kind > _LINKED and one.get(name) == "author":
                kind = _LINKED
        if kind != _NONE and not _OTHERS.search(names(one)):
            found[kind].append(one)
    return found


def _first(candidates: list[list[_Element]], kinds: tuple[int, ...], *, may_be_office: bool) -> tuple[str, ...]:
    for kind in kinds:
        for one in candidates[kind][:MAX_CANDIDATES]:
            if (found := _names(one, may_be_office=may_be_office)) and not is_readers(one) and not _in_card(one):
                beside = (name for other in _siblings(one) for name in _names(other, may_be_office=False))
                return tuple(dict.fromkeys((*found, *beside)))
    return ()


def _is_here(link: _Element, is_own: Callable[[str], bool]) -> bool:
    """Whether a link leads to a profile on the site: elsewhere it is of a firm, or of a reader who wrote a comment."""
    url = link.get("href", "").strip()
    if "settings/" in url:  # the reader's own
        return False
    return "//" not in url[:MAX_SCHEME] or is_own(bare_host(url))


def _in_card(element: _Element) -> bool:
    """Whether an element stands in a link to another article, its headline beside it."""
    link = next(element.iterancestors("a"), None)
    if link is None or _PROFILE.search(link.get("href", "#").lower()):
        return False
    return any(one.tag in _HEADINGS or _TITLE.search(names(one)) for one in islice(link.iterdescendants(), MAX_PIECES))


@lru_cache(4096)  # a page has few classes: to ask anew for each element was a tenth of its metadata
def _named(called: str) -> int:
    """How sure it is that an element is a byline, by its class or its id."""
    called = called.lower()
    if not any(map(called.__contains__, _LETTERS)):  # as most
        return _NONE
    return min(map(_word, called.split()), default=_NONE)


def _word(word: str) -> int:
    for said in _WORDS:  # a third of the time that an expression of them all takes
        if said in word:
            return _NAMED if _NAME.search(word) else _LINE if "byline" in word else _CALLED
    return _CALLED if "firma" in word and _FIRMA.search(word) else _NONE


def _siblings(element: _Element) -> Iterator[_Element]:
    """The elements that follow one at once, are called the same and are joined to it by a comma or an `and`."""
    one = element
    for other in islice(element.itersiblings(), MAX_SIBLINGS):
        is_next = other.tag == one.tag and all(other.get(name) == one.get(name) for name in ("class", "itemprop"))
        if not is_next or not _JOINT.fullmatch(one.tail or ""):
            return
        yield other
        one = other


def _names(element: _Element, *, may_be_office: bool) -> tuple[str, ...]:
    """The names in an element: of its whole text, else of the first of its pieces that is one."""
    parts = pieces(element, MAX_PIECES)
    text = " ".join(parts)
    if len(text) > MAX_CHARACTERS:
        return ()
    for part in (text, *parts):
        found = people([part])
        if found and not any(has_job(name) for name in found) and _are_names(found):
            return found
    found = people([text])
    return found if may_be_office and _are_names(found) else ()


def _stated(marked: list[_Element]) -> tuple[str, ...]:
    """What the first element that is an author by microdata (schema.org) tells machines alone."""
    inside = [one for author in marked[:1] for one in islice(author.iter("meta", "link"), MAX_SIBLINGS)]
    return people([one.get("content", "") for one in inside if one.get("itemprop") == "name"][:1])


def _are_names(found: tuple[str, ...]) -> bool:
    return all(may_be_name(name) and not _DIGITS.search(name) for name in found)
