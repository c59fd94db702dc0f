"""Who wrote the article: what structured data says, unless it names the site alone and the page's byline a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from crawler.extraction.about.headline import bare, bare_host
from crawler.extraction.about.writers.aligned import aligned
from crawler.extraction.about.writers.beside_date import beside_date
from crawler.extraction.about.writers.biography import biography
from crawler.extraction.about.writers.bylines import bylines
from crawler.extraction.about.writers.people import people
from crawler.extraction.about.writers.person import is_han_person, is_outlet, is_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.extraction.about.lines import Lines

MIN_OWN_CHARACTERS = 3
MAX_INITIALS = 5
_HANDLE = re.compile(r"[\w.-]+", re.ASCII)  # one word: a nickname, initials, an account
_AGENCIES = frozenset(
    ["reuters", "afp", "ap", "dpa", "efe", "ansa", "upi", "bloomberg", "xinhua", "tass", "pti", "kyodo", "yonhap"]
)
_HAN = re.compile(r"[\u4e00-\u9fff·]+")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.IGNORECASE)


class Said(NamedTuple):
    """What structured data says of who wrote."""

    bylines: Sequence[Iterable[str]]  # of each source, the best first
    names: Iterable[str]  # that count where the page has no byline


def authors(lines: Lines, said: Said, own: Iterable[str], url: str, title: str) -> tuple[str, ...]:
    """The authors' names. `own` is what the site calls itself, `title` the page's."""
    names = _own(own, url)
    nicknames: tuple[str, ...] = ()
    itself: tuple[str, ...] = ()
    for place, source in enumerate(said.bylines):
        named = people(source)
        others = [name for name in named if not _is_own(name, names) and not is_outlet(name)]
        if not all(_is_nickname(name) or (place and _is_vague(name)) for name in others):
            return named
        is_itself = len(others) < len(named)  # with its address: Rivers, Springfield, Freedonia
        nicknames = nicknames or (() if is_itself else tuple(others))
        itself = itself or tuple(name for name in named if name not in others) or named
    seen = bylines(lines, title, lambda name: _is_own(name, names))
    is_full = any(is_person(name) and not _is_nickname(name) for name in seen)
    is_better = is_full or not (nicknames or all(map(_is_initials, seen)))
    if not all(_is_own(name, names) for name in seen) and (is_better or not itself):
        return seen
    return (
        people(said.names)
        or nicknames
        or biography(lines)
        or itself
        or seen
        or beside_date(lines, title)
        or aligned(lines, title)
    )


def _own(said: Iterable[str], url: str) -> frozenset[str]:
    return frozenset(filter(None, (*map(bare, said), bare_host(url))))


def _is_own(name: str, own: frozenset[str]) -> bool:
    text = bare(name)
    return any(text in one or one in text for one in own) if len(text) >= MIN_OWN_CHARACTERS else text in own


def _is_nickname(name: str) -> bool:
    """Whether it may stand for a full name in sight; Chinese accounts and sites do not begin as people's names do.

    A news agency stands for nobody else.
    """
    if _HAN.fullmatch(name):
        return not is_han_person(name)
    return bool(_HANDLE.fullmatch(name) or _DOMAIN.fullmatch(name)) and name.lower() not in _AGENCIES


def _is_vague(name: str) -> bool:
    """Whether a meta element may name who publishes the text, or who entered it: no full name, or a Chinese one."""
    return not is_person(name) or bool(_HAN.fullmatch(name))


def _is_initials(name: str) -> bool:
    return name.islower() and len(name) < MAX_INITIALS
