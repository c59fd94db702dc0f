"""Text → the page's element tree, once a page, as a browser would make it."""

from __future__ import annotations

import re
from itertools import islice

from lxml.etree import ElementDefaultClassLookup, HTMLParser, LxmlError, XPath, _Element
from lxml.html import HtmlElement, document_fromstring

from crawler.extraction.tree import MAX_ATTRIBUTES, attributes, elements

MAX_BYTES = 20 * 1024 * 1024  # what is fetched at most
_TAG = re.compile(rb"<[a-zA-Z!?]")
_BEGINNING = 4096  # bytes
_LONG_DOCTYPE = re.compile(rb"\A\s*<\s?!\s?DOCTYPE[^<>/]*/[^<>]*>", re.IGNORECASE)  # with a URL: lxml bug 1955915
_CLOSED_HTML = re.compile(rb"(<html\b[^<>]*?)\s*/>", re.IGNORECASE)  # to libxml2 the page ends there
_END = re.compile(rb"</(?:body|html|BODY|HTML)")  # .1 ms for 300 kB; to look for one of them takes as long
_ENDED = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
_BEGINS = re.compile(rb"<[a-zA-Z]")
_BRISTLING = XPath(f"//*[@*[{MAX_ATTRIBUTES + 1}]]")
_OF_HEADS = frozenset(
    {"base", "basefont", "bgsound", "link", "meta", "noscript", "object", "script", "style", "template", "title"}
)
_TEXT = XPath("string()")
MIN_PARAGRAPHS = 3  # of a noscript that may be the page: others hold a picture, or a line
_ONE_CLASS = ElementDefaultClassLookup(
    element=HtmlElement
)  # lxml.html asks a Python function for each element: 8 % of a reading


def parsed(text: bytes) -> HtmlElement | str:
    """The root element of a page in UTF-8, or the reason why there is none.

    libxml2 stops at 256 levels and at 10 MB of one text: what it gives then is not the page.
    """
    if not text or text.isspace():
        return "the page is empty"
    if len(text) > MAX_BYTES:
        return f"larger than {MAX_BYTES} bytes"
    if not _TAG.search(text):
        return "not HTML: no tag"
    parser = _parser()
    try:
        root = document_fromstring(_open_ended(_begun(text)), parser=parser)
    except LxmlError as err:
        return f"not HTML: {err}"
    if limit := next((entry.message for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"), None):
        return "nested too deep" if "depth" in limit else f"too large: {limit}"
    _behead(root)
    _open_noscripts(root)
    return root


def empty_div() -> HtmlElement:
    """A div outside of any page, with elements as cheap as those of a page."""
    return _parser().makeelement("div")


def _parser() -> HTMLParser:
    parser = HTMLParser(collect_ids=False, encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    return parser


def _begun(text: bytes) -> bytes:
    """Without what libxml2 stumbles over at the beginning of a page."""
    head = text[:_BEGINNING]
    begun = _CLOSED_HTML.sub(rb"\1>", _LONG_DOCTYPE.sub(b"", head, count=1), count=1)
    return text if begun == head else begun + text[_BEGINNING:]


def _open_ended(text: bytes) -> bytes:
    """Without the ends of body and html where the page goes on behind them: libxml2 stops there, no browser does."""
    end = _END.search(text)
    if end is None or not _BEGINS.search(text, end.end()):
        return text
    return text[: end.start()] + _ENDED.sub(b"", text[end.start() :])


def _behead(root: _Element) -> None:
    """Move what belongs to no head into the body, as a browser does: pages may leave out both of these tags.

    libxml2 ends a head before the elements of HTML 4 alone, not before an article, and may make no body at all.
    """
    head, body = root.find("head"), root.find("body")
    first = None if head is None else next((one for one in head if one.tag not in _OF_HEADS), None)
    if head is None or first is None:
        return
    if body is None:
        body = head.makeelement("body")
        head.addnext(body)
    moved = [first, *first.itersiblings()]
    moved[-1].tail, body.text = f"{moved[-1].tail or ''}{body.text or ''}", None
    for place, one in enumerate(moved):
        body.insert(place, one)


def _open_noscripts(root: _Element) -> None:
    """Make a box of each noscript that holds most of the page, as on sites whose pages are only dressed by scripts."""
    body = root.find("body")
    held = [] if body is None else [one for one in body.iter("noscript") if _has_text(one)]
    if body is None or not held:
        return
    whole = len(str(_TEXT(body)))
    for one in held:
        if 2 * len(str(_TEXT(one))) > whole:
            one.tag = "div"


def _has_text(noscript: _Element) -> bool:
    return len(list(islice(noscript.iter("p"), MIN_PARAGRAPHS))) == MIN_PARAGRAPHS


def shear(root: _Element) -> None:
    """Leave each element the first of its attributes, for who copies a tree."""
    for element in elements(_BRISTLING, root):
        kept = attributes(element)
        element.attrib.clear()
        for name, value in kept:
            element.set(name, value)
