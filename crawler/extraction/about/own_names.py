"""What a page calls its site: in its head, to machines, and over the page where a link leads home."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.about.headline import bare, bare_host
from crawler.extraction.about.site_names import Names, is_stopgap
from crawler.extraction.tree import folded, names, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.etree import _Element

    from crawler.extraction.about.linked_data import LinkedData
    from crawler.extraction.about.meta import Meta

MAX_LINKS, MAX_LOOKED = 10, 50  # that lead home; of those that a page begins with
MAX_NAME = 40  # characters; a longer text over a page is a slogan
MIN_NAME, MAX_SHOWN = 3, 30  # letters; characters
_BRAND = re.compile(r"brand|logo|site-?_?(?:title|name)|blog-?_?(?:title|name)|masthead")
_TITLE = re.compile(r"(?:site|blog)[-_]?(?:title|name)")
_MARKS = " -–—|:"
_SHOWN = ("application-name", "apple-mobile-web-app-title", "twitter:site", "publisher", "dc.publisher", "copyright")
_LOGO = re.compile(r"\blogo(?:type)?\b|\bhome ?page\b|\b(?:back|go) to\b|^@|^©|\(c\)|\b(?:19|20)\d\d\b", re.IGNORECASE)
_HOME = ("/", "/index.html", "/index.php", "/index.htm", "/home")


def own_names(meta: Meta, data: LinkedData, links: Sequence[_Element], url: str, headlines: Collection[str]) -> Names:
    """All of them; `url` is the page's. `headlines` (bare) are no names: some programs call the site by its article."""
    claims = (meta.first("og:site_name"), data.publisher, meta.first("application-name"))
    told = next((name for name in claims if name and bare(name) not in headlines), claims[0])
    shown = (data.publisher, *meta.all(*_SHOWN), *data.sites, *_over_the_page(links, url))
    cleared = (_LOGO.sub(" ", name).strip() for name in dict.fromkeys(shown) if len(name) <= MAX_NAME)
    return Names.of(url, told, (name for name in cleared if bare(name) not in headlines))


def shown_name(links: Sequence[_Element], url: str) -> str:
    """What a link home calls the site where it is marked as its name: a part of the host, or shown as a title.

    Empty where none is. Of 206 pages that tell their site's name too, 199 show it so (one half of the sites,
    2026-11-27).
    """
    host = bare_host(url)
    for link in _leading_home(links, url):
        around = [link, *islice(link.iterancestors(), 2), *islice(link.iterdescendants(), 2)]
        called = " ".join(map(names, around))
        is_title = any(one.tag == "h1" for one in around) or bool(_TITLE.search(called))
        if not (is_title or _BRAND.search(called)):
            continue
        for place, text in enumerate(_texts(link)):
            name = folded(_LOGO.sub(" ", text)).strip(_MARKS)
            said = bare(name)
            is_host = len(said) >= MIN_NAME and (said in host or host.startswith(said))
            if len(name) <= MAX_SHOWN and not is_stopgap(name) and (is_host or (is_title and said and place == 0)):
                return name
    return ""


def _over_the_page(links: Sequence[_Element], url: str) -> Iterator[str]:
    """The texts of the links that lead home, or what stands for their pictures."""
    for link in _leading_home(links, url):
        yield from _texts(link)


def _leading_home(links: Sequence[_Element], url: str) -> Iterator[_Element]:
    homes = _homes(url)
    return islice((link for link in links[:MAX_LOOKED] if link.get("href") in homes), MAX_LINKS)


def _texts(link: _Element) -> Iterator[str]:
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
