"""Signs that a page draws amid its words, as the words that it gives for them: faces, and formulas as their source."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.tree import MAX_NAMES, folded, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_SIGNS = 2_000  # of one page; a text grows with each, and is copied
MAX_UP, MAX_HELD = 4, 1_000  # steps from a formula to what holds its forms; elements there
MAX_FACE, MAX_SOURCE = 20, 2_000  # characters of a face's name; of a formula
_FACE = re.compile(
    r"(?:^|[\s_/-])(?:emoji|emojione|joypixels|twemoji|smiley|smilies|emoticons?)(?:$|[\s_/.-])", re.IGNORECASE
)
_FORMULA = re.compile(
    r"(?:^|[\s_/-])(?:latex|tex|math|mwe-math-fallback-image-(?:inline|display)|formula|equation)(?:$|[\s.?])",
    re.IGNORECASE,
)
_PROSE = frozenset({"p", "li", "table"})
# What holds a formula in several forms, and nothing else.
_WRAPPERS = {
    "span": re.compile(r"(?:^|\s)(?:katex|mwe-math-element|mathjax\w*)(?:$|\s)", re.IGNORECASE),
    "div": re.compile(r"(?:^|\s)mwe-math-element(?:$|\s)"),
    "mjx-container": re.compile(""),
}
_STYLED = re.compile(r"^\{\\(?:display|text)style\s*(.*)\}$", re.DOTALL)  # as MediaWiki puts it around all
_TEX = "application/x-tex"


def speak(page: HtmlElement) -> None:
    """Put them in place of the pictures and the mark-up, which are no text to any reader; formulas as code."""
    for one in list(islice(filter(_may_speak, page.iter("img", "math", "script")), MAX_SIGNS)):
        if one.tag == "img":
            _picture(one)
        elif one.tag == "math":
            _formula(one, _source(one))
        else:
            before = one.getprevious()
            if before is not None and before.get("class") == "MathJax_Preview":
                before.text = None
            _formula(one, one.text or "")


def _may_speak(one: HtmlElement) -> bool:
    if one.tag == "img":
        return bool(one.get("alt")) and (_is_face(one) or _is_drawn(one))
    return bool(one.tag == "math" or one.get("type", "").startswith("math/tex"))


def _is_face(image: HtmlElement) -> bool:
    if len(image.get("alt", "")) > MAX_FACE:
        return False
    source = image.get("src", "")[:MAX_NAMES]
    is_likely = "emoji" in source or "smil" in source or "emoticon" in source
    return _is_called_face(image.get("class", "")) or (is_likely and bool(_FACE.search(source)))


def _is_drawn(image: HtmlElement) -> bool:
    source = image.get("src", "")[:MAX_NAMES]
    return _is_called_formula(image.get("class", "")) or ("latex" in source and bool(_FORMULA.search(source)))


@lru_cache(4096)
def _is_called_face(class_: str) -> bool:
    return bool(_FACE.search(class_[:MAX_NAMES]))


@lru_cache(4096)
def _is_called_formula(class_: str) -> bool:
    return bool(_FORMULA.search(class_[:MAX_NAMES]))


def _picture(image: HtmlElement) -> None:
    said = folded(image.get("alt", ""))
    if image.getparent() is None:  # it stood in a formula
        return
    if _is_face(image):
        image.tail = said + (image.tail or "")
        image.drop_tree()
    else:
        _formula(image, said)


def _formula(one: HtmlElement, source: str) -> None:
    found = _STYLED.sub(r"\1", source.strip()).strip()
    if not found or len(found) > MAX_SOURCE or one.getparent() is None:
        return
    place = _wrapper(one)
    tail = place.tail
    for child in list(place):
        place.remove(child)
    place.attrib.clear()
    place.tag, place.text, place.tail = "code", found, tail


def _wrapper(one: HtmlElement) -> HtmlElement:
    """What holds a formula in all its forms, and no other; itself, where nothing does."""
    for up in islice(one.iterancestors(), MAX_UP):
        named = _WRAPPERS.get(up.tag)
        if named is not None and named.search(up.get("class", "")[:MAX_NAMES]):
            held = [each.tag for each in islice(up.iter(), MAX_HELD + 1)]
            return up if len(held) <= MAX_HELD and held.count("math") <= 1 and _PROSE.isdisjoint(held) else one
    return one


def _source(math: HtmlElement) -> str:
    """A formula in TeX where the page has it so, else what stands in it."""
    noted = next((one for one in math.iter("annotation") if one.get("encoding") == _TEX), None)
    return text_of(noted) if noted is not None else math.get("alttext") or text_of(math)
