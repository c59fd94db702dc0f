"""Files that people keep: a URL a line, or a browser's bookmarks (Netscape's format) → seeds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from crawler.core.dates import moment
from crawler.core.errors import UrlError
from crawler.sources.decoded import decoded
from crawler.sources.plain import plain
from crawler.sources.pointing import address, seed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crawler.core.model import Seed

MAX_LINES = 500_000  # that name something
MAX_PROBLEMS = 100  # told; the others are counted
_BOOKMARKS = re.compile(r"\s*<!doctype\s+netscape-bookmark|.{0,2000}?<a\s[^<>]*href\s*=", re.IGNORECASE | re.DOTALL)
_AROUND = re.compile(r"</?(?:dt|dl|dd|p|h\d|hr)(?: [^<>\n]*)?>", re.IGNORECASE)
_COMMENT = re.compile(r"\s#.*")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NO_BASE = "about:blank"
_ITS_OWN = ("javascript:", "place:", "about:", "chrome:", "file:", "data:")  # bookmarks that are no pages


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list points at."""

    seeds: tuple[Seed, ...]  # in its order, one for each key
    problems: tuple[str, ...]  # each names the line and the fix


@dataclass(frozen=True, slots=True)
class _Named:
    line: int
    url: str
    title: str = ""
    date: datetime | None = None


def read_list(body: bytes, path: str, label: str | None) -> Listed:
    """The seeds of a list; `path` is what they are `via`.

    In text a line is a URL, blank, or a comment from `#` on that begins it or follows a blank. A bookmark brings its
    title and, as its date, the day it was made. Raises: nothing.
    """
    text = decoded(body)
    found = _bookmarks(text) if _BOOKMARKS.match(text) else _lines(text)
    via = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    seeds: dict[str, Seed] = {}
    problems: list[str] = []
    untold = 0
    for count, one in enumerate(found):
        if count == MAX_LINES:
            problems.append(f"line {one.line}: more than {MAX_LINES} lines; put the rest into another file")
            break
        try:
            made = _seed(one, via, label)
        except UrlError as err:
            untold += len(problems) >= MAX_PROBLEMS
            problems += [f"line {one.line}: {err}"] * (len(problems) < MAX_PROBLEMS)
            continue
        seeds.setdefault(made.key, made)
    told = [*problems, f"{untold} more lines that cannot be used"] if untold else problems
    return Listed(tuple(seeds.values()), tuple(told))


def _seed(one: _Named, via: str, label: str | None) -> Seed:
    if not _SCHEME.match(one.url):
        raise UrlError(f"not a URL: {one.url[:200]!r}; write it in full, as in https://example.org/news")
    return seed(address(one.url, _NO_BASE), via=via, title=one.title, date=one.date, label=label)


def _lines(text: str) -> Iterator[_Named]:
    for number, line in enumerate(text.splitlines(), start=1):
        url = _COMMENT.sub("", f" {line}").strip()
        if url:
            yield _Named(number, url)


def _bookmarks(text: str) -> Iterator[_Named]:
    """The links; what stands around them is never closed and would nest deeper than libxml2 goes."""
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, collect_ids=False)
    try:
        root = etree.fromstring(_AROUND.sub("", text).encode(), parser)
    except etree.XMLSyntaxError:
        return
    for one in root.iter("a") if root is not None else ():
        url = (one.get("href") or "").strip()
        if url and not url.lower().startswith(_ITS_OWN):
            title = plain("".join(map(str, one.itertext())))
            line = one.sourceline if isinstance(one.sourceline, int) else 0
            yield _Named(line, url, title, moment(one.get("add_date") or ""))
