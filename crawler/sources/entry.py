"""What one entry says, as found → ``Entry``: where it points, and the whole article where the feed carries it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.core.dates import first_moment
from crawler.core.errors import UrlError
from crawler.sources.plain import plain
from crawler.sources.pointing import address, seed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from crawler.core.model import Seed
    from crawler.sources.problems import Problems

MIN_WHOLE_BYTES = 1_500  # UTF-8 of a description's text: 500 Chinese characters, or 250 English words
MIN_WHOLE_BREAKS = 3  # paragraphs or line breaks in it
MAX_AUTHOR_CHARACTERS = 200
MAX_TRIED = 10  # of an entry's links, dates and authors
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_BREAK = re.compile(r"<(?:p|br)\b", re.IGNORECASE)
_READ_CHARACTERS = 20_000  # of a body: enough to tell an article
_TAIL_CHARACTERS = 400  # where a teaser says that it is one
# WordPress ends an excerpt with […], its appended line ("The post … appeared first on …") is none.
_TEASER = re.compile(
    r"\[\s*(?:…|\.\.\.)\s*\]|(?:…|\.\.\.)\s*$|(?:read|continue|view) (?:more|on|reading|the full|full)\b.{0,60}$"
    r"|(?:阅读全文|閱讀全文|查看全文|全文阅读|继续阅读|繼續閱讀|閱讀更多|阅读更多|点击查看"
    r"|weiterlesen|lire la suite|leer más).{0,20}$",
    re.IGNORECASE,
)
_MAIL_AND_NAME = re.compile(r"\S+@\S+\s*\((?P<inside>[^()]+)\)|(?P<before>[^<>]+)<\S+@\S+>")
_MAIL = re.compile(r"\S+@\S+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    seed: Seed
    html: (
        str  # the whole article as the feed has it, neither sanitised nor made absolute; empty: it has a teaser at most
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry says, before anything is believed of it."""

    links: tuple[str, ...]  # best first
    base: str  # absolute: what relative links stand on
    title: str = ""  # markup
    dates: tuple[str, ...] = ()  # best first
    authors: tuple[str, ...] = ()
    content: str = ""  # HTML that the format calls the content
    summary: str = ""  # HTML that may be the whole article or a teaser


def entries(
    drafts: Iterable[Draft], *, via: str, label: str | None, zone: tzinfo, problems: Problems, most: int
) -> tuple[Entry, ...]:
    """One for each page that the drafts point at, in their order; of several for one page the first counts.

    A time without a zone is in `zone`. What was left out or could not be read is told to `problems`.
    """
    found: dict[str, Entry] = {}
    for count, draft in enumerate(drafts):
        if count == most:
            problems.add(f"more than {most} entries: the others are left out")
            break
        one = _entry(draft, via=via, label=label, zone=zone, problems=problems)
        if one is None:
            continue
        if one.seed.key in found:
            problems.add("entry repeats another's URL", one.seed.url)
        else:
            found[one.seed.key] = one
    return tuple(found.values())


def _entry(draft: Draft, *, via: str, label: str | None, zone: tzinfo, problems: Problems) -> Entry | None:
    date = first_moment(draft.dates[:MAX_TRIED], zone)
    title = plain(draft.title)
    said, why = "no link", title
    for link in draft.links[:MAX_TRIED]:
        try:
            one = seed(
                address(link, draft.base),
                via=via,
                title=title,
                date=date,
                author=_people(draft.authors[:MAX_TRIED]),
                label=label,
            )
        except UrlError as err:
            said, why = "its link leads nowhere we go", str(err)
            continue
        if date is None and draft.dates:
            problems.add("date cannot be read", draft.dates[0].strip())
        return Entry(one, _whole(draft))
    problems.add(f"entry left out: {said}", why)
    return None


def _whole(draft: Draft) -> str:
    """The longer of content and description that is no teaser; of a description the rule is stricter."""
    if _text(draft.content) and not _is_teaser(draft.content):
        return draft.content.strip()
    summary = draft.summary
    if len(summary.encode()) < MIN_WHOLE_BYTES or len(_BREAK.findall(summary)) < MIN_WHOLE_BREAKS:
        return ""
    is_long = len(_text(summary).encode()) >= MIN_WHOLE_BYTES
    return summary.strip() if is_long and not _is_teaser(summary) else ""


def _is_teaser(html: str) -> bool:
    tail = _text(html[-5 * _TAIL_CHARACTERS :])
    return _TEASER.search(tail[-_TAIL_CHARACTERS:]) is not None


def _text(html: str) -> str:
    start = html[:_READ_CHARACTERS]
    return plain(_TAG.sub(" ", start), len(start))


@lru_cache(maxsize=256)  # most feeds have few authors
def _people(texts: tuple[str, ...]) -> str:
    """The names in authors' fields; an address alone is no name."""
    names: dict[str, None] = {}
    for text in texts:
        said = plain(text, MAX_AUTHOR_CHARACTERS)
        found = _MAIL_AND_NAME.fullmatch(said)
        name = (found["inside"] or found["before"]).strip(' "') if found else said
        if name and not _MAIL.fullmatch(name):
            names.setdefault(name)
    return ", ".join(names)[:MAX_AUTHOR_CHARACTERS]
