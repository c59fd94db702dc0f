"""The first of two passes over WARC files that others wrote: what their sites say over and over.

A file is learned from by itself: a page is then read the same whichever files it is extracted with, and makes no second
post when more of them come.
"""

from __future__ import annotations

from collections import deque
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING

from crawler.core import memory, urls
from crawler.core.errors import UrlError
from crawler.core.model import Article, Page
from crawler.warc import read_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from crawler.core.model import NoArticle
    from crawler.extraction.processes.workers import Extractor

AHEAD = 16  # pages handed to the workers before the first is waited for: both cores busy, memory bounded


class Learned:
    """What is known of the sites in some files."""

    def __init__(self, warcs: Iterable[Path], extractor: Extractor) -> None:
        """Raises: WarcError for a file that cannot be opened."""
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}
        for name, files in groupby(sorted(warcs, key=_name), key=_name):
            same = list(files)
            if chosen := _chosen(_pages(same)):
                self._learn(name, (page for page in _pages(same) if page.capture.record_id in chosen), extractor)

    def _learn(self, name: str, pages: Iterable[Page], extractor: Extractor) -> None:
        sites: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for article in _read(pages, extractor):
            sites.setdefault(_site(article.url), []).append((article.title, article.blocks))
        for site, said in sites.items():
            if hints := memory.known(memory.once(said)):
                self._known[name, site] = hints

    def hints(self, page: Page) -> tuple[str, ...]:
        """For the reading of a page."""
        return self._known.get((page.capture.file.partition("/")[0], _site(page.url)), ())


def _name(warc: Path) -> str:
    return warc.name.removesuffix(".open")


def _pages(warcs: Sequence[Path]) -> Iterator[Page]:
    return (found for found in read_pages(warcs) if isinstance(found, Page))


def _chosen(pages: Iterable[Page]) -> set[str]:
    """The record ids of so many pages a site as are learned from; none of sites with too few.

    Which ones depends on their addresses alone, as if by lot: a site's first pages are often of one kind.
    """
    sites: dict[str, dict[str, tuple[bytes, str]]] = {}
    for page in pages:
        of_site = sites.setdefault(_site(page.url), {})
        of_site[page.url] = sha256(page.url.encode("utf-8", "replace")).digest(), page.capture.record_id
        if len(of_site) > 2 * memory.MAX_PAGES:
            sites[_site(page.url)] = dict(_first(of_site))
    found = (_first(of_site) for of_site in sites.values() if len(of_site) >= memory.MIN_PAGES)
    return {record_id for of_site in found for _, (_, record_id) in of_site}


def _first(pages: dict[str, tuple[bytes, str]]) -> list[tuple[str, tuple[bytes, str]]]:
    return sorted(pages.items(), key=lambda item: item[1])[: memory.MAX_PAGES]


def _read(pages: Iterable[Page], extractor: Extractor) -> Iterator[Article]:
    waiting: deque[Future[Article | NoArticle]] = deque()
    for page in pages:
        waiting.append(extractor.read(page))
        if len(waiting) > AHEAD:
            yield from _article(waiting.popleft())
    for future in waiting:
        yield from _article(future)


def _article(future: Future[Article | NoArticle]) -> Iterator[Article]:
    if isinstance(found := future.result(), Article):
        yield found


def _site(url: str) -> str:
    """The registered domain; empty for what has none."""
    try:
        return urls.domain(url)
    except UrlError:
        return ""
