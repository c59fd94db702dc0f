"""Who wrote the article by what the page's head says: JSON-LD, then meta elements, the best names first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.about.writers.authors import Said
from crawler.extraction.about.writers.people import is_full_name, turned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.about.linked_data import LinkedData
    from crawler.extraction.about.meta import Meta

# The best first, each asked alone, for some name the publisher and others who writes: set of authors .816 and .781 with
# the names of all together, .821 and .786 so (819 pages of two halves of the sites, 2026-11-26); then .824 and .786
# where one without a full name gives way to a byline with one.
_AUTHOR = (
    "byl",
    "article:author",
    "author",
    "authors",
    *("citation_author", "citation_authors"),  # all of them, where Dublin Core may name the first alone
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "shareaholic:article_author_name",
)
_TURNED = frozenset({"dc.creator", "dcterms.creator", "citation_author", "citation_authors"})  # the family's name first
_AUTHOR_LIKE = re.compile(
    r"^(?!smartbanner|twitter:creator)(?:[a-z]+[._:-])*(?:article|content|page|post|news)?[._:-]?"
    r"(?:authors?(?:[-_.]?names?)?|byline|writer)\d?$"
)
_BY = re.compile(
    r"(?:written|posted|publi\w+|geschrieben|verfasst|escrito|écrit|rédigé|scritto|geschreven|skrevet|skriven|napisane)"
    r"\s(?:by|von|por|par|da|door|av|af|przez)|by|auth?ors?|autor(?:in|e|es)?|auteure?s?|автор|作者|著者|執筆者|작성자",
    re.IGNORECASE,
)


def said_of(data: LinkedData, meta: Meta) -> Said:
    """What structured data says of who wrote."""
    return Said((data.authors, *_creators(meta)), filter(is_full_name, _told(meta)))


def _creators(meta: Meta) -> Iterator[Iterator[str]]:
    for name in _AUTHOR:
        yield map(turned, meta.all(name)) if name in _TURNED else meta.all(name)


def _told(meta: Meta) -> Iterator[str]:
    """Who wrote, by names that one publisher or one program gives it: WordPress tells Twitter with a label."""
    yield from meta.like(_AUTHOR_LIKE, _AUTHOR)
    for number in ("1", "2"):
        if _BY.fullmatch(meta.first(f"twitter:label{number}")):
            yield from meta.all(f"twitter:data{number}")
