"""Before a page is read: what no reader of it ever looks at goes, since every copy and walk pays for it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lxml.etree import strip_elements

from crawler.extraction.body.notices import drop_notices
from crawler.extraction.tree import is_handle, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# Half of the elements of a news page; trafilatura drops all of them too, after copying the tree three times.
_UNREAD = ("style", "svg", "template", "link", "meta", "noscript", "canvas", "object", "embed")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MAX_HANDLES = 1_000
MIN_PARAGRAPHS, MIN_CHARACTERS = 3, 1_000  # of a noscript that is the article; notes about JavaScript say less


def prune(page: HtmlElement) -> None:
    """Drop them, in place. Structured data stays: some pages have their text in nothing else.

    What a browser shows all the same is a box from here on: a template that is a shadow root (HTML §4.12.3), and where
    scripts draw the page, the article for those who have none.
    """
    for shown in [*filter(_is_shadow, page.iter("template")), *filter(_is_article, page.iter("noscript"))]:
        shown.tag = "div"
    for script in list(page.iter("script")):
        if "ld+json" not in script.get("type", "").lower():
            script.drop_tree()
    for handle in list(islice(_handles(page), MAX_HANDLES)):
        handle.drop_tree()
    drop_notices(page)
    strip_elements(page, *_UNREAD, with_tail=False)


def _handles(page: HtmlElement) -> Iterator[HtmlElement]:
    """What leads to a heading, in it or behind it: the text of one behind it is for those who do not see it."""
    for heading in page.iter(*_HEADINGS):
        if len(heading):
            yield from filter(is_handle, heading)
        behind = heading.getnext() if (name := heading.get("id")) else None
        if behind is not None and behind.tag == "a" and behind.get("href") == f"#{name}":
            yield behind


def _is_shadow(template: HtmlElement) -> bool:
    return "shadowrootmode" in template.attrib or "shadowroot" in template.attrib


def _is_article(noscript: HtmlElement) -> bool:
    paragraphs = list(islice(noscript.iter("p"), MIN_PARAGRAPHS))
    return len(paragraphs) == MIN_PARAGRAPHS and len(text_of(noscript)) >= MIN_CHARACTERS
