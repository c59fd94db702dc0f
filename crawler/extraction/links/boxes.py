"""Boxes of related articles anywhere on a page: by what the page calls them, or by the line above their links."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MAX_BOXES = 20  # a page of thousands is a list
MAX_HEADINGS = 200  # that are looked at
MAX_HEADING_CHARACTERS = 40
MAX_NAME_CHARACTERS = 300  # of class and id
MAX_BESIDE = 12  # elements under a heading: it may stand over paragraphs of one link each
MAX_UP = 4  # elements that hold a heading alone
MAX_COUNTED, MAX_COUNTED_CHARACTERS = 200, 10_000  # links of a box, and what stands in it
MIN_LINKED = 0.25  # of a box's characters: teasers have a summary, a date and an author
_BOXES = ("div", "section", "aside", "ul", "ol", "nav")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "strong", "b", "p", "div", "span", "header", "legend", "dt", "summary")
_NAMED = re.compile(
    r"related|read-?(?:more|also|next)|see-?also|also-?(?:read|like|on)|more-?(?:on|news|stories)|further-?reading"
    r"|recirc|siblings|lire-?aussi|mehr-?zum|relacionad|correlat|terkait|baca-?juga|lees-?ook|xiangguan|yanshen|相关|延伸阅读|関連"
)
_NOT_NAMED = re.compile(r"(?:un|inter)related|related-?(?:tag|topic|keyword|product|video)|comment")
_WORDS = (
    r"related\b|read (?:more|also|next)|also (?:read|on|in)\b|see also|further reading|keep reading",
    r"more (?:on|from|about|like|in|stories|news|articles|reading)|recommended (?:reading|articles|stories)",
    r"you (?:may|might) (?:also )?(?:like|be)",
    r"lesen sie (?:auch|mehr)|mehr zum thema|mehr dazu|zum thema|weitere artikel|verwandte|das könnte sie",
    r"(?:à )?lire (?:aussi|plus)|sur le même (?:sujet|thème)|articles? (?:liés|similaires)",
    r"lees (?:ook|meer)|gerelateerd",
    r"le(?:a|er|e) también|te puede interesar|(?:noticias|artículos) relacionad|más sobre",
    r"leggi anche|articoli correlati|(?:leia|veja) (?:também|mais)|czytaj (?:także|też)|zobacz (?:też|także)",
    r"ilgili haberler|läs (?:också|mer)|les også|читайте также|(?:ещё )?по теме|похожие|материалы по теме",
    r"baca juga|(?:berita|artikel) terkait|tin liên quan|xem thêm|čtěte také|související|kapcsolódó",
    r"citește și|lue myös|læs også|διαβάστε επίσης|читайте також|اقرأ أيض|مواضيع ذات صلة",
    r"相关|相關|延伸|更多|推荐阅读|推薦閱讀|(?:您|你)可能|関連|あわせて読|관련",
)
_HEADING = re.compile("|".join(_WORDS), re.IGNORECASE)
# Two letters that one of them begins with: of ten short lines nine do not, and the words cost ten times as much.
_LETTERS = (
    "re|al|se|fu|ke|mo|yo|le|me|zu|we|ve|da|li|à |su|ar|ge|te|no|má|ma|cz|zo|il|lä|чи|ещ|по|ма|ba|be|ti|xe|čt|so|ka|ci"
    "|lu|læ|δι|اق|مو|相关|相關|延伸|更多|推荐|推薦|您可|你可|関連|あわ|관련"
)
_BEGINNINGS = frozenset(_LETTERS.split("|"))


def boxes(page: _Element) -> list[_Element]:
    """The outermost of them, in the page's order; none in navigation, head or foot of the page."""
    found: dict[_Element, None] = {}
    for box in chain(_named(page), _headed(page)):
        above = list(box.iterancestors())
        # The text last: boxes stand in boxes of the same name, and each look at it costs what stands in it.
        if not any(up in found for up in above) and not _is_outside(above) and _leads(box):
            found.setdefault(box)
        if len(found) == MAX_BOXES:
            break
    return list(found)


def _is_outside(above: list[_Element]) -> bool:
    """Whether something stands in navigation, or in head or foot of the page; an article may have a foot of its own."""
    tags = [up.tag for up in above]
    if "nav" in tags:
        return True
    edge = max((place for place, tag in enumerate(tags) if tag in {"header", "footer"}), default=-1)
    return edge >= 0 and not {"article", "main"}.intersection(tags[edge:])


def _named(page: _Element) -> Iterator[_Element]:
    return (box for box in page.iter(*_BOXES) if _says_so(box.get("class", ""), box.get("id", "")))


@lru_cache(maxsize=4096)
def _says_so(class_: str, id_: str) -> bool:
    called = f"{class_} {id_}"[:MAX_NAME_CHARACTERS].lower()
    return bool(_NAMED.search(called)) and not _NOT_NAMED.search(called)


def _headed(page: _Element) -> Iterator[_Element]:
    looked = 0
    for heading in page.iter(*_HEADINGS):
        said = (heading.text or "").strip()
        if 0 < len(said) <= MAX_HEADING_CHARACTERS and says_more(said):
            if (looked := looked + 1) > MAX_HEADINGS:
                return
            yield from _under(heading)


def says_more(line: str) -> bool:
    """Whether a line begins as those over links to further articles do."""
    return line[:2].lower() in _BEGINNINGS and bool(_HEADING.match(line))


def _under(heading: _Element) -> Iterator[_Element]:
    """What a heading stands over: the links that follow in its own line, or the elements after it that hold links."""
    if heading.find(".//a[@href]") is not None:
        if _leads(heading):
            yield heading
        return
    above: _Element | None = heading
    for _ in range(MAX_UP):
        if above is None or above.getnext() is not None or (above.tail or "").strip():
            break
        above = above.getparent()
    for _, beside in zip(range(MAX_BESIDE), () if above is None else above.itersiblings(), strict=False):
        if not _leads(beside):
            return
        yield beside


def _leads(box: _Element) -> bool:
    """Whether much of what stands in an element are links; of more than `MAX_COUNTED`, the first count."""
    links = [len(text_of(link)) for link in islice(box.iter("a"), MAX_COUNTED) if link.get("href")]
    return bool(links) and sum(links) >= MIN_LINKED * min(len(text_of(box)), MAX_COUNTED_CHARACTERS)
