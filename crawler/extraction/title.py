"""The article's title, without the site's name: what title, og:title, headline and h1 agree on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import UrlError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_CHARACTERS = 500
MIN_HEADING_CHARACTERS = 4  # "新闻" over every page is no title
# 564 pages of one half of the sites, title exact (2026-11-25): .777 with any heading that a claim holds; .798 where the
# site's own name is none; .809 where a heading is .3 or .4 of the claim; .833 where a sole heading is the title even if
# no claim repeats it (from 25 bytes; 15: .833, 35: .837); .839 with the heading that a claim begins with.
MIN_HEADING_SHARE = 0.4
MIN_SOLE_BYTES = 25  # bytes, since eight Chinese characters are a title and eight letters are none
MAX_TAIL_CHARACTERS, MAX_TAIL_SHARE, MIN_HEAD_CHARACTERS = 30, 0.5, 10
_SPACED = re.compile(r"\s+[-–—|｜·•»]+\s+|\s*[|｜»]\s*")
_SEPARATOR = re.compile(
    r"\s+[-–—|｜·•»:]+\s+|\s*[|｜_»]\s*|\s*[—]{2}\s*|(?<=[\u4e00-\u9fff）】”])-(?=[\u4e00-\u9fffA-Z])"
)
_SITE_WORD = re.compile(r".{0,20}(?:网|網|网站|官网|日报|日報|晚报|新闻|频道|传媒|医院|主页)$")
_LETTERS = re.compile(r"[\W_]+")


def title(claims: Sequence[str], headings: Iterable[str], site: str, url: str) -> str:
    """The title. `claims` are the head's (og:title, headline, title), best first; `headings` the page's h1.

    A heading that a claim repeats is the title, since the site's name rarely stands in it. Empty where the page
    says nothing.
    """
    claims = [claim[:MAX_CHARACTERS] for claim in claims if claim]
    headings = [text[:MAX_CHARACTERS] for text in headings if text and _bare(text) != _bare(site)]
    if agreed := _agreed(claims, headings):
        return agreed
    if len(headings) == 1 and len(headings[0].encode()) >= MIN_SOLE_BYTES:
        return headings[0]
    stripped = [_without_tail(without_site(claim, site, url, claims)) for claim in claims]
    return next((text for text in [*stripped, *headings] if text), "")


def _agreed(claims: Sequence[str], headings: Sequence[str]) -> str:
    """The heading that a claim repeats: where several are, the one that a claim begins with."""
    said = [_bare(claim) for claim in claims]
    found = [text for text in headings if any(_is_most(_bare(text), claim) for claim in said)]
    first = [text for text in found if any(claim.startswith(_bare(text)) for claim in said)]
    return next(iter([*first, *found]), "")


def _is_most(heading: str, claim: str) -> bool:
    enough = len(heading) >= max(MIN_HEADING_CHARACTERS, MIN_HEADING_SHARE * len(claim))
    return enough and heading in claim


def _without_tail(text: str) -> str:
    """Without a short part behind the last separator: a site's name, though nothing else on the page says so."""
    parts = list(_SPACED.finditer(text))
    head, tail = (text[: parts[-1].start()].strip(), text[parts[-1].end() :].strip()) if parts else (text, "")
    is_name = 0 < len(tail) <= min(MAX_TAIL_CHARACTERS, MAX_TAIL_SHARE * len(head)) and len(head) >= MIN_HEAD_CHARACTERS
    return head if is_name else text


def without_site(claim: str, site: str, url: str, others: Sequence[str] = ()) -> str:
    """A title rid of what stands before or behind a separator, if that is the site's name.

    It is where it equals `site` or a part of the host, or where another claim is just the rest.
    """
    parts = list(_SEPARATOR.finditer(claim))
    if not parts:
        return claim.strip()
    bare_others = {_bare(other) for other in others}
    for cut, keep_head in ((parts[0], False), (parts[-1], True), (parts[0], True)):
        head, tail = claim[: cut.start()].strip(), claim[cut.end() :].strip()
        rest, name = (head, tail) if keep_head else (tail, head)
        if rest and (_bare(rest) in bare_others or _is_site(name, site, url)):
            return rest if _bare(rest) in bare_others else without_site(rest, site, url, others)
    return claim.strip()


def _is_site(name: str, site: str, url: str) -> bool:
    bare, bare_site = _bare(name), _bare(site)
    if not bare or (bare_site and bare_site in bare) or _SITE_WORD.fullmatch(name):
        return True
    try:
        host = _bare(urls.host(url).removeprefix("www."))
    except UrlError:
        return False
    return bare.isascii() and len(bare) >= MIN_HEADING_CHARACTERS and (bare in host or host in bare)


def _bare(text: str) -> str:
    return _LETTERS.sub("", text).casefold()
