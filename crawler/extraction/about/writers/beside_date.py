"""Who is named beside the date under the headline, where nothing says that it is the author."""

from __future__ import annotations

import re
from datetime import UTC
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from crawler.core import dates
from crawler.extraction.about.headline import bare, headline, stands_in_line
from crawler.extraction.about.writers.biography import written_of
from crawler.extraction.about.writers.people import is_full_name, people
from crawler.extraction.about.writers.person import is_team, may_be_name
from crawler.extraction.about.writers.signed import is_readers
from crawler.extraction.tree import folded, names, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from crawler.extraction.about.lines import Lines

# 819 pages of two halves of the sites, set of authors (2026-11-26): .792 and .773; .802 and .773 with the name in the
# date's line and with portraits, only where nothing else names anybody (where structured data names a site: .802 and
# .771). With icons of persons .807 and .781 became .809 and .781; with accounts .836 and .791 became .839 and .793,
# with biographies .841 and .796, with teams, and under a headline that is no heading, .844 and .796.
MAX_LINES = 25  # under the headline
MAX_PROSE_BYTES = 220  # of a line; a longer one is the text
MAX_CHARACTERS = 80  # of a line
MAX_DATE = 40
MAX_IMAGES = 300
MAX_TEASERS = 1
MAX_SPACED = 400  # characters of a name as it stands in the page, with its indentation
MAX_CHILDREN = 10  # before a name
MAX_WORDS = 3
MAX_PIECES = 6  # elements of a line
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_IN = re.compile(r"\s+(?:in|on|at|·)$")
_ICONS = frozenset({"i", "svg", "img", "span"})
_PERSON = re.compile(r"(?:^|[\s_-])(?:user|person|author|avatar|profile|pencil|pen)(?:$|[\s_-])")
_PICTURE = re.compile(
    r"\b(?:(?:profile |author |autor )?(?:image|photo|picture|pic|portrait|avatar|headshot|bild|foto)|author|autor)s?\b"
    r"|\b(?:of|by|von|de)\b|['’]s\b",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"[A-Za-z][\w.-]{2,30}")
_LEADS = frozenset({"h2", "h3", "h4", "h5", "h6"})  # a long one is no paragraph
_BAR = re.compile(r"\s+[-–—|·•/]\s+|\s*[|·•]\s*")
_PART = re.compile(r"\s+[-–—|·•/]\s+|\s*[|·•]\s*|,\s+")


def beside_date(lines: Lines, title: str) -> tuple[str, ...]:
    """The name in the line of the date; else one behind an icon; else one beside the date that has a portrait.

    An account counts behind an icon and before the date, a name elsewhere under the headline where a biography of a
    writer begins with it, and a team beside the date where nobody else does.
    """
    signs = list(islice(_under(lines, title), MAX_LINES))
    head = [(owner, text) for owner, text, is_teased in signs if not is_teased]
    dated = [(owner, text) for owner, text in head if _YEAR.search(text)]
    for _, text in dated:
        if name := _in_line(text):
            return (name,)
    if len(dated) == 1 and (name := _in_line(_around(dated[0][0]))):  # of a list of events, each has its place
        return (name,)
    under = [text for _, text, _ in signs]
    names_under = [text for text in under if _is_name(text) and bare(text) not in bare(title)]
    return _behind_icon(head) or _in_portrait(lines, under) or written_of(lines, names_under) or _office(under)


def _behind_icon(head: list[tuple[_Element, str]]) -> tuple[str, ...]:
    for owner, text in head:
        if _is_name(name := _IN.sub("", text)) and _has_icon(owner, text):
            return (name,)
    for (owner, text), (_, after) in pairwise(head):
        if _ACCOUNT.fullmatch(text) and may_be_name(text) and _is_date(after) and _has_icon(owner, text):
            return people([text])
    return ()


def _in_portrait(lines: Lines, under: list[str]) -> tuple[str, ...]:
    portraits: frozenset[str] | None = None
    for name in filter(_is_name, _beside(under)):
        portraits = _portraits(lines) if portraits is None else portraits
        if _shown(name) in portraits:
            return people([name])
    return ()


def _office(under: list[str]) -> tuple[str, ...]:
    """Who signs beside the date as a team."""
    return next(((name,) for name in _beside(under) if is_team(name)), ())


def _beside(under: list[str]) -> Iterator[str]:
    """The lines before and after each date; empty where there is none."""
    for before, here, after in zip(["", *under], under, [*under[1:], ""], strict=False):
        if _is_date(here):
            yield before
            yield after


def _has_icon(owner: _Element, text: str) -> bool:
    """Whether a picture of a person, as icons are called, stands before a text and no other text between them."""
    behind = [child for child in islice(owner, MAX_CHILDREN) if folded((child.tail or "")[:MAX_SPACED]) == text]
    before = [one for one in islice(owner.itersiblings(preceding=True), 1) if not (one.tail or "").strip()]
    return any(one.tag in _ICONS and _PERSON.search(names(one)) for one in (*behind, *islice(owner, 1), *before))


def _under(lines: Lines, title: str) -> Iterator[tuple[_Element, str, bool]]:
    """The short lines between the headline and the text, and whether a long one, a teaser, stands before them."""
    heading = headline(lines.root, title)
    is_under, long = False, 0
    for owner, text in lines:
        if is_under and text:
            if is_readers(owner):
                return
            if len(text.encode()) > MAX_PROSE_BYTES:
                long += owner.tag not in _LEADS
                if long > MAX_TEASERS:
                    return
            elif said := folded(text):
                yield owner, said, long > 0
        is_under = is_under or stands_in_line(owner, text, heading, title)


def _around(owner: _Element) -> str:
    """The line that a date's element stands in, empty for more than a line."""
    box = owner.getparent()
    text = " ".join(pieces(box, MAX_PIECES)) if box is not None else ""
    return text if len(text) <= MAX_CHARACTERS else ""


def _in_line(text: str) -> str:
    """The name beside the date in a line; a section may stand behind it or before it."""
    if len(text) > MAX_CHARACTERS:
        return ""
    for cut in _PART.finditer(text):
        before, after = text[: cut.start()], text[cut.end() :]
        for beside, date in ((_BAR.split(before), after), (_BAR.split(after)[::-1], before)):
            if _is_name(beside[-1]) and _is_date(date):
                return beside[-1]
    return ""


def _is_name(text: str) -> bool:
    """Whether a text is a full name; a script without capitals does not tell it from other words."""
    return len(text.split()) in range(2, MAX_WORDS + 1) and text[0].isupper() and is_full_name(text)


def _is_date(text: str) -> bool:
    return len(text) <= MAX_DATE and bool(_YEAR.search(text)) and dates.stated(text, UTC, month_first=True) is not None


def _portraits(lines: Lines) -> frozenset[str]:
    """Whom the images show, by what they say of themselves: `Ann O'Hara`, `Portrait of Ann O'Hara`."""
    images = islice(lines.root.iter("img"), MAX_IMAGES)
    return frozenset(_shown(image.get("alt", "")[:MAX_CHARACTERS]) for image in images)


def _shown(text: str) -> str:
    return bare(_PICTURE.sub("", text))
