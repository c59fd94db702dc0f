"""The keywords of a page's head → what the article is about: not what only machines are told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.about.headline import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_TEXT = 10_000  # characters of one source
MAX_WORDS = 4  # of one keyword without a comma in sight
MIN_OWN_CHARACTERS = 2
MAX_OWN = 3  # words of the site's own name: what it tells machines on each of its pages
_SPLIT = re.compile(r"[,，、;；]")
_QUOTES = "\"'“”„«»"
_LABELLED = re.compile(r"(?P<kind>[\w /-]+): (?P<value>.+)")
_PATH = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)+")  # of a section; its last part is what the article is about
_SUBJECT = re.compile(r"subjects?|topics?|tags?|keywords?", re.IGNORECASE)
_MACHINE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|^[\w.-]+\.[a-z]{2,4}$|[<>{}]|https?:|^\w+:\w+:|\d\s*[€$]", re.IGNORECASE
)


def keywords(texts: Sequence[str], site: str) -> list[str]:
    """The words in keywords, without what only machines are told, and without the site's name."""
    words = [word.strip() for text in texts for word in _SPLIT.split(text[:MAX_TEXT]) if word.strip()]
    if len(words) == 1 and len(words[0].split()) > MAX_WORDS:
        return []
    own = bare(site)
    named = {name for name in map(bare, words) if len(name) >= MIN_OWN_CHARACTERS and name in own}
    if len(named) >= MAX_OWN:
        return []
    found: list[str] = []
    subjects = [word for word in words if (said := _LABELLED.fullmatch(word)) and _SUBJECT.fullmatch(said["kind"])]
    for word in subjects or words:
        labelled = _LABELLED.fullmatch(word)
        if labelled and not subjects:
            continue
        text = (labelled["value"] if labelled else word).strip(_QUOTES)
        if _PATH.fullmatch(text):
            text = text.rpartition("/")[2]
        if not _MACHINE.search(text) and bare(text) != own:
            found.append(text)
    return found
