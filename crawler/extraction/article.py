"""One page → ``Article | NoArticle``: decode, parse once, read, cut the body out, say what it is."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.core import sites
from crawler.core.content_type import is_html, is_vague, may_be_article
from crawler.core.model import Article, Image, NoArticle
from crawler.extraction.body import Body
from crawler.extraction.decode import cleaned, decoded
from crawler.extraction.images import images
from crawler.extraction.lazy import unlazied
from crawler.extraction.metadata import Metadata, metadata
from crawler.extraction.prose import prose
from crawler.extraction.prune import prune
from crawler.extraction.reading import reading
from crawler.extraction.refusal import refusal
from crawler.extraction.related import related
from crawler.extraction.runs import bare, matched, runs
from crawler.extraction.tree import elements, parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

MIN_SHOWN = 0.3  # of the text must stand in the page's elements for them to be the body
MIN_LETTERS = 25  # a photo's caption is an article on some sites; less is none anywhere


def read(html: bytes | str, url: str, content_type: str | None, *, hints: Sequence[str]) -> Article | NoArticle:
    """As `crawler.extraction.extract`."""
    if not _may_be_read(html, content_type):
        return NoArticle(url, f"not HTML: {content_type[:80] if content_type else 'no Content-Type, no tag'}")
    page = parsed(cleaned(html) if isinstance(html, str) else decoded(html, content_type))
    if isinstance(page, str):
        return NoArticle(url, page)
    about = metadata(page, url, hints)
    _drop(page, url)
    unlazied(page, url)
    prune(page)
    stands = runs(page)
    found = reading(page, url, prose(stands))
    if found is None:
        return NoArticle(url, "no text that reads like an article")
    read_as, text = found
    body = Body(matched(stands, runs(read_as)), url, about.image)
    return _article(page, body, text, url, about)


def _may_be_read(html: bytes | str, content_type: str | None) -> bool:
    if isinstance(html, bytes) and html.strip():
        return may_be_article(content_type, html)
    return is_html(content_type) or is_vague(content_type)


def _drop(page: HtmlElement, url: str) -> None:
    entry = sites.site(url)
    for selector in entry.drop if entry else ():
        for element in elements(CSSSelector(selector), page):
            if isinstance(element, HtmlElement):
                element.drop_tree()


def _article(page: HtmlElement, body: Body, text: str, url: str, about: Metadata) -> Article | NoArticle:
    letters = len(bare(text))
    if letters < MIN_LETTERS:
        return NoArticle(url, f"{letters} letters of text: too few for an article")
    if why := refusal(page, body.element, url, text, says_article=about.says_article):
        return NoArticle(url, why)
    pictures = images(body.element)
    return Article(
        url=url,
        title=about.title,
        html=body.html() if body.text_characters >= MIN_SHOWN * letters else _paragraphs(text),
        text=text.strip(),
        authors=about.authors,
        published=about.published,
        modified=about.modified,
        site=about.site,
        language=about.language,
        description=about.description,
        tags=about.tags,
        image=_lead(about.image, pictures),
        images=pictures,
        related=related(body.element, url),
    )


def _paragraphs(text: str) -> str:
    """For a text that stands in no element of the page: in its JSON-LD, behind a script."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def _lead(url: str, pictures: tuple[Image, ...]) -> Image | None:
    """The image the page names, with what the body says of it; else the body's first."""
    same = next((image for image in pictures if image.url == url), None)
    return same or (Image(url) if url else next(iter(pictures), None))
