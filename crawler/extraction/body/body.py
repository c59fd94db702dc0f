"""The article's body, cut from the page's own nodes where the reading's text stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.etree import tostring

from crawler.extraction.body.around import common, framing, with_ancestors
from crawler.extraction.body.belongs import DROPPED, belongs, is_furniture, is_label, is_unseen
from crawler.extraction.body.pictures.captions import caption_of
from crawler.extraction.body.pictures.cards import is_teaser
from crawler.extraction.body.pictures.galleries import is_gallery, slides
from crawler.extraction.body.pictures.images import is_icon
from crawler.extraction.body.pictures.opening import closing, file_name, opening
from crawler.extraction.body.pictures.tools import is_tool
from crawler.extraction.body.runs import INLINE
from crawler.extraction.body.shell import is_empty, shell
from crawler.extraction.parse import empty_div

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element
    from lxml.html import HtmlElement

# What these are called does not tell whether they belong: a line is read with all their words, and a link in it may be
# called a recommendation. 40 of them on eleven of 1,464 pages, all that were looked at are such (2026-11-27).
_WORDS = INLINE - DROPPED - {"span", "ins"}
_LABELS = frozenset({"span", "div", "a", "small", "strong", "b"})  # what stands beside a picture for a click
_CELLS = frozenset({"td", "th"})  # of a row: one that the reading left out holds its place


class Body:
    """The nodes of a page that are the article. `element` is a div that holds copies of them.

    `owners` are the blocks that its text stands in directly, in order, one for each line.
    `source` is the smallest element of the page that holds them all; None where the text stands in none.
    """

    def __init__(self, owners: Sequence[_Element], url: str, lead: str, left: Iterable[_Element] = ()) -> None:
        """`owners` are the blocks that the article's text stands in directly; `lead` is the page's main image.

        `left` are blocks that the reading met and left out.
        """
        self._url = url
        self._out = frozenset(left)
        self.owners = owners
        self._own = set(owners)
        self._hit = with_ancestors(owners)
        self._left = len(self._own)  # owners not copied yet: 0, the text has ended
        self._begun = False
        self.boxes: set[_Element] = set()  # that hold no text of the reading
        self.element: HtmlElement = empty_div()
        self.source = common(owners) if owners else None
        if self.source is not None:
            self._fill(self.source, self._frame(self.source))
            self._open(opening(owners[0], lead))
            self._close(closing(owners[-1]))

    def _frame(self, source: _Element) -> _Element:
        """What the article is copied into: of items and of cells, their list and their table too."""
        target: _Element = self.element
        for frame in framing(source):
            target = shell(frame, target, self._url)
        return target

    def html(self) -> str:
        """The inner HTML."""
        whole = tostring(self.element, encoding="unicode", method="html").strip()  # lxml.html's looks for meta elements
        return whole[len("<div>") : -len("</div>")].strip()

    def _open(self, figures: list[_Element]) -> None:
        """Put the figures that the body has not got yet before it; a caption behind its picture, which it may have."""
        shown: _Element | None = None
        for place, (figure, copied) in enumerate(zip(figures, self._new(figures), strict=True)):
            if copied is None:
                shown = next((one for one in self.element.iter("img") if _name(one) in _pictures(figure)), None)
            elif shown is not None and not _pictures(figure):
                self.element.remove(copied)
                if not caption_of(shown)[0]:
                    shown.addnext(copied)
            else:
                self.element.insert(place, copied)
                self._show(copied)

    def _close(self, galleries: list[_Element]) -> None:
        """Put those that the body has not got yet behind it."""
        for copied in self._new(galleries):
            if copied is not None:
                self.element.append(copied)
                self._show(copied)

    def _show(self, copied: _Element) -> None:
        """Of a gallery, each slide speaks of its picture."""
        if is_gallery(copied):
            self.boxes.update(slides(copied))

    def _new(self, figures: list[_Element]) -> list[_Element | None]:
        """A copy of each; None for one that the body has."""
        kept = _pictures(self.element)
        return [
            self._copy(one, self.element) if one not in self._hit and kept.isdisjoint(_pictures(one)) else None
            for one in figures
        ]

    def _fill(self, source: _Element, target: _Element, *, own: bool = False) -> None:
        """Copy what belongs: text and inline elements of blocks that hold matched text, other elements by `belongs`.

        `own`: the source is an inline element of such a block.
        """
        if source in self._own:
            own, self._begun = True, True
            self._left -= 1
        if own:
            target.text = source.text
        beside = own or not self._hit.isdisjoint(source)
        last: _Element | None = None
        for child in source[:]:  # type: ignore[index]  # in half of the time that an iterator takes
            copied = self._child(child, target, own=own, beside=beside)
            last = copied if copied is not None else last
            if (tail := child.tail) and (own or tail.isspace()):
                _append(target, last, tail)

    def _child(self, child: _Element, target: _Element, *, own: bool, beside: bool) -> _Element | None:
        if child in self._hit:
            if child.tag == "pre" and child.find(".//p") is None:  # never closed where it holds some
                return self._code(child, target)
            copied = shell(child, target, self._url)
            self._fill(child, copied, own=own and child.tag in INLINE)
            return copied
        kept = None if child in self._out else self._beside(child, target, own=own, beside=beside)
        if kept is None and beside and child.tag in _CELLS:
            return shell(child, target, self._url)
        return kept

    def _beside(self, child: _Element, target: _Element, *, own: bool, beside: bool) -> _Element | None:
        inline = own and (child.tag in INLINE or child.tag == "br")
        if inline and (child.tag in _WORDS or not is_furniture(child)):
            is_card = len(child) > 0 and is_teaser(child, self._own, self._url)
            return None if is_card else self._copy(child, target, amid=True)
        if not self._stays(child, beside=beside) or is_teaser(child, self._own, self._url):
            return None
        box = self._copy(child, target)
        if box is not None and box.tag == "div":
            self.boxes.add(box)
        if box is not None:
            self._show(box)
        return box

    def _code(self, child: _Element, target: _Element) -> _Element | None:
        """A block of code whole: its empty lines are of it."""
        self._begun = True
        self._left -= sum(one in self._own for one in child.iter())
        return self._copy(child, target)

    def _stays(self, child: _Element, *, beside: bool) -> bool:
        ended = self._left <= 0
        if belongs(child, begun=self._begun, ended=ended, beside=beside):
            return True
        return beside and not ended and is_gallery(child) and not is_furniture(child)

    def _copy(self, source: _Element, target: _Element, *, amid: bool = False) -> _Element | None:
        """An element whole, but for furniture and icons. `amid`: it stands among the words of a line."""
        tag = source.tag
        if (is_furniture(source) and not (amid and tag in _WORDS)) or (tag == "img" and is_icon(source)):
            return None
        if tag == "span" and (is_unseen(source) or (not amid and is_label(source))):
            return None
        if not amid and tag in _LABELS and not len(source) and is_tool(source):
            return None
        copied = shell(source, target, self._url)
        copied.text = source.text
        last: _Element | None = None
        for child in source[:]:  # type: ignore[index]
            one = self._copy(child, copied, amid=amid and tag in INLINE)
            last = one if one is not None else last
            if tail := child.tail:
                _append(copied, last, tail)
        if not len(copied) and is_empty(copied, source):
            target.remove(copied)  # what was in it is gone
            return None
        return copied


def _pictures(element: _Element) -> set[str]:
    return {_name(image) for image in element.iter("img")}


def _name(image: _Element) -> str:
    return file_name(image.get("src", ""))


def _append(target: _Element, last: _Element | None, text: str) -> None:
    if last is None:
        target.text = (target.text or "") + text
    else:
        last.tail = (last.tail or "") + text
