"""The keywords of a page's head → what the article is about: not what only machines are told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.about.headline import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

# Micro F1 of the tags on 109 pages of two halves of the sites (2026-11-26): .905 and .842; .905 and .859 with Chinese
# words between spaces. The other rules are for pages of other sets, and change nothing there.
MAX_TEXT = 10_000  # characters of one source
MAX_WORDS = 4  # of one keyword without a comma in sight
MIN_OWN_CHARACTERS = 2
MAX_OWN = 3  # words of the site's own name: what it tells machines on each of its pages
MIN_TITLE_WORDS = 3  # one by one, that are keywords by a machine
MIN_TITLE_SHARE = 0.8  # of the keywords are words of the title, `a` and `of` among them
MAX_TITLE_BYTES = 30  # a longer title is no keyword
_SMALL = frozenset(
    ["a", "an", "the", "of", "in", "to", "for", "is", "and", "der", "die", "das", "und", "la", "les", "de", "el", "y",
     "en"]
)  # fmt: skip
_SPLIT = re.compile(r"[,，、;；]")
_BARS = re.compile(r"\s*[|｜]\s*")
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_QUOTES = "\"'“”„«»"
_LABELLED = re.compile(r"(?P<kind>[\w /-]+): (?P<value>.+)")
_MARKED = re.compile(r"(?:subjects?|topics?|tags?|keywords?):(?=\S)", re.IGNORECASE)  # without a space
_PATH = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)+")  # of a section; its last part is what the article is about
_KIND = re.compile(
    r"^(?:topics?|tags?|subjects?|keywords?|categor(?:y|ies)|organi[sz]ations?|persons?|places?|sections?)/(?=\S)"
)
_SUBJECT = re.compile(r"subjects?|topics?|tags?|keywords?", re.IGNORECASE)
_MACHINE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|^\d{5,}$|^[\w.-]+\.[a-z]{2,4}$|[<>{}]|https?:|^\w+:\w+:|\d\s*[€$]", re.IGNORECASE
)


def keywords(texts: Sequence[str], site: str, title: str) -> list[str]:
    """The words in keywords, without what only machines are told, the site's name and the title again."""
    words = _words(texts)
    if len(words) == 1 and len(words[0].split()) > MAX_WORDS:
        return []
    own, headline = bare(site), bare(title) if len(title.encode()) > MAX_TITLE_BYTES else ""
    named = {name for name in map(bare, words) if len(name) >= MIN_OWN_CHARACTERS and name in own}
    if len(named) >= MAX_OWN or _are_titles(words, title):
        return []
    found: list[str] = []
    words = [_MARKED.sub("tag: ", word, count=1) for word in words]
    subjects = [word for word in words if (said := _LABELLED.fullmatch(word)) and _SUBJECT.fullmatch(said["kind"])]
    for word in subjects or words:
        labelled = _LABELLED.fullmatch(word)
        if labelled and not subjects:
            continue
        text = (labelled["value"] if labelled else word).strip(_QUOTES)
        text = _KIND.sub("", text)
        if _PATH.fullmatch(text):
            text = text.rpartition("/")[2]
        if not _MACHINE.search(text) and bare(text) not in {own, headline}:
            found.append(text)
    return found


def _words(texts: Sequence[str]) -> list[str]:
    """What stands between commas; of a text without one, between bars, and Chinese words between spaces."""
    words = [word.strip() for text in texts for word in _SPLIT.split(text[:MAX_TEXT]) if word.strip()]
    if len(words) == 1 and (parts := _BARS.split(words[0]))[1:]:
        words = parts
    if len(words) == 1 and all(map(_CJK.search, parts := words[0].split())):
        words = parts
    return words


def _are_titles(words: Sequence[str], title: str) -> bool:
    """Whether keywords are but the title, word by word, or most of its words, its small ones too."""
    said = "".join(map(bare, words))
    if len(words) < MIN_TITLE_WORDS or any(" " in word for word in words):
        return False
    if said in bare(title):
        return True
    of_title = set(map(bare, title.split()))
    shared = {bare(word) for word in words} & of_title
    return len(shared) >= MIN_TITLE_SHARE * len(words) and not _SMALL.isdisjoint(shared)
