"""Text → the page's element tree, once a page; and the questions every reader of it asks."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from lxml.etree import ElementDefaultClassLookup, HTMLParser, LxmlError, XPath, _Element, iterwalk
from lxml.html import HtmlElement, document_fromstring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_BYTES = 20 * 1024 * 1024  # what is fetched at most
MAX_ATTRIBUTES = 200  # of one element: libxml2 looks for each in a list, and the copies of 20,000 took 27 s
MAX_NAMES = 300  # characters of a class or an id: expressions look for words in them, and the answers are remembered
_NAMELESS = " "
_SPACE = re.compile(r"[ \t\n\r\f\v\xa0]+")  # an ideographic space is part of the text
_OTHER_SPACE = re.compile(r"[\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_TAG = re.compile(rb"<[a-zA-Z!?]")
_BEGINNING = 4096  # bytes
_LONG_DOCTYPE = re.compile(rb"\A\s*<\s?!\s?DOCTYPE[^<>/]*/[^<>]*>", re.IGNORECASE)  # with a URL: lxml bug 1955915
_CLOSED_HTML = re.compile(rb"(<html\b[^<>]*?)\s*/>", re.IGNORECASE)  # to libxml2 the page ends there
_ENDS = (b"</body", b"</html", b"</BODY", b"</HTML")
_ENDED = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
_BEGINS = re.compile(rb"<[a-zA-Z]")
_OF_HEADS = frozenset(
    {"base", "basefont", "bgsound", "link", "meta", "noscript", "object", "script", "style", "template", "title"}
)
_TEXT = XPath("string()", smart_strings=False)  # in C; `itertext` makes an object for each element
_BRISTLING = XPath(f"//*[@*[{MAX_ATTRIBUTES + 1}]]")
_IS_BRISTLING = XPath(f"boolean(//@*[{MAX_ATTRIBUTES + 1}])")  # half the time of the other
_ONE_CLASS = ElementDefaultClassLookup(
    element=HtmlElement
)  # lxml.html asks a Python function for each element: 8 % of a reading


def parsed(text: bytes) -> HtmlElement | str:
    """The root element of a page in UTF-8, or the reason why there is none.

    libxml2 stops at 256 levels and at 10 MB of one text: what it gives then is not the page.
    """
    if not text.strip():
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
    for element in elements(_BRISTLING, root) if _IS_BRISTLING(root) else ():
        _shear(element)
    _behead(root)
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
    end = min((place for tag in _ENDS if (place := text.find(tag)) >= 0), default=len(text))
    return text[:end] + _ENDED.sub(b"", text[end:]) if _BEGINS.search(text, end) else text


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


def _shear(element: _Element) -> None:
    """Leave it the first of its attributes: no page has so many."""
    names = [name for name in element.keys()[:MAX_ATTRIBUTES] if "{" not in name]  # a name space, to lxml
    kept = [(name, element.get(name, "")) for name in names]
    element.attrib.clear()
    for name, value in kept:
        element.set(name, value)


def elements(query: XPath, root: _Element) -> list[_Element]:
    """The elements that a query finds, in the page's order."""
    found = query(root)
    return [one for one in found if isinstance(one, _Element)] if isinstance(found, list) else []


def text_of(element: _Element) -> str:
    """All text in an element, white space folded."""
    if not len(element):  # as three of four links: .6 µs less than the query takes
        return folded(element.text or "")
    return folded(str(_TEXT(element)))


def folded(text: str) -> str:
    """White space as a browser shows it."""
    if text.isascii() or not _OTHER_SPACE.search(text):
        return " ".join(text.split())  # a fifth of the expression's time
    return _SPACE.sub(" ", text).strip()


def names(element: _Element) -> str:
    """Class and id in lower case: what a page calls the element, as far as anybody means it."""
    class_, id_ = element.get("class"), element.get("id")
    if not (class_ or id_):  # as most of an article
        return _NAMELESS
    return _called(class_[:MAX_NAMES] if class_ else "", id_[:MAX_NAMES] if id_ else "")


@lru_cache(4096)  # several ask for those of one element, and elements share them
def _called(class_: str, id_: str) -> str:
    return f"{class_} {id_}".lower()


def pieces(element: _Element, most: int) -> list[str]:
    """The texts in the first `most` elements of one, each folded: a look that costs no more however large it is."""
    found: list[str] = []
    if next(iter(element), None) is None:  # as most are: a walk costs ten times as much
        return [piece] if (piece := folded(element.text or "")) else []
    for _, (event, one) in zip(range(2 * most), iterwalk(element, events=("start", "end")), strict=False):
        text = one.text if event == "start" else one.tail if one is not element else None
        if text and (piece := folded(text)):
            found.append(piece)
    return found


def several(found: Iterable[_Element]) -> bool:
    """Whether there is more than one; no more than two are looked for."""
    return len(list(islice(found, 2))) > 1


def stands_in(element: _Element, known: dict[_Element, bool], is_one: Callable[[_Element], bool]) -> bool:
    """Whether an element, or any that it stands in, is one of those. `known` keeps the answers for one page."""
    path: list[_Element] = []
    verdict = False
    for one in (element, *element.iterancestors()):
        if one in known:
            verdict = known[one]
            break
        path.append(one)
    for one in reversed(path):
        verdict = known[one] = verdict or is_one(one)
    return verdict


def heart(weights: Iterable[tuple[_Element, int]], share: float) -> _Element | None:
    """The smallest element that holds so much of all weight; None: nothing weighs anything."""
    held: dict[_Element, int] = {}
    branches: list[list[_Element]] = []
    for owner, weight in weights:
        branch: list[_Element] = []
        for element in chain([owner], owner.iterancestors()):
            if element in held:
                break
            held[element] = 0
            branch.append(element)
        branches.append(branch)
        held[owner] += weight
    for element in chain.from_iterable(reversed(branches)):  # whatever stands in an element comes before it
        if (parent := element.getparent()) is not None:
            held[parent] += held[element]
    total = max(held.values(), default=0)
    heavy = [element for element, weight in held.items() if weight >= share * total > 0]
    return max(heavy, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)
