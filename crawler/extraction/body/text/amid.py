"""What stands amid the prose of an article and says little by itself: links of their own, boxed sentences, titles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crawler.extraction.body.text.cited import leads_out
from crawler.extraction.body.text.edges import ends_sentence, is_link
from crawler.extraction.body.text.line import PROSE

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from crawler.extraction.body.text.line import Line

MIN_STEPS = 3  # boxes of one form; with two, F1c of the second half .9592
MAX_BETWEEN = 6  # lines of what stands amid a sentence: a picture's caption, a short list
MIN_BEGUN = 6  # words of a sentence that is not ended
MIN_STEP = 25  # characters of a sentence in one


def completed(
    lines: Sequence[Line], chosen: list[Line], links: Collection[Line], cited: Container[Line], url: str
) -> list[Line]:
    """The chosen lines of a page and those that belong among them, in the page's order.

    Of `links`, between the first prose and the last: paragraphs and lists that stand in one box with prose, and what
    leads to other sites; behind it those of `cited` in its box. F1c .9619 to .9631 and .9583 to .9590, aeb F1 .9844 to
    .9856 and .9686 to .9700 (784 pages, two halves of the sites, 100 differ, four by more than .01 the worse); lists
    with links to other sites wherever they stand: .9621 and .9581.

    Between the first prose and the last too: sentences in boxes of one form, as the steps of a recipe. F1c to .9635 and
    .9593, aeb F1 of the second half .9706 (15 differ, one by more than .01 the worse); all such sentences, whatever
    their boxes: .9633 and .9592. And headings as high as the title, in a box of prose: .9636, .9595, .9719 (13 differ,
    none by more than .01 the worse); in any box .9635, .9596, .9719, three by more than .01 the worse (2026-11-26).
    """
    prose = [line for line in chosen if line.size > PROSE and not is_link(line)] or chosen
    if not prose:
        return chosen
    places = {line: number for number, line in enumerate(lines)}
    first, last = places[prose[0]], places[prose[-1]]
    known, reasons = set(chosen), {line.why for line in chosen}
    amid = [line for line in lines[first:last] if line.why in reasons and line not in known]
    boxes = {line.owner.getparent() for line in prose if line.kind == "p"}
    found = [line for line in amid if line in links and (line in cited or _belongs(line, boxes, url))]
    box = prose[-1].owner.getparent()
    found += [line for line in lines[last + 1 :] if line in links and line in cited and line.owner.getparent() is box]
    found += _steps(line for line in amid if line not in links)
    begun = {line.owner.getparent() for line in chosen if line.kind == "p"}
    whole = lines[places[chosen[0]] : places[chosen[-1]]]
    found += [
        line for line in whole if line.owner in begun and line not in known and _goes_on(line, lines, places[line])
    ]
    title = next((line for line in lines if line.owner.tag == "h1"), None)
    found += [line for line in amid if line.owner.tag == "h1" and line is not title and line.owner.getparent() in boxes]
    said = Counter(line.text for line in found)  # what several say is a label: "see the rating"
    own = known.union(line for line in found if said[line.text] == 1)
    return [line for line in lines if line in own] if len(own) > len(known) else chosen


def _belongs(link: Line, boxes: Container[object], url: str) -> bool:
    """Whether a link stands in one of the boxes, itself or its list, or is an item that leads to another site."""
    tag, above = link.owner.tag, link.owner.getparent()
    if tag == "li" and above is not None:
        above = above.getparent()
    return (tag in {"p", "li"} and above in boxes) or (tag == "li" and leads_out(link.owner, url))


def _goes_on(line: Line, lines: Sequence[Line], place: int) -> bool:
    """Whether a line ends the sentence of a paragraph that a block amid it ended: HTML allows none there."""
    if line.kind or not line.text[0].islower():
        return False
    before = reversed(lines[max(0, place - MAX_BETWEEN) : place])
    beside = (one for one in before if one.owner.getparent() is line.owner)
    begun = next((one for one in beside if one.kind == "p"), None)
    return begun is not None and not ends_sentence(begun) and len(begun.text.split()) >= MIN_BEGUN


def _steps(lines: Iterable[Line]) -> Iterator[Line]:
    """Sentences without a link, in mere boxes of one form."""
    said = [
        line for line in lines if not line.kind and not line.linked and line.size >= MIN_STEP and ends_sentence(line)
    ]
    forms = [_form(line.owner) for line in said]
    counts = Counter(forms)
    return (line for line, form in zip(said, forms, strict=True) if counts[form] >= MIN_STEPS)


def _form(box: _Element) -> tuple[str | None, ...]:
    above = box.getparent()
    return box.get("class"), None if above is None else str(above.tag), None if above is None else above.get("class")
