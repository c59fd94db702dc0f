"""The article's title, without the site's name: what title, og:title, headline and h1 agree on."""

from __future__ import annotations

import re
from collections import deque
from itertools import chain
from typing import TYPE_CHECKING

from crawler.extraction.about.headline import bare
from crawler.extraction.about.kickers import as_written, without_byline, without_day, without_kicker
from crawler.extraction.about.site_names import is_channel, is_place, is_stopgap, parted, without_site, without_tail

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from crawler.extraction.about.site_names import Names

MAX_CHARACTERS = 500
MIN_HEADING_CHARACTERS = 4  # "新闻" over every page is no title
# 564 pages of one half of the sites, title exact (2026-11-25): .777 with any heading that a claim holds; .798 where the
# site's own name is none; .809 where a heading is .3 or .4 of the claim; .833 where a sole heading is the title even if
# no claim repeats it (from 25 bytes; 15: .833, 35: .837); .839 with the heading that a claim begins with.
MIN_HEADING_SHARE = 0.4
MIN_SOLE_BYTES = 25  # bytes, since eight Chinese characters are a title and eight letters are none
# 1,170 pages of two halves of the sites (2026-11-26): .847 and .810; .855 and .820 where a claim that the heading ends
# with is the title; .861 and .827 with lesser headings; .866 and .837 with the heading most of whose words a claim has;
# .871 and .841 where headings lose the site's name too.
# Not: a claim that the heading begins with (.850, .807), three claims against the heading (.861, .787).
# 1,170 pages again (2026-11-26): .873 and .841; .876 and .844 where a kicker stays that the best claim has; .876 and
# .848 with the heading that microdata calls the headline; .878 and .849 with the heading that a claim has before its
# first separator. Not: 60 weights for where each text stands and who repeats it, fitted on one half (.867 on sites left
# out, .832 on the other half); the claim that is nearer to the URL's words (.881, .846).
# 1,170 pages (2026-11-27): .881 and .864 became .882 and .872, fundus .938 and .716 became .938 and .806, where an h1
# that ends a path of links gives way to a heading that says all of a claim; one that says a part: .881 and .867. Not:
# an h1 that is hidden but to screen readers (two pages worse).
MIN_SHARED = 0.7
MIN_PART_BYTES = 12  # "News" before the first separator is a channel
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens, and what else only says where a line may break
_MARKUP = re.compile(r"</?(?:em|i|b|strong|span|br|sup|sub|u|small|mark|q)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_BY = re.compile(r"\s+[-–—|·•]\s+(?:by|von|par|por|di|door|av|af)\s+(?=[A-ZÀ-Þ])")
_SEPARATORS = frozenset("-–—|｜·»")
_END = re.compile(r"(?<=\S)\s+[-–—|｜·»]+\s*$")  # before a name that is missing
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]|[^\W_]+")


def title(
    claims: Sequence[str],
    headings: Iterable[str],
    lesser: Iterable[str],
    names: Names,
    *,
    crumbs: Sequence[str] = (),
    stated: Collection[str] = (),
    unclaimed: Iterable[str] = (),
) -> str:
    """The title. `claims` are the head's (og:title, headline, title), best first; `headings` the page's h1.

    A heading that a claim repeats is the title, since the site's name rarely stands in it; where no h1 does, one of the
    `lesser` ones, which are only read then. `stated` are the headings that microdata calls the headline: where they say
    one thing, it is the title. `crumbs` are h1 that end a path of links, over the headline in sight. `unclaimed` are
    read where the head names no more than the site. Empty where the page says nothing.
    """
    claims = [_seen(_MARKUP.sub("", claim) if "<" in claim else claim) for claim in claims if claim]
    headings = [_seen(text) for text in headings if text and not _is_name(text, names)]
    stated = [text for text in stated if text and not _is_name(text, names)]
    stripped = [_short(claim, names, claims) for claim in dict.fromkeys(claims)]
    found = _one(stated) or _agreed(claims, headings) or _agreed(stripped, headings) or _first_part(claims, headings)
    is_whole = "|" in found and found in claims  # with the site's name, as some programs write it for screen readers
    others: list[str] = []
    rest = _remembered(lesser, others)
    if is_whole:
        found = _first_part(claims, rest) or found
    if crumbs:
        found = found or _whole(stripped, rest) or _agreed(claims, crumbs)
    headings = headings or list(crumbs)
    if not found:
        deque(rest, maxlen=0)
    if found := found or _lesser(claims, others, names) or _sole(claims, headings):
        found = without_site(found, names, ())
        found = without_tail(found) if "|" in found else found  # a part of the site
        return without_day(as_written(without_kicker(without_byline(found, stripped), stripped), stripped))
    is_placed = bool(claims) and is_place(claims[0], names)
    own = [] if is_placed else [text for text in stripped if not _is_none(text, names)]
    sole = headings if len(headings) == 1 else []
    if told := next(filter(None, chain(own, sole)), ""):
        return told
    shown = [text for text in map(_seen, unclaimed) if not _is_name(text, names)]
    long = (text for text in others if is_placed and _is_long(text) and not is_channel(text))
    short = (text for text in shown if claims and not is_placed and len(text.encode()) >= MIN_PART_BYTES)
    likely = (text for text in shown if _is_long(text))
    return next(filter(None, chain(likely, long, short, stripped, headings)), "")


