"""Captions that nothing calls so: the line behind a picture that names who made it, or is centred as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.tree import MAX_NAMES, folded, is_alone, several, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BESIDE_CHARACTERS = 400  # of a caption that nothing calls so
# Of a line that only its place in the middle tells. 19 of 21 such lines on 800 pages are captions; of three more with
# up to 120 characters, none is (2026-11-26).
MAX_LINE_CHARACTERS = 80
LINES = frozenset({"p", "div", "center"})
_CREDITED = re.compile(
    r"©|photo(?:s|graph)?(?: ?[:：/]| by\b| credit| courtesy)|(?:picture|image|foto|fot|bild|crédits?|kuva) ?[:：/]"
    r"|getty images|图[/／:：]|圖[/／:：]|[图圖]源|[图圖]片[来來]源|(?:提供|撮影)[）)]",
    re.IGNORECASE,
)
# One of them stands in whatever it matches; to look for them takes a tenth of its time.
_IN_CREDITED = ("©", "photo", "picture", "image", "fot", "bild", "crédit", "kuva", "图", "圖", "提供", "撮影")
_AGENCY = re.compile(r"(?:reuters|afp|ap|epa|dpa|[摄攝])\W*$", re.IGNORECASE)
MAX_END = 20  # characters of a line's end, where an agency or who took the picture is named
_CENTRED = re.compile(
    r"(?:^|[\s_-])(?:center|text-?center|align-?center)(?:ed)?(?:$|\s)|text-align: ?center", re.IGNORECASE
)


def after(image: _Element) -> str:
    """The paragraph after an image's own that names who made it: a caption as a text without a layout has it."""
    block = image
    while (parent := block.getparent()) is not None and is_alone(block):
        block = parent
    said = None if (block.tail or "").strip() else block.getnext()
    text = text_of(said) if said is not None and said.tag in LINES and said.find(".//img") is None else ""
    if said is None or len(text) > MAX_BESIDE_CHARACTERS or not text:
        return ""
    return text if is_credited(text) or _is_line(block, said, text) else ""


def _is_line(block: _Element, said: _Element, text: str) -> bool:
    """Whether a short line stands in the middle like the picture before it, and what comes next does not."""
    following = said.getnext()
    if len(text) > MAX_LINE_CHARACTERS or _has_links(said) or not (_is_centred(block) and _is_centred(said)):
        return False
    is_title = any(text_of(one) == text for one in said.iter("strong", "b"))
    return not is_title and (following is None or not _is_centred(following) or following.find(".//img") is not None)


def is_credited(text: str) -> bool:
    """Whether a line names who made a picture."""
    lower = text.lower()
    is_called = any(map(lower.__contains__, _IN_CREDITED)) and _CREDITED.search(text) is not None
    return is_called or _AGENCY.search(text, max(0, len(text) - MAX_END)) is not None


def behind(image: _Element) -> str:
    """What stands behind an image in its own paragraph: its `alt` again, or a short line where both are centred."""
    block = next(image.iterancestors("p", "center", "div", "td", "li"), None)
    if block is None or several(block.iter("img")) or len(said := text_of(block)) > MAX_BESIDE_CHARACTERS or not said:
        return ""
    if said in {folded(image.get("alt", "")), folded(image.get("title", ""))}:
        return said
    if len(said) > MAX_LINE_CHARACTERS or block.tag == "div" or _has_links(block) or not _is_centred(block):
        return ""
    return said


def _is_centred(element: _Element) -> bool:
    """Whether a page puts an element in the middle."""
    if element.tag == "center" or element.get("align") == "center":
        return True
    return bool(_CENTRED.search(f"{element.get('class', '')[:MAX_NAMES]}\n{element.get('style', '')[:MAX_NAMES]}"))


def _has_links(element: _Element) -> bool:
    """Whether some of its words are a link."""
    return any(text_of(link) for link in element.iter("a"))
