"""Traps that no URL tells of, seen in the course of a crawl: pages of one form that give nothing of their own."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from crawler.core import traps
from crawler.core.trap_forms import ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_BARREN = 5  # pages of a form that gave nothing, before it is given up
MAX_ARTICLES = 10_000  # that a ledger tells of at the start: a tenth of a second
MAX_STRANGE = 2  # links followed of a form with a token in its path, before one of them has given an article
MAX_KNOWN = 200_000  # forms, texts and pages each: what comes beyond is not remembered, and so not refused

_PIECE = re.compile(r"[^a-z0-9]+")
_RUNS = re.compile(r"[a-z]+|\d+")
_MIN_RUNS = 4  # of letters and of digits in turn: `w454419` has two, a random token of ten characters six
_MIN_CHARACTERS = 8
_NUMBER = re.compile(r"\d+")


class Traps:
    """What one process has learnt of the sites it visits, as long as it runs, and which forms gave articles before.

    A form of URL is its host, its path less numbers, words and tokens, and the names in its query. A form is given up
    once `MAX_BARREN` of its pages gave nothing and none an article, or so many gave what another URL of the host had
    given and fewer gave something new: a page that has another URL each time it is linked to is found out, whatever
    that URL looks like. A form with a random token in its path is on trial, unless a person or a source named one of
    its pages: `MAX_STRANGE` links are followed, and so many for each article that is no copy.
    A random value in a query is not followed where the page without it, or with another, is.
    """

    def __init__(self, year: int = 9_998) -> None:
        """`year`: the one that it is; without, no year lies too far ahead."""
        self._year = year
        self._articles: Counter[str] = Counter()  # by form, as the next three
        self._copies: Counter[str] = Counter()
        self._barren: Counter[str] = Counter()
        self._strange: Counter[str] = Counter()
        self._trusted: set[str] = set()  # forms of pages that were named
        self._fruitful: set[str] = set()  # forms that gave articles in earlier runs, of which some may be copies
        self._texts: dict[int, str] = {}  # hash of a text → the key that gave it
        self._pages: set[int] = set()  # hashes of URLs that were followed, less random values

    def know(self, articles: Iterable[str]) -> None:
        """Take in URLs that gave articles in earlier runs: no form of theirs is barren, whatever others give."""
        self._fruitful.update(_form(url)[0] for url in articles)

    def by_url(self, url: str, trail: Sequence[str] = ()) -> str:
        """As `core.traps.trap`."""
        return traps.trap(url, year=self._year, trail=trail)

    def by_form(self, url: str) -> str:
        """Why a link that would else be followed is not; empty: it is, and counts as followed."""
        page, form, is_strange = _page(url), *_form(url)
        if page != url and hash(page) in self._pages:
            return "token: a random value, and the page is visited under another, or without"
        if given_up := self.given_up(url):
            return given_up
        own = max(0, self._articles[form] - self._copies[form])
        if is_strange and form not in self._trusted and self._strange[form] >= MAX_STRANGE * max(1, own):
            return "token: a random one, and too few pages of its form have given an article of their own yet"
        _add(self._strange, form, int(is_strange))
        self._follow(page)
        return ""

    def given_up(self, url: str) -> str:
        """Why a URL's form is given up by now; empty: it is not."""
        form, is_strange = _form(url)
        articles, copies, barren = self._articles[form], self._copies[form], self._barren[form]
        if copies > articles and copies >= (MAX_STRANGE if is_strange else MAX_BARREN):
            return f"copies: {copies} pages of its form gave what other URLs had given"
        if not articles and form not in self._fruitful and barren + copies >= MAX_BARREN:
            return f"barren: {barren + copies} pages of its form gave nothing of their own"
        return ""

    def gave(self, url: str, key: str, text: str, *, is_named: bool = False) -> None:
        """Note the article that a page gave; `key` of its visit, `is_named`: by a person or a source, not by a link."""
        form, _ = _form(url)
        said = hash((form.partition("/")[0], text))  # one article on two sites is no copy
        if self._texts.get(said, key) != key:
            _add(self._copies, form)
            return
        if len(self._texts) < MAX_KNOWN:
            self._texts[said] = key
        if is_named and len(self._trusted) < MAX_KNOWN:
            self._trusted.add(form)
        _add(self._articles, form)
        self._follow(_page(url))

    def gave_nothing(self, url: str, pages: int = 1) -> None:
        """Note that a page is no article, or gone; `pages`: as bad as so many."""
        _add(self._barren, _form(url)[0], pages)

    def _follow(self, page: str) -> None:
        if len(self._pages) < MAX_KNOWN:
            self._pages.add(hash(page))


def _add(counter: Counter[str], form: str, times: int = 1) -> None:
    if times and (form in counter or len(counter) < MAX_KNOWN):
        counter[form] += times


def _page(url: str) -> str:
    """The URL less random values in its query; not of what names an article (`?id=`)."""
    before, _, query = url.partition("#")[0].partition("?")
    parts = query.split("&") if query else []
    kept = [part for part in parts if not _is_random(*part.lower().partition("=")[::2])]
    return url if len(kept) == len(parts) else "?".join([before, *(["&".join(kept)] if kept else [])])


def _is_random(name: str, value: str) -> bool:
    return _is_opaque(value) and not ID.fullmatch(name)


def _form(url: str) -> tuple[str, bool]:
    """The form of a URL ("example.org/news/0/w.html?id"), and whether its path has a random token."""
    before, _, query = url.lower().partition("#")[0].partition("?")
    host, *folders = unquote(before.partition("://")[2]).rstrip("/").split("/")
    last = [_word(folders.pop())] if folders else []
    kept = ["*" if _is_opaque(folder) else _NUMBER.sub("0", folder) for folder in folders]
    names = sorted({part.partition("=")[0] for part in query.split("&") if part})
    return f"{'/'.join([host, *kept, *last])}?{'&'.join(names)}", any(part.startswith("*") for part in (*kept, *last))


def _word(part: str) -> str:
    """What stands for a segment that differs from page to page; the ending stays."""
    name, dot, ending = part.rpartition(".")
    kind = "*" if _is_opaque(part) else "0" if (name or part).isdigit() else "w"
    return f"{kind}.{ending}" if dot and ending.isalpha() else kind


def _is_opaque(part: str) -> bool:
    """Whether it holds a token: letters and digits in turn, as no word and no number has them."""
    pieces = (piece for piece in _PIECE.split(part) if len(piece) >= _MIN_CHARACTERS)
    return any(len(_RUNS.findall(piece)) >= _MIN_RUNS for piece in pieces)
