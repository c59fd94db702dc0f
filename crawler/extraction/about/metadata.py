"""What the page says about itself: JSON-LD, then meta elements, then what stands in sight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.extraction.about.days.dates import published, reader
from crawler.extraction.about.headline import MAX_HEADINGS, bare, heading_text, is_crumb, is_stated, lesser_headings
from crawler.extraction.about.lines import Lines
from crawler.extraction.about.linked_data import LinkedData, linked_data
from crawler.extraction.about.meta import Meta
from crawler.extraction.about.own_names import own_names, shown_name
from crawler.extraction.about.parts import parts
from crawler.extraction.about.subjects.tags import tags
from crawler.extraction.about.title import MAX_CHARACTERS, title
from crawler.extraction.about.unclaimed import unclaimed
from crawler.extraction.about.writers.authors import authors
from crawler.extraction.about.writers.claimed import said_of
from crawler.extraction.body.pictures.images import is_sites_own
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from lxml.html import HtmlElement

_TITLE_TOO = (
    *("citation_title", "dcterms.title", "parsely-title", "sailthru.title", "articletitle", "article:title"),
    *("headline", "title"),
)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8}){0,3}")
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
)
_PUBLISHED_TOO = (
    "date",
    "dc.date",
    "dcterms.created",
    "dc.date.issued",
    "sailthru.date",
    "publish-date",
    "weibo:article:create_at",
    *("published", "published-date", "published_date", "published_time", "publisheddate", "publication_date"),
    *("publish_date", "publish_time", "date_published", "article:published", "article:publicationdate"),
    *("article.published", "article.created", "article_date_original", "originalpublicationdate"),
    *("og:article:published_time", "citation_publication_date", "rnews:datepublished", "bt:pubdate"),
    *("dcterms.issued", "dc.created", "dc.date.created", "dc:created", "dc:date", "datecreated"),
)
# Less sure than what readers see: asked before it, two days of 475 and two of 484 are wrong that were right
# (2026-11-26).
_PUBLISHED_LIKE = re.compile(
    r"publi[a-z]*[-_.:]?(?:time|date|day)|(?:^|[^a-z])pub[-_.]?(?:date|time|day)"
    r"|(?:date|time)[-_.:]?(?:publi|issued|created)|published(?:[-_]?at)?$|issued$|created(?:[-_]?at)?$"
    r"|^(?:dc(?:terms)?[.:]date|citation_date|eprints\.date|pagedate|ptime|article:create_at)$"
    r"|(?<!video:)(?:display|release|online|creation)[-_.]?date"
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified")
# Not `itemprop="image"`: what Chinese pages and forums call so is the site's, on three of three (2026-11-26).
_IMAGE = ("og:image", "og:image:url", "og:image:secure_url")
_IMAGE_TOO = (
    *("twitter:image", "twitter:image:src", "twitter:image0", "parsely-image-url", "sailthru.image.full"),
    *("sailthru.image", "thumbnail", "thumbnailurl"),
)
_NO_URL = frozenset({"", "undefined", "null", "none", "false", "http:", "https:", "http://", "https://"})


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of an `Article` that are not its body; absence as there. `image` is an absolute URL or empty."""

    title: str
    authors: tuple[str, ...]
    published: datetime | None
    modified: datetime | None
    site: str
    language: str
    description: str
    tags: tuple[str, ...]
    image: str
    related: tuple[str, ...]  # addresses, as written
    says_article: bool  # whether its head calls the page an article, or says when it was published


def metadata(root: HtmlElement, url: str, hints: Sequence[str] = ()) -> Metadata:
    """All of it. A hint is the title where the page has none."""
    page, lines = parts(root), Lines(root)
    meta = Meta(page.metas)
    data = linked_data(page.scripts, meta.all("script:ld+json"))
    claims = [meta.first("og:title"), data.headline, meta.first("twitter:title", "dc.title"), _head_title(root)]
    claims.append(meta.first(*_TITLE_TOO))
    said = [bare(claim[:MAX_CHARACTERS]) for claim in claims]
    crumbs: list[str] = []
    headings: list[str] = []
    for heading in page.headings[:MAX_HEADINGS]:
        (crumbs if is_crumb(heading) else headings).append(heading_text(heading, said))
    names = own_names(meta, data, page.links, url, set(said) & set(map(bare, (*crumbs, *headings))))
    site = names.told or names.within(claims) or shown_name(page.links, url)
    language = _language(root, meta, data)
    read = reader(url, language)
    stated = {heading_text(one, said) for one in list(filter(is_stated, page.headings + page.lower))[:MAX_HEADINGS]}
    least = unclaimed(root, url)
    headline = title(claims, headings, lesser_headings(root), names, crumbs=crumbs, stated=stated, unclaimed=least)
    headline = headline or next(iter(hints), "")
    dated = [data.published, *meta.all(*_PUBLISHED, *_PUBLISHED_TOO)]
    return Metadata(
        title=headline,
        authors=authors(lines, said_of(data, meta), (site, data.publisher), url, headline),
        published=published(lines, (dated, meta.like(_PUBLISHED_LIKE)), headline, url, read),
        modified=read.first([data.modified, *meta.all(*_MODIFIED)]),
        site=site,
        language=language,
        description=meta.first("og:description", "description", "twitter:description") or data.description,
        tags=tags(root, page.links, _keywords(meta, data), site, headline, url=url),
        image=_image(root, meta, data, url),
        related=data.related,
        says_article=data.is_article or meta.first("og:type").lower() == "article" or bool(meta.first(*_PUBLISHED)),
    )


def _head_title(root: HtmlElement) -> str:
    found = root.find("head/title")
    if found is None:  # a page within a page has its head in the body
        found = next((one for one in root.iter("title") if next(one.iterancestors("svg"), None) is None), None)
    return "" if found is None else text_of(found)


def _image(root: HtmlElement, meta: Meta, data: LinkedData, url: str) -> str:
    claims = chain(meta.all(*_IMAGE), [data.image], meta.all(*_IMAGE_TOO), _linked_images(root))
    own = (claim for claim in claims if claim.lower() not in _NO_URL and not is_sites_own(claim))
    return next((found for claim in own if (found := urls.join(url, claim)) and found != url), "")


def _linked_images(root: HtmlElement) -> Iterator[str]:
    """The images that the head links to as the page's."""
    for link in root.iterfind("head/link"):
        if link.get("rel", "").lower() == "image_src" or link.get("itemprop") == "thumbnailUrl":
            yield link.get("href", "").strip()


def _language(root: HtmlElement, meta: Meta, data: LinkedData) -> str:
    claims = (root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang"))
    for claim in (*claims, meta.first("content-language", "og:locale", "language"), data.language):
        if claim and (found := _LANGUAGE.fullmatch(claim.strip())):
            return found[0].replace("_", "-")
    return ""


def _keywords(meta: Meta, data: LinkedData) -> tuple[Sequence[str], ...]:
    named = (
        ("dc.subject", "dcterms.subject"),
        ("news_keywords",),
        ("keywords",),
        ("article:tag",),
        ("og:article:tag", "parsely-tags", "sailthru.tags", "tags"),
    )
    return (data.keywords, *(list(meta.all(*names)) for names in named))
