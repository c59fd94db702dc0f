"""Before a page is read: what no reader of it ever looks at goes, since every copy and walk pays for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.etree import strip_elements

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Half of the elements of a news page; trafilatura drops all of them too, after copying the tree three times.
_UNREAD = ("style", "svg", "template", "link", "meta", "noscript", "canvas", "object", "embed")


def prune(page: HtmlElement) -> None:
    """Drop them, in place. Structured data stays: some pages have their text in nothing else."""
    for script in list(page.iter("script")):
        if "ld+json" not in script.get("type", "").lower():
            script.drop_tree()
    strip_elements(page, *_UNREAD, with_tail=False)
