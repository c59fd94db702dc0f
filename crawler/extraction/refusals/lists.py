"""Pages that lead to articles and are none: home pages, indexes, lists of headlines."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.body.belongs import is_elsewhere
from crawler.extraction.body.pictures.cards import leads
from crawler.extraction.refusals.addresses import is_home
from crawler.extraction.refusals.teasers import teasers
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from crawler.extraction.body.body import Body

MIN_LINKS = 10
LINKED_SHARE = 0.5  # of the body's characters stand in links
# Swept on 954 public pages that are hardly ever articles, half of their hosts looked at, and on the 1,464 real articles
# (2026-11-27): with ten links, .25 of them a line and .2 of the characters in them, 49 and 49 of those pages, no real
# article, with prose up to .15; 44 and 47 up to .1; 54, 52 and one real article up to .2.
LINKS_A_LINE, MIN_LINKED = 0.25, 0.2
PROSE_SHARE = 0.15  # of the text stands in lines of prose
PROSE = 120  # bytes of a line of it: three words of Chinese say more than three of English
MIN_HEADLINES, MAX_BEFORE = 6, 300  # at the root of a host, over teasers; characters before the first: else an article
HOME_SHARE = 0.4  # as LINKED_SHARE at the root of a host, where some sites have one article for a home page
# Of a home page that says no day: 35 and 44 of those of 954, no real article; 15: 36 and 49, and one article that was
# saved without its address.
MIN_SITE_LINKS = 20
MAX_SITE_LINKS = 2_000  # that are looked at


def listing(page: _Element, body: Body, url: str, text: str, *, is_dated: bool) -> str:
    """What a page lists; empty: it may be an article. `is_dated`: it says when it was published."""
    if is_home(url):
        return _home(page, body, url, is_dated=is_dated)
    if count := teasers(body, url, text, is_list=False):
        return f"a list of {count} teasers"
    links = _linked(body)
    if len(links) < MIN_LINKS:
        return ""
    lines = [line for line in text.split("\n") if line.strip()]
    prose = sum(len(line) for line in lines if len(line.encode()) > PROSE)
    is_index = len(links) > LINKS_A_LINE * len(lines) and prose < PROSE_SHARE * len(text)
    most = (MIN_LINKED if is_index else LINKED_SHARE) * _size(body)
    return f"a list of {len(links)} links" if sum(links) > most else ""


def _home(page: _Element, body: Body, url: str, *, is_dated: bool) -> str:
    if body.source is not None and (count := _headlines(body.source)) >= MIN_HEADLINES:
        return f"a home page of {count} headlines that are links"
    links = _linked(body)
    if len(links) >= MIN_LINKS and sum(links) > HOME_SHARE * _size(body):
        return f"a home page of {len(links)} links"
    within = {link.get("href") for link in islice(page.iter("a"), MAX_SITE_LINKS) if leads(link, url)}
    return f"a home page of {len(within)} links" if not is_dated and len(within) >= MIN_SITE_LINKS else ""


def _linked(body: Body) -> list[int]:
    """The characters of each link that has any."""
    return [size for link in body.element.iter("a") if (size := len(text_of(link)))]


def _size(body: Body) -> int:
    return len(text_of(body.element))


def _headlines(source: _Element) -> int:
    """How many links to articles are headings in what holds the text; 0 where the text begins before them."""
    found = [one for one in source.iter("h2", "h3", "h4") if _is_linked(one)]
    return len(found) if found and text_of(source).find(text_of(found[0])) <= MAX_BEFORE else 0


def _is_linked(heading: _Element) -> bool:
    """Whether it leads elsewhere, in whole, and to no place within a page: to an article."""
    links = [*islice(heading.iter("a"), MIN_HEADLINES), *heading.iterancestors("a")]
    leading = (link for link in links if is_elsewhere(link) and "#" not in link.get("href", ""))
    words = text_of(heading)
    return any(words in text_of(link) for link in leading)
