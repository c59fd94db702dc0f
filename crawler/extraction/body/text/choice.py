"""Which lines of a page are its article: those of the place that names itself so, else of where its prose stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.body.text.amid import completed
from crawler.extraction.body.text.cited import cited
from crawler.extraction.body.text.edges import is_link, size, trimmed, without_edges
from crawler.extraction.body.text.endings import others, without_section
from crawler.extraction.body.text.feeds import feeds
from crawler.extraction.body.text.line import PROSE
from crawler.extraction.body.text.signs import PLACES
from crawler.extraction.tree import heart

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from crawler.extraction.body.text.line import Line
    from crawler.extraction.body.text.places import Place
    from crawler.extraction.body.text.survey import Survey

MIN_CHARACTERS = 250  # of an article, else it is looked for elsewhere; this and the next two: trafilatura 2.3.1
MIN_PARAGRAPHS = 750  # characters of a page's paragraphs; with less, it writes them as mere boxes
# Of a place's prose; where more of it is called something else, its names mean nothing: a list of items called slides.
# Swept .5-.8 on 434 pages of one half of the sites (2026-11-25): F1c .943 with each; .939 with trafilatura's guard,
# which is 6/7 of all text.
MAX_NAMED_SHARE = 0.5
# Swept on 383 pages of one half of the sites (2026-11-25): prose from 80, 100, 120, 140 characters a line, share .2-.5.
# 80 and .5: F1c .934, pages under .8 9.4 %; 120 or 140 and .3: .941, 7.8 %; trafilatura's own comparison .937, 9.4 %.
# The share .15, .2, .25, .3 again on 390 pages of one half and 394 of the other (2026-11-26): F1c .944, .942, .943,
# .941 and .947, .947, .948, .948; a page or two tell them apart.
MIN_PROSE_SHARE = 0.25  # of the page's prose, that a place which names itself must hold
MAIN_SHARE = 0.7  # of the page's prose, that the place where it stands holds
# No places of their own: what opens a text that is a list stands before the list. F1c .922 to 1 of one page, one other
# of 1,464 differs (2026-11-27).
_PARTS = frozenset({"p", "li", "ul", "ol", "dl", "dd", "blockquote"})


def choice(survey: Survey, url: str = "") -> tuple[list[Line], list[Line]]:
    """The article's lines, in order, and those among and around them that are none; empty: nothing is like one."""
    feed, named, foreign = feeds(survey.lines, url), cited(survey.lines, url), others(survey.lines)
    lines = [line for line in survey.lines if line not in foreign] if foreign else survey.lines
    chosen = _chosen(survey, survey.farms | feed | foreign)
    chosen = completed(lines, chosen, survey.farms - feed, named, url)
    kept = without_edges(without_section(lines, chosen), named)
    known = set(kept)
    return kept, [line for line in (*chosen, *foreign) if line not in known]


def _chosen(survey: Survey, none: Container[Line]) -> list[Line]:
    spoken = [line for line in survey.lines if line.kind == "p"]
    boxes = sum(line.size for line in spoken if not survey.is_out(line.why)) < MIN_PARAGRAPHS
    standing = [line for line in survey.lines if _speaks(line, boxes=boxes) and line not in none]
    prose = [line for line in _prose(survey, standing) if not survey.is_out(line.why)]
    enough = max(MIN_CHARACTERS, MIN_PROSE_SHARE * size(prose))
    places = _named(survey, standing)
    named = next(places, [])
    if size(named) >= enough:
        return named
    placed = _around(survey, standing, prose)
    if size(placed) <= size(named):
        return named
    return _wider(placed, set(_prose(survey, named)), places, enough)


def _wider(placed: list[Line], named: set[Line], places: Iterable[list[Line]], enough: float) -> list[Line]:
    """The place of the prose, or the next named one around both, where the first holds prose that it would lose.

    What opens a report that goes on hour by hour: F1c .9591 to .9596 and .9609 to .9614 on two quarters of the sites,
    as before on the two others; with any of its lines, two of eight pages gained menus (2026-11-27).
    """
    lost = named.difference(placed)
    wider = (lines for lines in places if size(lines) >= enough and lost.issubset(lines))
    return next(wider, placed) if lost else placed


def _speaks(line: Line, *, boxes: bool) -> bool:
    """Whether a line may be of a text. Its title is not: that stands above every post. Nor are teasers."""
    return (
        not (line.size > PROSE and is_link(line))  # F1c .942, .948; .941, .947 without (2026-11-26)
        and line.owner.tag != "h1"
        and (bool(line.kind) or line.broken or boxes or line.size > PROSE)
    )


def _named(survey: Survey, standing: list[Line]) -> Iterator[list[Line]]:
    """The lines of each place that names itself so, best first."""
    known = set(standing)
    for number in range(PLACES):
        if (place := survey.places.get(number)) is not None:
            lines = trimmed(line for line in _inside(survey, place) if line in known)
            if len(lines) > 1:
                yield lines


def _inside(survey: Survey, place: Place) -> list[Line]:
    lines = survey.lines[place.first : place.last]
    kept = [line for line in lines if not survey.is_out(line.why, place.why)]
    prose = size(_prose(survey, lines))
    if not prose or size(_prose(survey, kept)) > (1 - MAX_NAMED_SHARE) * prose:
        return kept
    return [line for line in lines if not survey.is_out(line.why, place.why, hidden=True)]


def _prose(survey: Survey, lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.size > PROSE and line not in survey.farms]


def _around(survey: Survey, standing: list[Line], prose: list[Line]) -> list[Line]:
    """What stands in the smallest element that holds most of the prose."""
    main = heart(((line.owner, line.size) for line in prose), MAIN_SHARE)
    if main is None:
        return []
    if main.tag == "td" and (row := main.getparent()) is not None:
        main = row
    while main.tag in _PARTS and (parent := main.getparent()) is not None:
        main = parent
    inside = (line for line in standing if line.owner is main or main in line.owner.iterancestors())
    return trimmed(line for line in inside if not survey.is_out(line.why))
