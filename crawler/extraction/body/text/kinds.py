"""What each element is to a text: a block of some kind, a part of a line, or nothing that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.body.runs import INLINE
from crawler.extraction.tree import is_alone, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

GONE = frozenset(
    {"applet", "area", "audio", "blink", "canvas", "datalist", "embed", "fencedframe", "figcaption"}
    | {"frame", "frameset", "head", "iframe", "input", "legend", "link", "map", "math"}
    | {"marquee", "menuitem", "meta", "noindex", "noscript", "object", "optgroup", "option", "output"}
    | {"param", "progress", "rp", "rt", "rtc", "script", "select", "source", "style", "svg", "template", "textarea"}
    | {"time", "track", "use", "video"}
)
ASIDE = frozenset({"aside", "button", "dialog", "fieldset", "footer", "form", "label", "menu", "nav"})
KINDS = (
    dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary"), "heading")
    | dict.fromkeys(("li", "dd", "dt"), "item")
    | dict.fromkeys(("td", "th", "caption"), "cell")
    | dict.fromkeys(("blockquote", "pre", "q"), "quote")
    | {"p": "p", "div": "", "section": "", "article": "", "main": ""}
)
HELD = frozenset({"heading", "item"})  # may be written into a box of their own
# No words of the line that they stand in, which goes on behind them: readings of a word, fields to fill in.
QUIET = frozenset({"rt", "rp", "rtc", "input", "output", "progress", "select", "textarea", "datalist"})
DOT = frozenset(map(str, range(32)))  # pixels of a picture amid the words
FLOWING = INLINE - GONE - {"label"}
PLAIN = FLOWING - {"a", "span"}


def is_whole(element: _Element, kind: str) -> bool:
    """Whether a box is all that a block of a `kind` holds, a heading or an item of a list, as editors for WeChat write.

    Of an item's less than half is links: where all boxes of lists are such, teasers come in, Chinese F1c .970 to .955;
    so .971 (1,464 pages, 2026-11-27).
    """
    if not is_alone(element):
        return False
    if kind == "heading":
        return True
    item = element.getparent()
    if item is None or item.tag != "li" or next(element.iter("img", "li"), None) is not None:
        return False
    return 2 * sum(len(text_of(link)) for link in element.iter("a")) < len(text_of(element))
