"""The article's title, without the site's name: what title, og:title, headline and h1 agree on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.about.headline import bare, bare_host

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
MIN_SHARED = 0.7
MAX_TAIL_CHARACTERS, MAX_TAIL_SHARE, MIN_HEAD_CHARACTERS = 30, 0.5, 10
# In Chinese: characters of a title that a site's name follows, and of such a name that no word tells.
MIN_HAN, MAX_CHANNEL, MAX_CHANNEL_SHARE = 6, 7, 0.75
_HAN = re.compile("[\u4e00-\u9fff]")
_OFFICE = re.compile(
    r"(?:政府|局|大学|大學|学院|學院|中学|小学|公司|协会|電視|电视台?|报|報|新聞|财经|財經|在线|在線|门户|平台|社区|论坛|博客|周刊|杂志)$"
)
MIN_OWN_SHARE = 0.4  # of what may be the site's name, that the site calls itself
_HYPHEN = (
    r"(?<=[\u4e00-\u9fff）】”！？。…」』])-(?=[\u4e00-\u9fffA-Z]|\d+[\u4e00-\u9fff])"  # in Chinese, without spaces
)
_SPACED = re.compile(rf"\s+[-–—|｜·•»]+\s+|\s*[|｜»]\s*|\s*-{{2,}}\s*|\s+::\s*|{_HYPHEN}")
_SEPARATOR = re.compile(rf"\s+[-–—|｜·•»:]+\s+|\s*[|｜_»]\s*|\s*[—]{{2}}\s*|\s*-{{2,}}\s*|\s*::\s*|{_HYPHEN}")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens, and what else only says where a line may break
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]|[^\W_]+")
_SITE_WORD = re.compile(r".{0,20}(?:网|網|网站|官网|日报|日報|晚报|新闻|频道|传媒|医院|主页)$")


def title(claims: Sequence[str], headings: Iterable[str], lesser: Iterable[str], site: str, url: str) -> str:
    """The title. `claims` are the head's (og:title, headline, title), best first; `headings` the page's h1.

    A heading that a claim repeats is the title, since the site's name rarely stands in it; where no h1 does, one of the
    `lesser` ones, which are only read then. Empty where the page says nothing.
    """
    claims = [_seen(claim) for claim in claims if claim]
    host = bare_host(url)
    headings = [_seen(text) for text in headings if text and not _is_name(text, site, host)]
    stripped = [_without_tail(_without_site(claim, site, host, claims)) for claim in dict.fromkeys(claims)]
    if found := _agreed(claims, headings) or _lesser(claims, lesser, site) or _sole(claims, headings):
        return _without_kicker(_without_site(found, site, host, ()), stripped)
    return next((text for text in [*stripped, *headings] if text), "")


def _is_name(heading: str, site: str, host: str) -> bool:
    """Whether a heading is but the site's name."""
    said = bare(heading)
    return said == bare(site) or (len(said) >= MIN_HEADING_CHARACTERS and host.startswith(said))


def _seen(text: str) -> str:
    return _UNSEEN.sub("", text[:MAX_CHARACTERS])


def _agreed(claims: Sequence[str], headings: Sequence[str]) -> str:
    """The heading that a claim repeats: where several are, the one that a claim begins with."""
    said = [bare(claim) for claim in claims]
    found = [text for text in headings if any(_is_most(bare(text), claim) for claim in said)]
    first = [text for text in found if any(claim.startswith(bare(text)) for claim in said)]
    return next(iter([*first, *found]), "")


def _sole(claims: Sequence[str], headings: Sequence[str]) -> str:
    """The only heading, if it is long; else the first most of whose words a claim has."""
    if len(headings) == 1 and len(headings[0].encode()) >= MIN_SOLE_BYTES:
        return headings[0]
    return next((text for text in headings if any(_is_shared(text, claim) for claim in claims)), "")


