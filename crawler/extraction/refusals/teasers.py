"""How many other articles a page shows the beginnings of: each line, or each box, leads to one."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.body.pictures.cards import leads
from crawler.extraction.body.runs import INLINE
from crawler.extraction.body.text.line import said
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from crawler.extraction.body.body import Body

# Of 325 real articles whose head does not say that they are one, none has three lines of links before any text; three
# have four boxes and more that lead elsewhere, of 412 to 546 characters each: programs to use for another, tips
# (2026-11-27).
MIN_LINES, MAX_BEFORE = 4, 300  # lines that are links; characters before the first
MIN_AMONG = 0.5  # of the text stands from the first of them to the last
MIN_BOXES, MIN_SHARE = 4, 0.7  # boxes that lead elsewhere; of the text, that stands in them
MAX_TEASER = 400  # characters of text for each of them
MAX_TEXT = 8_000  # characters of Latin text that say as much: an encyclopedia's page has many lines of links
MAX_LINKS, MAX_BOXES = 200, 200  # that are looked at
MIN_HEADLINE = 18  # characters of Latin text that say as much; a shorter line may be somebody's name
MAX_BESIDE = 25  # characters in a line with a headline: a date
MAX_MORE = 30  # characters of "read more"
_HEADINGS = ("h2", "h3", "h4", "h5")


def teasers(body: Body, url: str, text: str, *, is_list: bool) -> int:
    """How many there are; 0 where the page may be one article.

    `url` is its own, `text` what was read; `is_list`: its address says so, then they may stand anywhere.
    """
    size = sum(said(line) for line in text.split("\n"))
    if size > MAX_TEXT:
        return 0
    most = size / MAX_TEASER
    lines = _lines(body.element, url)
    if len(lines) >= max(MIN_LINES, most) and (is_list or _are_all(lines, text_of(body.element))):
        return len(lines)
    boxes = _boxes(body, url)
    return boxes if boxes >= max(MIN_BOXES, most) else 0


def _are_all(lines: Sequence[_Element], whole: str) -> bool:
    """Whether hardly any text stands before the first, and most of it up to the last: else it is a text."""
    first, last = whole.find(text_of(lines[0])), whole.rfind(text_of(lines[-1]))
    return first <= MAX_BEFORE and last - first >= MIN_AMONG * len(whole)


def _lines(element: _Element, url: str) -> list[_Element]:
    """The links that are lines of their own, one for each page that they lead to."""
    found: dict[str, _Element] = {}
    known: dict[_Element, str] = {}
    for link in islice(_links(element, url), MAX_LINKS):
        if _is_line(link, known):
            found.setdefault(link.get("href", ""), link)
    return list(found.values())


def _links(element: _Element, url: str) -> Iterator[_Element]:
    return (link for link in element.iter("a") if leads(link, url) and "#" not in link.get("href", ""))


def _is_line(link: _Element, known: dict[_Element, str]) -> bool:
    """Whether it is a line of its own, but for a date, and says enough to be a headline.

    `known` keeps the texts of blocks, for one page.
    """
    text, block = text_of(link), next((one for one in link.iterancestors() if one.tag not in INLINE), None)
    if block is None or said(text) < MIN_HEADLINE:
        return False
    if (whole := known.get(block)) is None:
        whole = known[block] = text_of(block)
    return len(whole) - len(text) <= MAX_BESIDE or (whole.startswith(text) and _is_ended(link, block))


def _is_ended(link: _Element, block: _Element) -> bool:
    """Whether its line ends behind it."""
    one: _Element | None = link
    while one is not None and one is not block:
        if (one.tail or "").strip():
            return False
        if (after := one.getnext()) is not None:
            return after.tag not in INLINE
        one = one.getparent()
    return False


def _boxes(body: Body, url: str) -> int:
    """How many pages the boxes lead to that most of the text stands in, a page for each."""
    sizes = dict(islice(_sizes(body).items(), MAX_BOXES))
    links = {box: list(islice(_links(box, url), MAX_LINKS)) for box in sizes}
    ends = {box: _more(box, links[box]) for box in sizes}
    often = Counter(text_of(end) for end in ends.values() if end is not None)
    led: dict[_Element, str] = {}
    known: dict[_Element, str] = {}
    for box, end in ends.items():
        headline = next((link for link in links[box] if link is box or _is_headline(link, known)), None)
        if headline is None and end is not None and often[text_of(end)] >= MIN_BOXES:
            headline = end
        if headline is not None:
            led[box] = headline.get("href", "")
    if sum(sizes[box] for box in led) < MIN_SHARE * sum(sizes.values()):
        return 0
    return len(set(led.values()))


def _sizes(body: Body) -> Counter[_Element]:
    """The elements right below the smallest one that holds the text, and the characters of it in each."""
    sizes: Counter[_Element] = Counter()
    for owner in body.owners:
        box = owner
        for up in owner.iterancestors():
            if up is body.source:
                break
            box = up
        sizes[box] += len(text_of(owner))
    return sizes


def _is_headline(link: _Element, known: dict[_Element, str]) -> bool:
    return next(link.iterdescendants(*_HEADINGS), None) is not None or _is_line(link, known)


def _more(box: _Element, links: list[_Element]) -> _Element | None:
    """The link that the text of a box ends with, if it is short."""
    last = links[-1] if links else None
    return last if last is not None and len(end := text_of(last)) <= MAX_MORE and text_of(box).endswith(end) else None
