"""What stands in a headline before its words or behind them: a kicker, and who wrote the article or when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.about.headline import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

MIN_CLAIM_SHARE = 0.4  # of a headline, that a claim without its kicker says; as in `title`, by the same experiment
_BYLINE = re.compile(r"\s+(?:posted (?:on|by)|published (?:on|by)|by [A-Z]|编辑|記者|编辑委员|編集委員)", re.IGNORECASE)
MIN_REST = 15  # characters of a headline behind its day: fewer may be all that it says
_DAY = re.compile(r"(?:[0-3]?\d\.\s?[01]?\d\.\s?(?:20)?\d\d|20\d\d([-./])[01]\d\1[0-3]\d)\s*(?:[-–—|:]\s+|\s[-–—|:])")
_SIGNS = re.compile(r"[:：–—|]| - ")


def without_byline(heading: str, claims: Sequence[str]) -> str:
    """The claim that a heading begins with where the rest is who wrote it, or when."""
    return next((claim for claim in claims if claim and _BYLINE.match(heading.removeprefix(claim))), heading)


def without_day(heading: str) -> str:
    """A headline without its day before it: 24.12.2021 - All quiet in Ostrava."""
    day = _DAY.match(heading) if heading[:1].isdigit() else None
    rest = heading[day.end() :].strip() if day else ""
    return rest if len(rest) >= MIN_REST else heading


def without_kicker(heading: str, claims: Sequence[str]) -> str:
    """The claim that a heading ends with, if there is one: what stands before it is a kicker.

    The best claim decides: on eleven of twelve such pages, the title had the kicker just where that claim had it.
    """
    whole = bare(heading)
    if claims and bare(claims[0]) == whole:
        return heading
    ends = (claim for claim in claims if whole != bare(claim) and whole.endswith(bare(claim)))
    return next((claim for claim in ends if len(bare(claim)) >= MIN_CLAIM_SHARE * len(whole)), heading)


def as_written(heading: str, claims: Sequence[str]) -> str:
    """A heading as a claim writes it that says the same: where it has capitals alone, not in these.

    Else with the colon or dash that the heading shows by its lines alone, between a kicker and the rest.
    """
    is_loud = heading.isupper()
    if _SIGNS.search(heading) and not is_loud:
        return heading
    said = bare(heading)
    same = (one for one in claims if bare(one) == said)
    return next((one for one in same if (not one.isupper() if is_loud else _SIGNS.search(one))), heading)