def _is_shared(heading: str, claim: str) -> bool:
    words, said, text = _words(heading), _words(claim), bare(heading)
    if len(text) < MIN_HEADING_CHARACTERS or len(words & said) < MIN_SHARED * len(words):
        return False
    return len(words) >= MIN_HEADING_SHARE * len(said) or bare(claim).startswith(text)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _lesser(claims: Sequence[str], headings: Iterable[str], site: str) -> str:
    """The longest of the headings that a claim begins or ends with."""
    said, own, best, longest = [bare(claim) for claim in claims], bare(site), "", 0
    for text in map(_seen, headings):
        heading = bare(text)
        if len(heading) > longest and heading != own:
            is_part = any(_is_most(heading, one) and (one.startswith(heading) or one.endswith(heading)) for one in said)
            best, longest = (text, len(heading)) if is_part else (best, longest)
    return best


def _without_kicker(heading: str, claims: Sequence[str]) -> str:
    """The claim that a heading ends with, if there is one: what stands before it is a kicker."""
    whole = bare(heading)
    ends = (claim for claim in claims if whole != bare(claim) and whole.endswith(bare(claim)))
    return next((claim for claim in ends if len(bare(claim)) >= MIN_HEADING_SHARE * len(whole)), heading)


def _is_most(heading: str, claim: str) -> bool:
    enough = len(heading) >= max(MIN_HEADING_CHARACTERS, MIN_HEADING_SHARE * len(claim))
    return enough and heading in claim


def _without_tail(text: str) -> str:
    """Without a short part behind the last separator: a site's name, though nothing else on the page says so."""
    if len(_HAN.findall(text)) >= MIN_HAN:
        return _without_channels(text)
    parts = list(_SPACED.finditer(text))
    head, tail = (text[: parts[-1].start()].strip(), text[parts[-1].end() :].strip()) if parts else (text, "")
    is_name = 0 < len(tail) <= min(MAX_TAIL_CHARACTERS, MAX_TAIL_SHARE * len(head)) and len(head) >= MIN_HEAD_CHARACTERS
    return head if is_name else text


def _without_channels(text: str) -> str:
    """A Chinese title without the site's name and the channels before it: 小河变清了_国内_小河新闻."""
    head = text.partition("_")[0].strip()
    if len(head) < MIN_HAN:
        head = text.strip()
    while parts := list(_SPACED.finditer(head)):
        rest, tail = head[: parts[-1].start()].strip(), head[parts[-1].end() :].strip()
        if len(rest) < MIN_HAN or not 0 < len(tail) <= MAX_CHANNEL_SHARE * len(rest):
            break
        if len(tail) > MAX_CHANNEL and not _SITE_WORD.search(tail) and not _OFFICE.search(tail):
            break
        head = rest
    return head


def _without_site(claim: str, site: str, host: str, others: Sequence[str]) -> str:
    """A title rid of what stands before or behind a separator, if that is the site's name.

    It is where it equals `site` or a part of the host (bare), or where another claim is just the rest.
    """
    if _HAN.search(site) and claim.endswith(f" {site}"):
        return claim.removesuffix(site).strip()
    parts = list(_SEPARATOR.finditer(claim))
    if not parts:
        return claim.strip()
    bare_others = {bare(other) for other in others}
    for cut, keep_head in ((parts[0], False), (parts[-1], True), (parts[0], True)):
        head, tail = claim[: cut.start()].strip(), claim[cut.end() :].strip()
        rest, name = (head, tail) if keep_head else (tail, head)
        if rest and (bare(rest) in bare_others or _is_site(name, site, host)):
            return rest if bare(rest) in bare_others else _without_site(rest, site, host, others)
    return claim.strip()


def _is_site(name: str, site: str, host: str) -> bool:
    said, own = bare(name), bare(site)
    if not said or (own and own in said and len(own) >= MIN_OWN_SHARE * len(said)) or _SITE_WORD.fullmatch(name):
        return True
    return bool(host) and said.isascii() and len(said) >= MIN_HEADING_CHARACTERS and (said in host or host in said)
