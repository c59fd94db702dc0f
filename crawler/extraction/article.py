"""One page → ``Article | NoArticle``: decode, parse once, read, cut the body out, say what it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.core import memory, sites
from crawler.core.collector import looked_away
from crawler.core.content_type import is_html, is_vague, may_be_article
from crawler.core.model import Article, Image, NoArticle
from crawler.extraction.about.metadata import Metadata, metadata
from crawler.extraction.body.body import Body
from crawler.extraction.body.pictures.boxed import boxed
from crawler.extraction.body.pictures.components import show_components
from crawler.extraction.body.pictures.doubles import drop_doubles
from crawler.extraction.body.pictures.framed import frame_captions
from crawler.extraction.body.pictures.images import images
from crawler.extraction.body.pictures.lazy import unlazied
from crawler.extraction.body.pictures.portraits import drop_portraits
from crawler.extraction.body.pictures.stated import show_stated
from crawler.extraction.body.placed import placed
from crawler.extraction.body.prune import prune
from crawler.extraction.body.runs import bare
from crawler.extraction.body.shielded import MARK, unshield
from crawler.extraction.body.spoken import speak
from crawler.extraction.body.text.choice import MIN_CHARACTERS, choice
from crawler.extraction.body.text.conversations import open_conversations
from crawler.extraction.body.text.edges import size
from crawler.extraction.body.text.survey import Survey
from crawler.extraction.decode import decoded
from crawler.extraction.links.related import related
from crawler.extraction.parse import parsed, shear
from crawler.extraction.reading import reading
from crawler.extraction.refusals.refusal import refusal
from crawler.extraction.repeats.blocks import Block, blocks, prints
from crawler.extraction.repeats.memory import Cut, cut
from crawler.extraction.streamed import assembled
from crawler.extraction.tree import elements

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

    from crawler.extraction.body.text.line import Line

MIN_SHOWN = 0.3  # of the text must stand in the page's elements for them to be the body
MIN_LETTERS = 25  # a photo's caption is an article on some sites; less is none anywhere
MAX_COUNTED = 1_000  # characters that are looked through for letters


def read(html: bytes | str, url: str, content_type: str | None, *, hints: Sequence[str]) -> Article | NoArticle:
    """As `crawler.extraction.extract`."""
    if not _may_be_read(html, content_type):
        return NoArticle(url, f"not HTML: {content_type[:80] if content_type else 'no Content-Type, no tag'}")
    text = decoded(html, content_type)
    page = parsed(text)
    if isinstance(page, str):
        return NoArticle(url, page)
    page = assembled(page, text)
    if MARK in text:
        unshield(page)
    with looked_away():
        alive = list(page.iter())  # while there is one, lxml need not make it anew each time somebody asks for it
        show_components(alive)
        found = _page_read(page, url, hints)
        del alive
    return found


def _page_read(page: HtmlElement, url: str, hints: Sequence[str]) -> Article | NoArticle:
    about = metadata(page, url, memory.texts(hints))
    _drop(page, url)
    speak(page)
    show_stated(page)
    unlazied(page, url)
    prune(page)
    drop_doubles(page)  # a script between two is no word
    drop_portraits(page, about.authors, about.image)
    return _article(page, _read(page, url, memory.blocks(hints), about), url, about)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The text of an article, and the blocks of the page that it stands in: none where it stands in no element."""

    text: str
    owners: tuple[_Element, ...]
    blocks: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    links: tuple[_Element, ...] = ()  # to other articles, of blocks that were cut
    left: tuple[_Element, ...] = ()  # blocks among the owners that say nothing of the article


def _read(page: HtmlElement, url: str, known: Mapping[str, bool], about: Metadata) -> _Reading:
    """Our own choice of the page's lines; where that is no article, what trafilatura makes of the page."""
    survey = Survey(page)
    if open_conversations(survey.comments):
        survey = Survey(page)
    lines, left = _untitled(*choice(survey, url), about.title)
    text = "\n".join(line.text for line in lines)
    if size(lines) < MIN_CHARACTERS and (found := _others(page, url)) is not None and len(found[1]) > len(text):
        runs = placed(page, found[0])
        shown = sum(len(run.bare) for run in runs) >= MIN_SHOWN * len(bare(found[1]))
        return _Reading(found[1].strip(), tuple(run.owner for run in runs) if shown else ())
    said = blocks(lines)
    gone = cut(said, known, url, about.title, about.authors)
    return replace(_remaining(lines, said, gone), left=tuple(line.owner for line in left))


def _others(page: HtmlElement, url: str) -> tuple[_Element, str] | None:
    shear(page)
    return reading(page, url)


def _untitled(lines: list[Line], left: list[Line], title: str) -> tuple[list[Line], list[Line]]:
    """The lines without a first one that is the title, and those left out with it.

    13 of 876 pages begin so; eleven read better without it, F1 up by up to .1, two worse by .002 (2026-11-26).
    """
    is_title = len(lines) > 1 and bare(lines[0].text) == bare(title) != ""
    return (lines[1:], [lines[0], *left]) if is_title else (lines, left)


def _remaining(lines: Sequence[Line], said: Sequence[Block], gone: Cut) -> _Reading:
    """The lines as a reading, without what other pages of the site say too; that goes from the page itself."""
    for element in gone.elements:
        element.drop_tree()
    kept = [line for place, line in enumerate(lines) if place not in gone.places]
    captions, owners = boxed(kept), tuple(line.owner for line in kept)
    text = "\n".join(line.text for line in kept if line not in captions or len(captions) == len(kept))
    return _Reading(text, owners, prints(said), gone.hints, gone.links)


def _may_be_read(html: bytes | str, content_type: str | None) -> bool:
    if isinstance(html, bytes) and html and not html.isspace():
        return may_be_article(content_type, html)
    return is_html(content_type) or is_vague(content_type)


def _drop(page: HtmlElement, url: str) -> None:
    entry = sites.site(url)
    for selector in entry.drop if entry else ():
        for element in elements(CSSSelector(selector), page):
            if isinstance(element, HtmlElement):
                element.drop_tree()


def _article(page: HtmlElement, found: _Reading, url: str, about: Metadata) -> Article | NoArticle:
    if not found.text:
        return NoArticle(url, "no text that reads like an article")
    letters = len(bare(found.text[:MAX_COUNTED]))
    if letters < MIN_LETTERS:
        return NoArticle(url, f"{letters} letters of text: too few for an article")
    body = Body(found.owners, url, about.image, left=found.left)
    if why := refusal(page, body, url, found.text, about):
        return NoArticle(url, why, found.known)
    frame_captions(body.element)
    pictures = images(body.element, body.boxes)
    here, elsewhere = related(body, page, url, about, found.links)
    return Article(
        url=url,
        title=about.title,
        html=body.html() if found.owners else _paragraphs(found.text),
        text=found.text,
        authors=about.authors,
        published=about.published,
        modified=about.modified,
        site=about.site,
        language=about.language,
        description=about.description,
        tags=about.tags,
        image=_lead(about.image, pictures),
        images=pictures,
        related=here,
        off_site=elsewhere,
        blocks=found.blocks,
        known=found.known,
    )


def _paragraphs(text: str) -> str:
    """For a text that stands in no element of the page: in its JSON-LD, behind a script."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def _lead(url: str, pictures: tuple[Image, ...]) -> Image | None:
    """The image the page names, with what the body says of it; else the body's first."""
    same = next((image for image in pictures if image.url == url), None)
    return same or (Image(url) if url else next(iter(pictures), None))
