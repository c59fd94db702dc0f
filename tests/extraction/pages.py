"""Pages in words of our own, for the tests of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.parse import parsed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

URL = "https://news.example/2024/05/06/the-river-is-clear.html"

PROSE = (
    "The small river west of the town ran black for ten years, and people who lived beside it kept their windows shut.",
    "A retired waterworks fitter began to walk its length every morning with a bucket, and picked out what floated there.",
    "In the second year the school joined in: pupils measured the water and drew the result as one long coloured chart.",
    "The reddest part of that chart lay behind the market, where the stalls let their water run straight into the river.",
    "The stall holders met twice and paid for a drain of their own, and by the third spring there were fish again.",
)


def page(body: str, *, head: str = "<title>The river is clear</title>") -> str:
    """A page with navigation and footer around `body`."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>'
        f"<main><article>{body}</article></main>"
        "<footer><p>All rights reserved by the example news company, and by nobody else.</p></footer></body></html>"
    )


def article(*between: str, head: str = "<title>The river is clear</title>") -> str:
    """A page with the prose, and `between` standing after its second paragraph."""
    paragraphs = [f"<p>{text}</p>" for text in PROSE]
    return page(
        "<h1>The river is clear</h1>" + "".join([*paragraphs[:2], *between, *paragraphs[2:]]),
        head=head,
    )


def tree(html: str) -> HtmlElement:
    """The root of a page that can be parsed."""
    root = parsed(html.encode())
    assert not isinstance(root, str)
    return root
