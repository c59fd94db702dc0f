"""Feeds of other articles, above or below one: headings that are links, each with an excerpt under it.

An article may be a list of what its headings link to; there they lead to other sites or down the page, and what stands
under them ends where a sentence does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.extraction.body.text.cited import host
from crawler.extraction.body.text.edges import ends_sentence, is_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from crawler.extraction.body.text.line import Line

MIN_TEASERS = 3  # of one form: two link to what a text speaks of
# Of the excerpts, that end before their sentence does. Two halves of the sites (390 and 394 pages, 2026-11-26): F1c
# .951 and .955; without feeds .950 and .950; with feeds of whole sentences too .949 and .954, since articles that list
# others go. The Chinese pages among them: .968 and .953; .968 and .894 without.
MIN_CUT_SHARE = 0.25
HEADLINE = range(12, 301)  # characters
EXCERPT = 60  # characters: shorter lines are dates, authors, "more"
MAX_EXCERPTS = 2  # lines
_CUT = re.compile(r"(?:\.\.\.|…)\W{0,6}$")


def feeds(lines: Iterable[Line], url: str) -> set[Line]:
    """The lines of a page's feeds. `url` is the page's: a feed leads to other pages of its site."""
    forms: dict[tuple[str, str], list[tuple[str, list[Line]]]] = {}
    for teaser in _teasers(lines):
        if target := _target(teaser[0].owner, url):
            forms.setdefault(_form(teaser[0].owner), []).append((target, teaser))
    return {line for form in forms.values() if _is_feed(form) for _, teaser in form for line in teaser}


def _is_feed(teasers: Sequence[tuple[str, list[Line]]]) -> bool:
    cut = sum(any(map(_is_cut, teaser[1:])) for _, teaser in teasers)
    return len({target for target, _ in teasers}) >= MIN_TEASERS and cut >= MIN_CUT_SHARE * len(teasers)


def _is_cut(line: Line) -> bool:
    return _is_excerpt(line) and bool(_CUT.search(line.text) or not ends_sentence(line))


def _form(element: _Element) -> tuple[str, str]:
    return str(element.tag), element.get("class", "")[:100]


def _teasers(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines from each heading that is a link to the next heading, where no more than an excerpt stands there."""
    group: list[Line] = []
    excerpts = 0
    for line in lines:
        if line.kind == "heading" or excerpts > MAX_EXCERPTS:
            if 0 < excerpts <= MAX_EXCERPTS:
                yield group
            group, excerpts = [], 0
        if group or (line.kind == "heading" and _is_headline(line)):
            group.append(line)
            excerpts += _is_excerpt(line)
    if 0 < excerpts <= MAX_EXCERPTS:
        yield group


def _is_headline(heading: Line) -> bool:
    return heading.size in HEADLINE and is_link(heading)


def _is_excerpt(line: Line) -> bool:
    return line.size >= EXCERPT and line.kind != "heading" and 2 * line.linked < len(line.text)


def _target(heading: _Element, url: str) -> str:
    """Where a heading leads, if to another page of the same site."""
    link = next(heading.iter("a"), None)
    link = next(heading.iterancestors("a"), None) if link is None else link
    try:
        target = urljoin(url, "" if link is None else link.get("href", "").strip()).partition("#")[0]
        is_here = host(target) == host(url)
    except ValueError:
        return ""
    return target if is_here and target != url.partition("#")[0] else ""
