"""What the address of an article looks like: by its own path, or as one of the form of the page that links to it.

The words are those that sites of many makers use. Measured on 2026-11-26 by `tests/bench_links.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from crawler.core.trap_forms import ID
from crawler.extraction.links.others import is_listed, is_other

if TYPE_CHECKING:
    from collections.abc import Iterable

MIN_HAN_CHARACTERS = 6  # of a title in Chinese, Japanese or Korean as a path; shorter ones are sections: 国际新闻
MIN_SLUG_WORDS = 3  # "climate-change" is a section, "a-new-drain" is not
MIN_DIGITS = 4  # of an article's number; a shorter one is that of a page, an author, a volume
MIN_HEADLINE_WORDS, MIN_DEPTH = 4, 3  # "What the wind knows", in a folder of a folder

_INDEX = frozenset({"index", "default", "home", "main", "list", "archive", "archives", "all", "latest", "news"})
_PAGE = re.compile(r"\.(?:[sp]?html?|php\d?|aspx?|jsp|cfm|do)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = re.compile(r"/(?:19|20)\d\d[-/.]?(?:0?[1-9]|1[0-2])(?:[-/.]?(?:0?[1-9]|[12]\d|3[01]))?/.*[^\d/]")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NUMBER = re.compile(rf"\d{{{MIN_DIGITS},}}")
_TOKEN = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z\d_-]{6,}")
_PIECE = re.compile(
    r"article|articles|archives|artikel|beitrag|detail|doc|entry|item|news|node|p|post|posts|read|story|view"
)
_PATH, _MAX_QUERY = 3, 2_000  # its place in a split URL; characters
_PAGED = frozenset(
    {"page", "pages", "pg", "pn", "start", "offset", "from", "limit", "year", "month", "date", "day", "v"}
)


@dataclass(frozen=True, slots=True)
class Address:
    """A URL's path in lower case, escapes undone, and its query; `parts` are the path's segments."""

    path: str
    parts: tuple[str, ...]
    query: tuple[tuple[str, str], ...]


ELSEWHERE = Address("", (), ())
"""Of a page of another site: nothing there is of its form."""


def address(url: str) -> Address:
    """The address of an absolute URL, as `urls.join` gives it; that of a home page for what has no path."""
    before, _, query = url.lower().partition("#")[0].partition("?")
    parts = before.split("/", 3)  # scheme, nothing, host, path
    path = "/" + unquote(parts[3]) if len(parts) > _PATH else "/"
    parameters = parse_qsl(query[:_MAX_QUERY], keep_blank_values=True) if query else ()
    return Address(path, tuple(filter(None, path.split("/"))), tuple(parameters))


def is_article(one: Address, text: str, own: Address) -> bool:
    """Whether an address reads like an article's, or the text of its link like a headline in place of it.

    `own`: that of the page that links to it, `ELSEWHERE` where that is of another site.
    """
    name = _PAGE.sub("", one.parts[-1]) if one.parts else ""
    if is_other(one, name, is_title=_is_title(name)):
        return False
    if one.path.rstrip("/") == own.path.rstrip("/"):
        return _is_another(one, own) or (bool(_ids(one)) and _reads_so(one, name, text, own))
    return _reads_so(one, name, text, own)


def _reads_so(one: Address, name: str, text: str, own: Address) -> bool:
    if not one.parts or _is_script(one):
        return bool(_ids(one)) or (not is_listed(one) and any(_NUMBER.search(value) for _, value in one.query))
    last = _PAGE.sub("", one.parts[-2]) if name == "amp" and len(one.parts) > 1 else name
    if last in _INDEX or _YEAR.fullmatch(last):
        return False
    if _is_title(last) or _NUMBER.search(last) or _DATED.search(one.path):
        return True
    if _is_page(one, last) or _is_alike(one, own, last):
        return True
    return len(one.parts) >= MIN_DEPTH and _says_more(last) and is_headline(text)


def is_sibling(one: Address, text: str, own: Address) -> bool:
    """Whether a link says a headline and leads to where the page itself stands: asked where nothing else tells."""
    return (
        is_article(one, text, own)
        and is_headline(text)
        and _is_alike(one, own, _PAGE.sub("", one.parts[-1]) if one.parts else "")
    )


def _ids(one: Address) -> list[str]:
    """The numbers of articles in a query: `?p=123`, `?id=12&aid=3456`."""
    return [
        value for name, value in one.query if ID.fullmatch(name) and value.strip("-_").isalnum() and _has_digit(value)
    ]


def _is_script(one: Address) -> bool:
    return bool(one.query) and (one.parts[-1] != _PAGE.sub("", one.parts[-1])) and not _is_title(one.parts[-1])


def _is_title(part: str) -> bool:
    return _words(part) >= MIN_SLUG_WORDS or len(_HAN.findall(part)) >= MIN_HAN_CHARACTERS


def _words(part: str) -> int:
    spaced = part.replace("-", "_").replace(" ", "_").replace("+", "_")  # a third of the time that an expression takes
    return len([word for word in spaced.split("_") if word])


def _has_digit(part: str) -> bool:
    return any(character.isdecimal() for character in part)


def _is_page(one: Address, last: str) -> bool:
    """Whether the path ends in a file that is more than a word, or in a number behind a word for articles."""
    is_file = last != one.parts[-1]
    if is_file and (_has_digit(last) or _words(last) > 1):
        return True
    return len(one.parts) > 1 and last.isdecimal() and bool(_PIECE.fullmatch(one.parts[-2]))


def _is_alike(one: Address, own: Address, last: str) -> bool:
    """Whether it stands where the page itself stands among the folders of the site, and ends in more than a word."""
    if not one.parts or len(one.parts) != len(own.parts):
        return False
    if _common(one.parts[:-1], own.parts[:-1]) < min(1, len(own.parts) - 1):
        return False
    is_beside, is_numbered = one.parts[:-1] == own.parts[:-1], own.parts[-1].isdecimal()
    if last.isdecimal():
        return is_numbered and (is_beside or _words(one.parts[-2]) > 1)
    return _says_more(last) or (len(one.parts) > 1 and is_beside and not is_numbered)


def _is_another(one: Address, own: Address) -> bool:
    """Whether it is the page's own but for one value with a digit: `?idx=12` of `?idx=9`, and no list's page."""
    if one.path != own.path or len(one.query) != len(own.query) or not one.query:
        return False
    pairs = [(ours, theirs) for ours, theirs in zip(own.query, one.query, strict=True) if ours != theirs]
    if len(pairs) != 1 or pairs[0][0][0] != pairs[0][1][0] or pairs[0][0][0] in _PAGED:
        return False
    return all(_has_digit(value) for _, value in pairs[0])


def _says_more(last: str) -> bool:
    """Whether the end of a path is more than a word, as sections have."""
    return _words(last) > 1 or bool(_TOKEN.fullmatch(last)) or len(_HAN.findall(last)) >= MIN_HAN_CHARACTERS // 2


def is_headline(text: str) -> bool:
    """Whether a link says more than a name or a label."""
    return len(text.split()) >= MIN_HEADLINE_WORDS or len(_HAN.findall(text)) >= MIN_HAN_CHARACTERS


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    """How many parts two paths begin with alike."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
