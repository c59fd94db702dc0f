"""One walk over a page: its lines of text, what speaks against each, and the places where an article may stand.

What counts and what does not is trafilatura's, checked against it page by page; it needs five copies of the tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from crawler.extraction.body.text.farms import FARMS, SHORT, Size, is_farm, is_menu
from crawler.extraction.body.text.initials import with_initial
from crawler.extraction.body.text.kinds import ASIDE, DOT, FLOWING, GONE, HELD, KINDS, PLAIN, QUIET, is_whole
from crawler.extraction.body.text.line import PROSE, Line, said
from crawler.extraction.body.text.places import Place, grown
from crawler.extraction.body.text.signs import LOOSE_SHARE, Sign, is_apart, quotes_post, sign_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_STANZA = 3  # lines
LONG = 80  # characters: prose, since menus, headlines and buttons are shorter
_UNSEEN = " \u200b\u200c\u200d\u2060\xad"  # joiners and hyphens without width: editors leave a line of them
_CLOSED = ("", "", 0)  # the form of no element
_NOTHING: Size = (0, 0, 0, 0)


@dataclass(slots=True)
class Reason:
    """Why an element is no part of the article, and how much prose stands in it."""

    above: int  # index of the reason it stands in
    loose: bool = False  # this and the next as in `Sign`
    hidden: bool = False
    characters: int = 0


class Survey:
    """All lines of a page in their order, the reasons against some, and the places by their number in `signs`."""

    def __init__(self, page: _Element) -> None:
        body = page.find("body")
        self.lines: list[Line] = []
        self.reasons: list[Reason] = [Reason(0)]
        self.farms: set[Line] = set()  # lists of links: most of what stands in them
        self.places: dict[int, Place] = {}
        self.comments: list[HtmlElement] = []  # what is called so, and not walked
        self._pieces: list[str] = []
        self._broken = False
        self._linked = 0
        self._links = 0  # that the walk is inside of
        self._depth = 0
        self._forms: dict[int, tuple[str, str, int]] = {}  # tag, class and depth of each place
        root = page if body is None else body
        self._walk(root, root, "", 0)
        self._close(root, "", 0)
        self._weigh()

    def is_out(self, why: int, inside: int = 0, *, hidden: bool = False) -> bool:
        """Whether a reason, with `hidden` one of that kind, holds against a line and not against the place `inside`."""
        prose = self.reasons[0].characters  # a form or a "sidebar" around half of the page's prose is a wrapper
        while why not in (0, inside):
            reason = self.reasons[why]
            if (reason.hidden or not hidden) and reason.characters <= (LOOSE_SHARE if reason.loose else 0.5) * prose:
                return True
            why = reason.above
        return False

    def _weigh(self) -> None:
        for line in self.lines:
            if line.size >= LONG:
                self.reasons[line.why].characters += line.size
        for reason in reversed(self.reasons[1:]):  # inner ones come after outer ones
            self.reasons[reason.above].characters += reason.characters

    def _is_others(self, element: _Element, *, comments: bool) -> bool:
        """Whether readers or other articles speak in an element."""
        if comments and isinstance(element, HtmlElement):
            self.comments.append(element)
        return comments or element.find(".//h1") is None

    def _against(self, above: int, found: Sign) -> int:
        self.reasons.append(Reason(above, found.loose, found.hidden))
        return len(self.reasons) - 1

    def _in_form(self, places: tuple[int, ...], element: _Element, tag: str) -> tuple[int, ...]:
        """Those of the places that go on here: in a box of the form in which they began."""
        form = tag, element.get("class", ""), self._depth
        return tuple(place for place in places if self._forms.setdefault(place, form) == form)

    def _close(self, owner: _Element, kind: str, why: int) -> None:
        if self._pieces:
            text = " ".join("".join(self._pieces).split())
            self._pieces.clear()
            if kind == "p":
                text = with_initial(self.lines, owner, text, why)
            if text.strip(_UNSEEN):
                size = said(text)
                is_prose = size > PROSE and 2 * self._linked < len(text)
                self.lines.append(Line(owner, text, size, kind, self._broken, why, self._linked, is_prose))
                if self._broken:
                    self._open()
            self._linked = 0
        self._broken = False

    def _open(self) -> None:
        """Where two line breaks part three lines, the first is as the others, as in a stanza, though none is before it.

        Two pages better, none worse; with one line break twelve better and six worse (1,464 pages, 2026-11-27).
        """
        lines = self.lines[-_STANZA:]
        if len(lines) == _STANZA and lines[1].broken and lines[0].owner is lines[1].owner is lines[2].owner:
            lines[0].broken = True

    def _add(self, text: str) -> int:
        self._pieces.append(text)  # white space as well, behind a word: alone between two links it parts theirs
        characters = len(text.strip())
        if self._links:
            self._linked += characters
        return characters

    def _walk(self, element: _Element, owner: _Element, kind: str, why: int) -> Size:  # noqa: C901 - see below
        """Take in what stands in an element; its size, without what speaks against itself."""
        characters = linked = links = short = 0
        add, pieces = self._add, self._pieces  # a quarter of a page's time is spent here, and a call more is felt
        if (text := element.text) and (pieces or not text.isspace()):
            characters = add(text)
        for child in element[:]:  # type: ignore[index]  # in half of the time that an iterator takes
            tag = child.tag
            size = _NOTHING
            if tag in FLOWING or (tag == "time" and pieces and kind == "p"):
                if tag not in PLAIN or len(child):
                    size = self._inline(child, tag, owner, kind, why)
                elif (text := child.text) and (pieces or not text.isspace()):
                    characters += add(text)
            elif tag not in QUIET and not (tag == "img" and pieces and child.get("width") in DOT):
                broken, first = self._broken and not pieces, len(self.lines)
                if pieces or broken:
                    self._close(owner, kind, why)
                if tag == "br":
                    self._broken = True
                elif tag not in GONE and (tag != "figure" or next(child.iter("table"), None) is not None):
                    size = self._block(child, tag, kind, why)
                    self._broken = broken and len(self.lines) == first  # what is empty does not end a line break
            if size is not _NOTHING:
                characters += size[0]
                linked += size[1]
                links += size[2]
                short += size[3]
            if (text := child.tail) and (pieces or not text.isspace()):
                characters += add(text)
        return characters, linked, links, short

    def _inline(self, element: _Element, tag: str, owner: _Element, kind: str, why: int) -> Size:
        if tag == "span" and sign_of(element, tag).out and is_apart(element):
            return _NOTHING
        if tag != "a":
            return self._walk(element, owner, kind, why)
        self._links += 1
        size = self._walk(element, owner, kind, why)
        self._links -= 1
        return (size[0], size[0], 1, int(size[0] < SHORT)) if size[0] else size

    def _block(self, element: _Element, tag: str, kind: str, why: int) -> Size:
        found = sign_of(element, tag)
        comments, foreign, out, loose, _, places = found  # a name for each costs less than to ask for it
        if (comments or foreign) and self._is_others(element, comments=comments):
            return _NOTHING
        inner = why
        if out or (tag in ASIDE and not (tag == "footer" and kind == "quote")):
            if not loose and is_menu(element) and (not found.hidden or next(element.iter("h1"), None) is None):
                return _NOTHING
            if loose or tag in ASIDE or not (found.firm and quotes_post(element)):
                inner = self._against(why, found)
        if places:
            places = self._in_form(places, element, tag)
        first = len(self.lines)
        own = KINDS.get(tag, kind)
        if not own and kind in HELD and is_whole(element, kind):
            own = kind
        self._depth += 1
        size = self._walk(element, element, own, inner)
        self._depth -= 1
        if self._pieces or self._broken:
            self._close(element, own, inner)
        if size[2] and tag in FARMS and is_farm(element, kind, size):
            self.farms.update(line for line in self.lines[first:] if line.why == inner)
            size = _NOTHING
        if places:
            self._grow(places, first, inner, goes_on=tag != "article" and bool(element.get("class")))
        return _NOTHING if inner != why else size

    def _grow(self, places: tuple[int, ...], first: int, why: int, *, goes_on: bool) -> None:
        for place in places:
            before = self.places.get(place)
            self.places[place] = grown(before, self.lines, first, why, goes_on=goes_on)
            if self.places[place] is before:
                self._forms[place] = _CLOSED
