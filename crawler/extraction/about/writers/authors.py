"""Who wrote the article: what structured data says, unless it names the site alone and the page's byline a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from crawler.extraction.about.headline import bare, bare_host
from crawler.extraction.about.writers.accounts import full_name
from crawler.extraction.about.writers.aligned import aligned
from crawler.extraction.about.writers.beside_date import beside_date
from crawler.extraction.about.writers.biography import biography
from crawler.extraction.about.writers.bylines import bylines
from crawler.extraction.about.writers.people import people
from crawler.extraction.about.writers.person import is_agency, is_han_person, is_outlet, is_person
from crawler.extraction.about.writers.signed import signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.extraction.about.lines import Lines

MIN_OWN_CHARACTERS = 3
MAX_INITIALS = 5
_HANDLE = re.compile(r"[\w.-]+", re.ASCII)  # one word: a nickname, initials, an account
_HAN = re.compile(r"[\u4e00-\u9fff·]+")
_FIRM = re.compile(r",? (?:Inc|Ltd|LLC|GmbH|Corp|Co|S\.?A|B\.V|K\.K)\.?$")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.IGNORECASE)


class Said(NamedTuple):
    """What structured data says of who wrote."""

    bylines: Sequence[Iterable[str]]  # of each source, the best first
    names: Iterable[str]  # that count where the page has no byline


def authors(lines: Lines, said: Said, own: Iterable[str], url: str, title: str) -> tuple[str, ...]:
    """The authors' names. `own` is what the site calls itself, `title` the page's."""
    names = _own(own, url)
    found = _found(lines, said, names, url, title)
    return tuple(full_name(lines, name) or name if _is_account(name, names) else name for name in found)


def _found(lines: Lines, said: Said, names: frozenset[str], url: str, title: str) -> tuple[str, ...]:
    nicknames: tuple[str, ...] = ()
    itself: tuple[str, ...] = ()
    for place, source in enumerate(said.bylines):
        texts = list(source)
        named = _without_firms(people(texts))
        names |= _with_host(texts, url)
        others = [name for name in named if not _is_own(name, names) and not is_outlet(name)]
        if not all(_is_nickname(name) or (place and _is_vague(name)) for name in others):
            return (place and _instead(lines, title, named)) or named
        is_itself = len(others) < len(named)  # with its address: Rivers, Springfield, Freedonia
        nicknames = nicknames or (() if is_itself else tuple(others))
        itself = itself or tuple(name for name in named if name not in others) or named
    seen = bylines(lines, title, lambda name: _is_own(name, names))
    is_full = any(is_person(name) and not _is_nickname(name) for name in seen)
    if not is_full and (writers := aligned(lines, title)):
        return writers
    is_better = is_full or not (nicknames or all(map(_is_initials, seen)))
    if not all(_is_own(name, names) for name in seen) and (is_better or not itself):
        return seen
    return people(said.names) or nicknames or biography(lines) or itself or seen or beside_date(lines, title)


def _instead(lines: Lines, title: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Who signs in words under the headline where a meta element names others: often who entered the text there.

    On two of two such pages, and on one of nine where JSON-LD names others (819 pages, 2026-11-27).
    """
    writers = tuple(filter(is_person, signed(lines, title)))
    return writers if set(map(bare, writers)).isdisjoint(map(bare, named)) else ()


def _own(said: Iterable[str], url: str) -> frozenset[str]:
    return frozenset(filter(None, (*map(bare, said), bare_host(url))))


def _with_host(texts: Iterable[str], url: str) -> frozenset[str]:
    """The names behind which the page's host stands in brackets: `Example News (www.example.org)`."""
    host = bare_host(url)
    said = [text for text in texts if "(" in text and host and bare(text.partition("(")[2]).removeprefix("www") == host]
    return frozenset(map(bare, people(said)))


def _without_firms(named: tuple[str, ...]) -> tuple[str, ...]:
    """Without those firms beside which somebody is named."""
    return tuple(name for name in named if not _FIRM.search(name)) if any(map(is_person, named)) else named


def _is_own(name: str, own: frozenset[str]) -> bool:
    text = bare(name)
    return any(text in one or one in text for one in own) if len(text) >= MIN_OWN_CHARACTERS else text in own


def _is_nickname(name: str) -> bool:
    """Whether it may stand for a full name in sight; Chinese accounts and sites do not begin as people's names do.

    A news agency stands for nobody else.
    """
    if _HAN.fullmatch(name):
        return not is_han_person(name)
    return bool(_HANDLE.fullmatch(name) or _DOMAIN.fullmatch(name)) and not is_agency(name)


def _is_account(name: str, own: frozenset[str]) -> bool:
    return bool(_HANDLE.fullmatch(name)) and not _is_own(name, own)


def _is_vague(name: str) -> bool:
    """Whether a meta element may name who publishes the text, or who entered it: no full name, or a Chinese one."""
    return not is_person(name) or bool(_HAN.fullmatch(name))


def _is_initials(name: str) -> bool:
    return name.islower() and len(name) < MAX_INITIALS
