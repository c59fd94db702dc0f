"""Spider traps: links that lead on and on and to no article, told by their URL alone.

The rules were tried against the URLs of 2,100 real articles and trap sites of our own making. In doubt a link is none:
a trap that is followed costs a page, an article that is not followed is lost. What only a crawl can tell (pages of one
form that give nothing) is `work.traps`'s.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.core.trap_forms import (
    CALENDAR,
    FACETS,
    FURTHER,
    ID,
    NAMES,
    PAGINATION,
    PATH_SESSION,
    PATHS,
    PERHAPS_FACETS,
    RANDOM,
    READS_SO,
    SCRIPT,
    SESSION,
    TOKEN,
    VALUES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    Parameters = list[tuple[str, str]]

REFUSED = "trap: "  # how it is told why a link is not followed
ENDLESS = "redirects without end"  # how the reason of a visit that was led into one begins

_MAX_SEGMENTS = 14  # the deepest real path has 11
_MAX_PARAMETERS = 16  # the longest real query has 14
_MAX_OF_A_NAME = 3
_FIRST_YEAR = 1990
_OFTEN = 3

_KIND = re.compile(rf"not followed: {REFUSED}([a-z]+)")
_NUMBER = re.compile(r"(?=[0-9a-f]*\d)[0-9a-f]+")  # or a hexadecimal one
_DATED = re.compile(r"/((?:1[6-9]|2\d)\d\d)/(?:0?[1-9]|1[0-2])(?=/)")


def kind(reason: str) -> str:
    """The kind of trap that the reason of a link tells of ("calendar"); empty: of none."""
    found = _KIND.search(reason)
    return found[1] if found else ""


def trap(url: str, *, year: int, trail: Sequence[str] = ()) -> str:
    """Why a link is a trap, its kind first ("calendar: a day, a month or a year, no article"); empty: it is none.

    `year`: the one that it is. `trail`: the page that has the link, and the page that had the link to that one.
    Raises: nothing.
    """
    path, parameters = _parts(url)
    if reason := _repeating(path, parameters):
        return reason  # before the patterns: what is left for them is short
    found = next((reason for reason, pattern in PATHS if pattern.search(path)), "")
    return found or _dated(path, year) or _in_query(path, parameters) or _growing(path, parameters, trail)


def is_endless(steps: Sequence[str]) -> bool:
    """Whether redirects, the first URL and where each step led, will not end.

    They come back to where they were, or to a URL that repeats itself; or two in a row change nothing but numbers; or
    three in a row only go on where the last URL ended (two do so on the way to a home page: "/", "/en/", "/en/home").
    """
    if steps[-1] in steps[:-1] or _repeating(*_parts(steps[-1])):
        return True
    numbered = {_NUMBER.sub("0", step) for step in steps[-3:]}
    longer = [after.startswith(before.rstrip("/")) for before, after in pairwise(steps[-4:])]
    return (len(steps) > 2 and len(numbered) == 1) or (len(longer) > 2 and all(longer))  # noqa: PLR2004 - as said above


def without_noise(url: str) -> str:
    """The URL as found, less what is another each time: a session's number, and random values beside a page's name.

    Sites that see no cookie put a session into every link; who comes without one gets a new one. Random values
    (`?rnd=`, tokens of who shared the link) are left out only where the path names an article by itself.
    """
    before, mark, query = url.partition("#")[0].partition("?")
    parts, is_whole = query.split("&"), _is_whole(unquote(before.lower()))
    kept = [part for part in parts if not _is_noise(unquote(part.lower()), is_whole=is_whole)]
    bare = PATH_SESSION.sub("", before)
    if bare == before and len(kept) == len(parts):
        return url
    return f"{bare}{mark if any(kept) else ''}{'&'.join(kept)}"


def _is_noise(part: str, *, is_whole: bool) -> bool:
    if is_whole and (RANDOM.fullmatch(part) or NAMES.get(part.partition("=")[0]) is TOKEN):
        return True
    return any(reason is SESSION and pattern.fullmatch(part) for reason, pattern in VALUES)


def _is_whole(path: str) -> bool:
    """Whether a path names an article by itself; of a script (`/show_news_detail.php`) the query does."""
    last = path.rstrip("/").rpartition("/")[2]
    return bool(READS_SO.search(last)) and not SCRIPT.search(last)


def _parts(url: str) -> tuple[str, Parameters]:
    """Path and parameters as the rules read them: in lower case, escapes undone; none of what is no URL."""
    try:
        parts = urlsplit(url.lower())
        return unquote(parts.path), parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return "", []


def _repeating(path: str, parameters: Parameters) -> str:
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > _MAX_SEGMENTS:
        return f"growing: a path of {len(segments)} segments"
    if repeated := _repeated(segments):
        return f"repeating: {repeated[:80]!r} comes again and again"
    names = Counter(name for name, _ in parameters)
    if len(parameters) > _MAX_PARAMETERS or max(names.values(), default=0) > _MAX_OF_A_NAME:
        return f"growing: a query of {len(parameters)} parameters"
    return ""


def _repeated(segments: Sequence[str]) -> str:
    """What a path repeats: a name three times, or several in a row twice; numbers may, as in a date."""
    for size in range(2, len(segments) // 2 + 1):
        for start in range(len(segments) - 2 * size + 1):
            part = segments[start : start + size]
            if part == segments[start + size : start + 2 * size] and not "".join(part).isdigit():
                return "/".join(part)
    often = (segment for segment, times in Counter(segments).items() if times >= _OFTEN and not segment.isdigit())
    return next(often, "")


def _dated(path: str, year: int) -> str:
    for found in _DATED.finditer(path):
        if int(found[1]) > year + 1 or (int(found[1]) < _FIRST_YEAR and "calendar" in path):
            return f"calendar: the year {found[1]}"
    return ""


def _in_query(path: str, parameters: Parameters) -> str:
    is_page = any(ID.fullmatch(name) for name, _ in parameters)
    for name, value in parameters:
        reason = NAMES.get(name) or next((why for why, form in VALUES if form.fullmatch(f"{name}={value}")), "")
        is_harmless = is_page if reason is CALENDAR else reason is PAGINATION and not FURTHER.fullmatch(value)
        if reason and not is_harmless:
            return reason
    if is_page:
        return ""
    if _is_whole(path) and any(RANDOM.fullmatch(f"{name}={value}") for name, value in parameters):
        return TOKEN
    narrowed = sum(name in PERHAPS_FACETS for name, _ in parameters)
    several = sum(name.endswith("[]") or any(mark in value for mark in ",|;") for name, value in parameters)
    return FACETS if max(narrowed, several) > 1 else ""


def _growing(path: str, parameters: Parameters, trail: Sequence[str]) -> str:
    """Told by three pages, each of which goes on where the one that led to it ended: parts of a series do so once."""
    if len(trail) < 2:  # noqa: PLR2004 - the page, and the one before it
        return ""
    (page, of_page), (before, of_before) = _parts(trail[0]), _parts(trail[1])
    if path == page == before and len(parameters) > len(of_page) > len(of_before):
        return "growing: its query is longer from page to page"
    is_below = path.startswith(f"{page.rstrip('/')}/") and page.startswith(f"{before.rstrip('/')}/")
    return "growing: its path is longer from page to page" if is_below and before.strip("/") else ""
