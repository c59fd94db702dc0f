"""What a page calls its site: in its head, to machines, and over the page where a link leads home."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.about.headline import bare
from crawler.extraction.about.site_names import Names
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.etree import _Element

    from crawler.extraction.about.linked_data import LinkedData
    from crawler.extraction.about.meta import Meta

MAX_LINKS, MAX_LOOKED = 10, 50  # that lead home; of those that a page begins with
MAX_NAME = 40  # characters; a longer text over a page is a slogan
_SHOWN = ("application-name", "apple-mobile-web-app-title", "twitter:site", "publisher", "dc.publisher", "copyright")
_LOGO = re.compile(r"\blogo(?:type)?\b|\bhome ?page\b|\b(?:back|go) to\b|^@|^©|\(c\)|\b(?:19|20)\d\d\b", re.IGNORECASE)
_HOME = ("/", "/index.html", "/index.php", "/index.htm", "/home")


def own_names(meta: Meta, data: LinkedData, links: Sequence[_Element], url: str, headlines: Collection[str]) -> Names:
    """All of them; `url` is the page's. `headlines` (bare) are no names: some programs call the site by its article."""
    claims = (meta.first("og:site_name"), data.publisher, meta.first("application-name"))
    told = next((name for name in claims if name and bare(name) not in headlines), claims[0])
    shown = (data.publisher, *meta.all(*_SHOWN), *data.sites, *_over_the_page(links, url))
    names = (_LOGO.sub(" ", name).strip() for name in shown if len(name) <= MAX_NAME)
    return Names.of(url, told, (name for name in names if bare(name) not in headlines))


def _over_the_page(links: Sequence[_Element], url: str) -> Iterator[str]:
    """The texts of the links that lead home, or what stands for their pictures."""
    homes = _homes(url)
    for link in islice((link for link in links[:MAX_LOOKED] if link.get("href") in homes), MAX_LINKS):
        yield text_of(link)
        yield link.get("title") or link.get("aria-label") or ""
        for image in islice(link.iter("img"), 2):
            yield image.get("alt") or ""


def _homes(url: str) -> frozenset[str]:
    """What a link to the site's first page may be written as."""
    try:
        return _written(urlsplit(url).netloc.removeprefix("www."))
    except ValueError:
        return frozenset(_HOME)


@lru_cache(256)
def _written(host: str) -> frozenset[str]:
    places = [f"{scheme}//{www}{host}" for scheme in ("https:", "http:", "") for www in ("", "www.")]
    return frozenset((*_HOME, *places, *(f"{place}{path}" for place in places for path in _HOME)))
