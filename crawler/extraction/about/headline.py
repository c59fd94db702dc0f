"""Where on the page the headline stands, and what stands under it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from lxml.etree import iterwalk

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.extraction.body.runs import bare as letters
from crawler.extraction.tree import MAX_NAMES, folded, is_handle, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

MAX_HEADINGS = 300
MAX_STEPS, MAX_STEP, MIN_STEPS = 12, 40, 2  # elements; characters of one; links
MAX_SUFFIX = 3  # letters of what a country parts its hosts by: co, com, gov
MAX_HEADING_ELEMENTS = 60
_HEADING_ELEMENTS = 25
_MIN_SHARE = 1 / 3  # of the title, that a heading says
# What stands in a heading and is none of its words: when and by whom, a line under it, what readers may do with it.
_DRESSING_TAGS = frozenset({"small", "time", "button", "svg", "select"})
_UNSEEN = frozenset({"style", "script", "noscript", "template"})
_DRESSING = re.compile(
    r"(?:[\w-]*[-_])?(?:sub-?(?:title|head(?:line|ing)?|line)|dek|standfirst|shar(?:e|ing)|permalink|headerlink|anchor"
    r"|edit-?(?:section|link)?|comments?(?:[-_]?count)?|byline|authors?|date|timestamp)",
    re.IGNORECASE,
)
# Of titles whose heading begins with an element called so, five of six are without it, however the head has them; of
# those that begin with another element, three of thirteen (564 and 606 pages of two halves of the sites, 2026-11-27).
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|(?:over|top|roof)-?line|eyebrow|dachzeile|spitzmarke|(?:pre|over)-?(?:title|headline)"
    r"|title-?header|antet[ií]tulo|volanta|occhiello|sur-?titre)",
    re.IGNORECASE,
)
_SIGNS = " :–—|-/"


def bare(text: str) -> str:
    """The letters and digits of a text, in one case: what two writings of a headline have in common."""
    return letters(text).casefold()


@lru_cache(256)
def bare_host(url: str) -> str:
    """The letters and digits of a URL's host, without `www.`; empty where it has none."""
    try:
        return bare(urls.host(url).removeprefix("www."))
    except UrlError:
        return ""


@lru_cache(256)
def brand(url: str) -> str:
    """The letters and digits of what a URL's host is registered as: `example` of shop.example.co.uk."""
    try:
        parts = urls.host(url).split(".")[:-1]
    except UrlError:
        return ""
    return bare(next((part for part in reversed(parts) if len(part) > MAX_SUFFIX), ""))


def heading_text(heading: _Element, claims: Iterable[str] = (), *, keep_kicker: bool = False) -> str:
    """The text of a heading, with a space where its lines end: some break them by styles alone.

    Without what dresses it, unless a claim (bare) repeats that or nothing is left; without a kicker that is called one,
    unless `keep_kicker`: where no h1 is the headline, the head's claim decides about it.
    """
    whole = _worded(heading, is_bare=False)
    kicker = None if keep_kicker else _kicker(heading)
    if kicker is not None and (rest := folded(whole.removeprefix(_worded(kicker, is_bare=False)))):
        return rest.lstrip(_SIGNS) or whole
    if not len(heading) or (said := bare(whole)) == "" or any(said in claim for claim in claims):
        return whole
    return _worded(heading, is_bare=True) or whole


def _worded(heading: _Element, *, is_bare: bool) -> str:
    if not len(heading):
        return folded(heading.text or "")
    found, walk = "", iterwalk(heading, events=("start", "end"))
    for _, (event, one) in zip(range(2 * MAX_HEADING_ELEMENTS), walk, strict=False):
        is_skipped = event == "start" and (
            one.tag in _UNSEEN or is_handle(one) or (is_bare and bool(found.strip()) and _is_dressing(one))
        )
        if is_skipped:
            walk.skip_subtree()
        text = one.text if event == "start" else one.tail if one is not heading else ""
        text = "" if is_skipped else text or ""
        is_line = one is not heading and one.tag in {"br", "div", "p"}
        is_case = bool(found and text) and text[0].isupper() and (found[-1].islower() or found[-1].isdigit())
        found = f"{found} {text}" if is_line or is_case else found + text
    return folded(found)


def _kicker(heading: _Element) -> _Element | None:
    """What a heading begins with and calls a kicker."""
    first = heading[0] if len(heading) and not (heading.text or "").strip() else None
    return first if first is not None and _KICKER.search(first.get("class", "")[:MAX_NAMES]) else None


def _is_dressing(one: _Element) -> bool:
    if one.tag in _DRESSING_TAGS or (one.tag == "a" and one.get("href", "").startswith("#")):
        return True
    return any(_DRESSING.fullmatch(name) for name in one.get("class", "")[:MAX_NAMES].split())


def is_crumb(heading: _Element) -> bool:
    """Whether a heading ends a path of short links to the site's parts: the headline in sight stands below it."""
    parent, links = heading.getparent(), 0
    step = parent if parent is not None and parent.tag == "li" else heading
    for one in islice(step.itersiblings(preceding=True), MAX_STEPS):
        text = " ".join(pieces(one, MAX_STEPS))
        if len(text) > MAX_STEP:
            return False
        links += any(part.tag == "a" for part in islice(one.iter(), MAX_STEPS))
    return links >= MIN_STEPS


def is_stated(heading: _Element) -> bool:
    """Whether microdata calls it the headline (schema.org)."""
    return (name := heading.get("itemprop")) is not None and "headline" in name[:MAX_NAMES].split()


def lesser_headings(root: _Element) -> Iterator[str]:
    """The texts of what may be a headline on pages that have no h1 for it."""
    for _, heading in zip(range(MAX_HEADINGS), root.iter("h2", "h3", "h4", "h5"), strict=False):
        yield heading_text(heading, keep_kicker=True)
    named = (
        one
        for one in root.iter("div", "p", "span", "strong", "b", "td", "a", "font")
        if ((name := one.get("class")) and _is_named(name[:MAX_NAMES]))
        or ((name := one.get("id")) and _is_named(name[:MAX_NAMES]))
    )
    for _, one in zip(range(MAX_HEADINGS), named, strict=False):
        yield " ".join(pieces(one, _HEADING_ELEMENTS))


@lru_cache(4096)
def _is_named(called: str) -> bool:
    called = called.lower()
    return "tit" in called or "head" in called


def is_headline(heading: _Element, title: str) -> bool:
    """Whether a heading says the `title`, given bare, or most of it."""
    text = bare(" ".join(pieces(heading, _HEADING_ELEMENTS)))
    return bool(text and title) and (text in title or title in text) and len(text) >= _MIN_SHARE * len(title)


def headline(root: _Element, title: str) -> _Element | None:
    """The first h1 that says the title, else the first h2 or h3; None: none does."""
    said, lesser = bare(title), None
    for _, heading in zip(range(MAX_HEADINGS), root.iter("h1", "h2", "h3"), strict=False):
        if (heading.tag == "h1" or lesser is None) and is_headline(heading, said):
            if heading.tag == "h1":
                return heading
            lesser = heading
    return lesser


def stands_in_line(owner: _Element, text: str, heading: _Element | None, title: str) -> bool:
    """Whether a line of the page is its headline: that `heading`; where there is none, the words of the title."""
    return owner is heading if heading is not None else text.strip() == title != ""
