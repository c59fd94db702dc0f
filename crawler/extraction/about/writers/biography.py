"""Whom a page tells its readers about under `About the author`, where no byline names anybody."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.about.writers.people import is_full_name
from crawler.extraction.tree import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.extraction.about.lines import Lines

# 819 pages of two halves of the sites (2026-11-26): 21 have such a text, and it names the authors of 19; the set of
# authors .834 and .791, .836 and .791 so.
MAX_CHARACTERS = 400  # of a text that may begin with the label
MAX_LABELS = 20
MAX_LABEL = 60  # with what stands before it
MAX_LINES = 3  # behind the label, until the name
MAX_NAME = 60
MIN_BIOGRAPHY, MAX_BIOGRAPHY = 25, 150  # characters; of its beginning
_LABEL = re.compile(
    r"\W*(?:(?:about|meet) (?:the |our |this )?(?:guest )?(?:authors?|contributor)"
    r"|(?:guest )?author bio(?:graphy)?|guest author|[üÜ]ber (?:den|die) autor(?:in|en)?|[àÀ] propos de l['’]auteure?"
    r"|sobre (?:el|la|o|a) autora?|informazioni sull['’]autore|over de auteur)\b\s*[:：–-]?\s*",
    re.IGNORECASE,
)
_WRITES = re.compile(
    r"\s+(?:is|was|has|ist|war|est|es|è)\b.{0,80}?\b(?:writers?|authors?|journalist|blogger|editor|columnist|correspondent"
    r"|reporter|contributor|writes|autor(?:in)?|journalistin|redakteur(?:in)?|auteur|periodista)\b|\s+(?:writes|schreibt)\b",
    re.IGNORECASE | re.DOTALL,
)
_SAYS = re.compile(
    r"(?:(?:hi|hello|hey)\W+(?:i['’]m|i am|my name is)\s+)?(?P<name>[^.,:;()!?]{3,60}?)"
    r"\s+(?:is|was|has|writes|lives|works|and I|ist|war|hat|schreibt|arbeitet|lebt|est|es|é|è|vive|trabaja)\s",
    re.IGNORECASE,
)


def biography(lines: Lines) -> tuple[str, ...]:
    """The full name that a text under such a label is, or begins with; of the first that has one."""
    texts = iter(lines)
    near = (text for _, text in texts if 0 < len(text) <= MAX_CHARACTERS and _may_begin(text[:MAX_LABEL]))
    labels = (label for text in near if (label := _LABEL.match(text)))
    for label in islice(labels, MAX_LABELS):
        if name := _name([folded(label.string[label.end() :]), *_next(texts)]):
            return name
    return ()


def _may_begin(text: str) -> bool:
    """Whether a text holds what each label does; the expression costs ten times as much."""
    return "ut" in text or "UT" in text


def written_of(lines: Lines, among: Sequence[str]) -> tuple[str, ...]:
    """The first of the names that a text begins with which says that its bearer writes: `Ann O'Hara is a writer`."""
    for _, text in lines if among else ():
        if len(text) > MIN_BIOGRAPHY and (said := text.lstrip()).startswith(tuple(among)):
            name = max((name for name in among if said.startswith(name)), key=len)
            if _WRITES.match(said[len(name) : len(name) + MAX_BIOGRAPHY]):
                return (name,)
    return ()


def _next(texts: Iterator[tuple[object, str]]) -> list[str]:
    return list(islice((said for _, text in texts if (said := folded(text))), MAX_LINES))


def _name(texts: list[str]) -> tuple[str, ...]:
    for text in texts:
        says = _SAYS.match(text)
        name = says["name"] if says else text
        if len(name) <= MAX_NAME and is_full_name(name):
            return (name,)
    return ()
