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
_SEPARATOR = re.compile(
    r"\s+[-–—|｜·•»:]+\s+|\s*[|｜_»]\s*|\s*[—]{2}\s*|(?<=[\u4e00-\u9fff）】”])-(?=[\u4e00-\u9fffA-Z])"
)
_SITE_WORD = re.compile(r".{0,20}(?:网|網|网站|官网|日报|日報|晚报|新闻|频道|传媒|医院|主页)$")
_LETTERS = re.compile(r"[\W_]+")


def title(claims: Sequence[str], headings: Iterable[str], site: str, url: str) -> str:
    """The title. `claims` are the head's (og:title, headline, title), best first; `headings` the page's h1.

    A heading that a claim repeats is the title, since the site's name never stands in it. Empty where the page
    says nothing.
    """
    claims = [claim[:MAX_CHARACTERS] for claim in claims if claim]
    headings = [text[:MAX_CHARACTERS] for text in headings if text]
    for heading in headings:
        bare = _bare(heading)
        if len(bare) >= MIN_HEADING_CHARACTERS and any(bare in _bare(claim) for claim in claims):
            return heading
    stripped = [without_site(claim, site, url, claims) for claim in claims]
    return next((text for text in [*stripped, *headings] if text), "")


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
