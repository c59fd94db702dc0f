"""The questions that every reader of a page's element tree asks."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from lxml.etree import _Element, iterwalk, tostring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.etree import XPath

MAX_ATTRIBUTES = 200  # of one element: lxml looks for each of them in a list, and the copies of 20,000 took 27 s
MAX_NAMES = 300  # characters of a class or an id: expressions look for words in them, and the answers are remembered
MAX_PARTS = 200  # elements of a text whose lines are told apart: a caption has a dozen
MAX_UP = 8  # steps from a word of code to its block: a line, its row and table may be between
_CODE = frozenset({"pre", "code"})
_NAMELESS = " "
_BREAKING = frozenset(
    {"br", "div", "p", "li", "dt", "dd", "tr", "td", "th", "h2", "h3", "h4", "h5", "h6", "figcaption", "section"}
)
_LINK = frozenset({"Link", "link"})  # what a handle of a heading says, if it says anything
_SPACE = re.compile(r"[ \t\n\r\f\v\xa0]+")  # an ideographic space is part of the text
_OTHER_SPACES = tuple(
    "\x1c\x1d\x1e\x1f\x85\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_OTHER_SPACE = re.compile(f"[{''.join(_OTHER_SPACES)}]")
_LONG = 150  # characters


def elements(query: XPath, root: _Element) -> list[_Element]:
    """The elements that a query finds, in the page's order."""
    found = query(root)
    return [one for one in found if isinstance(one, _Element)] if isinstance(found, list) else []


def text_of(element: _Element) -> str:
    """All text in an element, white space folded."""
    return folded(whole_text(element))


def whole_text(element: _Element) -> str:
    """All text in an element as it stands."""
    if not len(element):  # as three of four links
        return element.text or ""
    # XPath's `string()` takes twice as long (1.4 µs and .7), `itertext` eight times: it makes an object for each text.
    return tostring(element, method="text", encoding="unicode", with_tail=False)


def lines_of(element: _Element) -> str:
    """All text in an element, white space folded; a space also where a line ends, and between two spans."""
    parts = list(islice(element.iterdescendants(), MAX_PARTS + 1))
    if len(parts) > MAX_PARTS or not any(one.tag in _BREAKING or one.tag == "span" for one in parts):
        return text_of(element)
    said = [element.text or ""]
    for event, one in iterwalk(element, events=("start", "end")):
        if one is element:
            continue
        if one.tag in _BREAKING or (event == "start" and is_next_span(one)):
            said.append(" ")
        if isinstance(one.tag, str) and (text := one.text if event == "start" else one.tail):
            said.append(text)
    return folded("".join(said))


def is_next_span(element: _Element) -> bool:
    """Whether it is a span that another one stands right before, as a caption and who made the picture."""
    if element.tag != "span" or (before := element.getprevious()) is None:
        return False
    return before.tag == "span" and not before.tail and bool(text_of(before))


def folded(text: str) -> str:
    """White space as a browser shows it."""
    if text.isascii() or not _has_other_space(text):
        return " ".join(text.split())  # a fifth of the expression's time
    return _SPACE.sub(" ", text).strip()


def _has_other_space(text: str) -> bool:
    if len(text) > _LONG:  # to look for each takes half of the expression's time
        return any(map(text.__contains__, _OTHER_SPACES))
    return _OTHER_SPACE.search(text) is not None


def is_handle(element: _Element) -> bool:
    """Whether something in a heading is no word of it: the sign or the icon that links to it, a wiki's [edit]."""
    if element.tag == "a" and element.get("href", "").startswith("#"):
        said = text_of(element)
        return said in _LINK or not any(map(str.isalnum, said))
    return element.tag == "span" and element.get("class") == "mw-editsection"


def is_code(span: _Element) -> bool:
    """Whether a part of a line is one of code: highlighters call the comments there so, and other parts as oddly."""
    return any(up.tag in _CODE for up in islice(span.iterancestors(), MAX_UP))


def is_alone(element: _Element) -> bool:
    """Whether an element is the only one in another, and holds all of its words.

    The length of the other is not asked for: that counts all that it holds.
    """
    above = element.getparent()
    if above is None or element.getprevious() is not None or element.getnext() is not None:
        return False
    return not (above.text or "").strip() and not (element.tail or "").strip()


def attributes(element: _Element) -> list[tuple[str, str]]:
    """Names and values of the first of its attributes; of more than any page has, those that can be written."""
    if len(element.attrib) <= MAX_ATTRIBUTES:
        return element.items()  # type: ignore[return-value]
    named = (str(name) for name in element.keys()[:MAX_ATTRIBUTES])
    return [(name, element.get(name, "")) for name in named if "{" not in name]  # a name space, to lxml


def names(element: _Element) -> str:
    """Class and id in lower case: what a page calls the element, as far as anybody means it."""
    class_, id_ = element.get(b"class"), element.get(b"id")  # bytes take a fifth less time
    if not id_:
        return _classed(class_[:MAX_NAMES]) if class_ else _NAMELESS  # as most of an article
    return _called(class_[:MAX_NAMES] if class_ else "", id_[:MAX_NAMES])


@lru_cache(4096)
def _classed(class_: str) -> str:
    return f"{class_} ".lower()


@lru_cache(4096)  # several ask for those of one element, and elements share them
def _called(class_: str, id_: str) -> str:
    return f"{class_} {id_}".lower()


def pieces(element: _Element, most: int) -> list[str]:
    """The texts in the first `most` elements of one, each folded: a look that costs no more however large it is."""
    found: list[str] = []
    if next(iter(element), None) is None:  # as most are: a walk costs ten times as much, and `len` counts them all
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
    up: _Element | None = element
    while up is not None:
        if up in known:
            verdict = known[up]
            break
        path.append(up)
        up = up.getparent()
    for one in reversed(path):
        verdict = known[one] = verdict or is_one(one)
    return verdict


def heart(weights: Iterable[tuple[_Element, int]], share: float) -> _Element | None:
    """The smallest element that holds so much of all weight; None: nothing weighs anything."""
    held: dict[_Element, int] = {}
    branches: list[list[_Element]] = []
    for owner, weight in weights:
        branch: list[_Element] = []
        up: _Element | None = owner
        while up is not None and up not in held:
            held[up] = 0
            branch.append(up)
            up = up.getparent()
        branches.append(branch)
        held[owner] += weight
    for element in chain.from_iterable(reversed(branches)):  # whatever stands in an element comes before it
        if (parent := element.getparent()) is not None:
            held[parent] += held[element]
    total = max(held.values(), default=0)
    heavy = [element for element, weight in held.items() if weight >= share * total > 0]
    return max(heavy, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)
