"""Text that should be XML → its element tree, read as far as it can be.

What strangers send is mended first, since libxml2 drops what it does not expect: `?a=1&b=2` would be `?a=1=2`. Whatever
stands before the root is left out, junk and DOCTYPE alike: without their declarations entity bombs are plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, TypedDict
from xml.sax.saxutils import escape

from lxml import etree

from crawler.sources.decoded import cleaned

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = re.compile(
    r"<(?:[\w.-]+:)?(?P<name>rss|feed|rdf|channel|urlset|sitemapindex|opml|html)(?=[\s>/])", re.IGNORECASE
)
_HTML = re.compile(r"<!doctype\s+html", re.IGNORECASE)
_TAG = re.compile(r"<[a-z]", re.IGNORECASE)
# Each alternative that looks for an end takes the rest where there is none: a second look would be quadratic.
_AMISS = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|<{2,}(?=<)|&{2,}(?=&)|<(?![A-Za-z_/!?:])|\]\]>"
    r"|&(?!(?:amp|lt|gt|quot|apos);)(?:(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?",
    re.DOTALL,
)
# Surrogates by number: libxml2 goes on with bytes that are no UTF-8, and lxml raises at them. 55296 to 57343.
_HALF_CHARACTER = re.compile(
    r"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}(?![0-9a-fA-F])"
    r"|0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3])(?!\d));?",
    re.ASCII,
)
_HOLDS_HTML = re.compile(r"<(?P<name>description|content:encoded|summary|title)(?P<said>(?:\s[^<>]*)?)>")


class _Settings(TypedDict):
    recover: bool
    resolve_entities: bool
    no_network: bool
    load_dtd: bool
    huge_tree: bool
    remove_comments: bool
    remove_pis: bool
    collect_ids: bool
    encoding: str


SAFE: _Settings = {
    "recover": True,
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
    "encoding": "utf-8",
}
"""Of every parser of a source: it opens and expands nothing, goes on after a fault; 256 levels, 10 MB of one text."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What was read. A fault is libxml2's words on the first place that is no XML; empty: all is."""

    root: _Element
    fault: str = ""


def kind(text: str) -> tuple[str, int]:
    """The root's name in lower case and where it begins; `("", 0)`: nothing that we know.

    A page is `html`, whatever stands in it; some feeds have but its DOCTYPE.
    """
    found = _ROOT.search(text)
    page = _HTML.search(text, 0, found.start() if found else len(text))
    if page and not (found and _TAG.search(text, page.end(), found.start()) is None):
        return "html", page.start()
    return (found["name"].lower(), found.start()) if found else ("", 0)


def tree(text: str) -> Tree | None:
    """The tree of text that begins with its root; None: there is none, not even in part."""
    text = mended(text[: text.rfind(">") + 1])  # half a link is another link
    found = _parsed(text)
    if found is not None and "mismatch" in found.fault:
        found = _parsed(_html_escaped(text)) or found
    return found


def mended(text: str) -> str:
    """Ampersands and angle brackets escaped where they are no markup, HTML's entities as the characters they mean."""
    return _HALF_CHARACTER.sub("\ufffd", _AMISS.sub(_mend, text))


def _mend(found: re.Match[str]) -> str:
    said = found[0]
    if said.startswith("<!"):
        return said
    if said == "]]>":  # of a CDATA section inside another
        return ""
    if said.startswith("<") or said.endswith("&"):
        return escape(said)
    meant = unescape(said)
    return f"&amp;{said[1:]}" if meant == said else escape(cleaned(meant))


def _html_escaped(text: str) -> str:
    """Text whose HTML stands among the XML, with tags left open, as it should have been written."""
    done: list[str] = []
    at = 0
    unended: set[str] = set()
    for found in _HOLDS_HTML.finditer(text):
        name, start = found["name"], found.end()
        end = text.find(f"</{name}>", start) if found.start() >= at and name not in unended else -1
        if end < 0:
            if found.start() >= at:
                unended.add(name)
            continue
        inner = text[start:end]
        if "<" in inner and not inner.lstrip().startswith("<![CDATA[") and "xhtml" not in found["said"]:
            done += [text[at:start], escape(inner)]
            at = end
    return "".join([*done, text[at:]])


def _parsed(text: str) -> Tree | None:
    reader = etree.XMLParser(**SAFE)
    try:
        root = etree.fromstring(text.encode(), reader)
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    return Tree(root, fault(reader.error_log))


def fault(log: etree._ListErrorLog) -> str:
    """The first fault that a parser met; empty: none. A prefix that nobody declared costs nothing and is none."""
    faults = (entry for entry in log if entry.domain_name != "NAMESPACE")
    first = next(faults, None)
    return f"{first.message.splitlines()[0][:100]}, line {first.line}" if first else ""
