"""Links that make a line of their own amid an article's prose: what it speaks of, not what its site offers next."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crawler.extraction.body.cited import leads_out
from crawler.extraction.body.edges import PROSE, is_link

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Sequence

    from crawler.extraction.body.line import Line


def with_links(
    lines: Sequence[Line], chosen: list[Line], links: Collection[Line], cited: Container[Line], url: str
) -> list[Line]:
    """The chosen lines of a page, and those of `links` that belong among them, in the page's order.

    Between the first prose and the last: paragraphs and lists that stand in one box with prose, and what leads to other
    sites. Behind it: those of `cited` in its box. What several of them say goes.

    F1c .9619 to .9631 and .9583 to .9590, aeb F1 .9844 to .9856 and .9686 to .9700 (784 pages, two halves of the
    sites, 100 differ, four by more than .01 the worse); lists with links to other sites wherever they stand: .9621 and
    .9581 (2026-11-26).
    """
    prose = [line for line in chosen if line.size > PROSE and not is_link(line)] or chosen
    if not links or not prose:
        return chosen
    places = {line: number for number, line in enumerate(lines)}
    boxes = {line.owner.getparent() for line in prose if line.kind == "p"}
    known, reasons, last = set(chosen), {line.why for line in chosen}, prose[-1]
    found = []
    for line in lines[places[prose[0]] :]:
        if line not in links or line in known or line.why not in reasons:
            continue
        if places[line] < places[last]:
            if _stands_in(line, boxes) or line in cited or (line.owner.tag == "li" and leads_out(line.owner, url)):
                found.append(line)
        elif line in cited and line.owner.getparent() is last.owner.getparent():
            found.append(line)
    said = Counter(line.text for line in found)
    own = known.union(line for line in found if said[line.text] == 1)
    return [line for line in lines if line in own] if len(own) > len(known) else chosen


def _stands_in(line: Line, boxes: Container[object]) -> bool:
    above = line.owner.getparent()
    if line.owner.tag == "li" and above is not None:
        above = above.getparent()
    return line.owner.tag in {"p", "li"} and above in boxes