def _remembered(texts: Iterable[str], known: list[str]) -> Iterator[str]:
    """The texts as readers see them; those that were asked for are known afterwards."""
    for text in texts:
        known.append(_seen(text))
        yield known[-1]


def _short(claim: str, names: Names, claims: Sequence[str]) -> str:
    """A claim without the names of the site and its parts, and without who wrote it."""
    short = without_tail(without_site(claim, names, claims))
    parts = _BY.split(short, maxsplit=1)
    return without_site(parts[0], names, claims) if short != claim else short


def _is_none(claim: str, names: Names) -> bool:
    """Whether a claim is no article's: the site's name, or what programs write where nobody gave a title."""
    return names.has(claim) or is_stopgap(claim)


def _is_name(heading: str, names: Names) -> bool:
    """Whether a heading is but the site's name, or where on the site the page stands."""
    return is_channel(heading) or names.are(heading)


def _seen(text: str) -> str:
    seen = _UNSEEN.sub("", text[:MAX_CHARACTERS])
    return _END.sub("", seen) if seen.rstrip()[-1:] in _SEPARATORS else seen


def _one(stated: Collection[str]) -> str:
    """What all of them say; empty where they differ, as those of a list of articles do."""
    return _seen(next(iter(stated), "")) if len(set(stated)) == 1 else ""


def _agreed(claims: Sequence[str], headings: Sequence[str]) -> str:
    """The heading that a claim repeats: where several are, the one that a claim begins with."""
    said = [bare(claim) for claim in claims]
    found = [text for text in headings if any(_is_most(bare(text), claim) for claim in said)]
    first = [text for text in found if any(claim.startswith(bare(text)) for claim in said)]
    return next(iter([*first, *found]), "")


def _whole(claims: Sequence[str], headings: Iterable[str]) -> str:
    """The heading that says what a claim does and hardly more before it."""
    said = [one for one in map(bare, claims) if len(one.encode()) >= MIN_PART_BYTES]
    told = ((text, bare(text)) for text in headings)
    return next(
        (text for text, all_ in told if any(all_.endswith(one) and 2 * len(one) >= len(all_) for one in said)), ""
    )


def _first_part(claims: Sequence[str], headings: Iterable[str]) -> str:
    """The heading that stands in a claim before the first separator, however much comes after it."""
    first = {bare(parted(claim)[0]) for claim in claims}
    return next((text for text in headings if len(text.encode()) >= MIN_PART_BYTES and bare(text) in first), "")


def _sole(claims: Sequence[str], headings: Sequence[str]) -> str:
    """The only heading, if it is long or a claim has all of its words; else the first most of whose words one has."""
    if len(headings) == 1 and (_is_long(headings[0]) or _is_said(headings[0], claims)):
        return headings[0]
    return next((text for text in headings if any(_is_shared(text, claim) for claim in claims)), "")


def _is_long(heading: str) -> bool:
    return len(heading.encode()) >= MIN_SOLE_BYTES


def _is_said(heading: str, claims: Sequence[str]) -> bool:
    return " " in heading and any(_words(heading) <= _words(claim) for claim in claims)


def _is_shared(heading: str, claim: str) -> bool:
    words, said, text = _words(heading), _words(claim), bare(heading)
    if len(text) < MIN_HEADING_CHARACTERS or len(words & said) < MIN_SHARED * len(words):
        return False
    return len(words) >= MIN_HEADING_SHARE * len(said) or bare(claim).startswith(text)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _lesser(claims: Sequence[str], headings: Iterable[str], names: Names) -> str:
    """The longest of the headings that a claim begins or ends with."""
    said, best, longest = [bare(claim) for claim in claims], "", 0
    for text in headings:
        heading = bare(text)
        if len(heading) > longest and heading not in names.shown:
            is_part = any(_is_most(heading, one) and (one.startswith(heading) or one.endswith(heading)) for one in said)
            best, longest = (text, len(heading)) if is_part else (best, longest)
    return best


def _is_most(heading: str, claim: str) -> bool:
    enough = len(heading) >= max(MIN_HEADING_CHARACTERS, MIN_HEADING_SHARE * len(claim))
    return enough and heading in claim
