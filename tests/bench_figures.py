"""The table of the extraction bench: its rows, and one figure of each for one part of the pages."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.bench_pages import OURS, THEIRS, key, scorer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench_pages import Readings, Row

ALL = "all"  # the group of all sets together
_TEXTS = frozenset({"text", "parts", "with", "without", "text_nosummary"})
_SHARES = frozenset({"bad", "title", "date", "authX", "img"})  # of pages: their sd is a binomial's


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: what is asked of which group of pages. `group` and `field` are the scorer's."""

    name: str
    group: str
    field: str
    goal: float
    at_most: bool = False

    def is_met(self, value: float) -> bool:
        return value <= self.goal if self.at_most else value >= self.goal


FIGURES = (
    Figure("body F1c, BODY5", "BODY5", "F1c", 0.955),
    Figure("pages under .8", "BODY5", "bad", 0.05, at_most=True),
    Figure("aeb F1", "aeb", "F1", 0.975),
    Figure("Chinese F1c", "ZH", "F1c", 0.96),
    Figure("Chinese titles", "ZH", "title", 0.95),
    Figure("Chinese authors", "ZH", "authX", 0.85),
    Figure("title, fundus", "fundus", "title", 0.95),
    Figure("title, all sets", ALL, "title", 0.9),
    Figure("date, fundus", "fundus", "date", 0.995),
    Figure("date, all sets", ALL, "date", 0.95),
    Figure("authors, fundus", "fundus", "authX", 0.93),
    Figure("authors, all sets", ALL, "authX", 0.85),
    Figure("tags, fundus", "fundus", "tag", 0.85),
    Figure("lead image, postlight", "postlight", "img", 0.95),
    Figure("images kept", "fundus", "imgR", 0.92),
    Figure("images, precision", "fundus", "imgP", 0.9),
    Figure("captions", "fundus", "cap", 0.9),
)
SPEED = Figure("CPU, times as fast", ALL, "speed", 2.5)
SLOWEST = Figure("p95, ms a page", ALL, "p95", 30, at_most=True)


@dataclass(frozen=True, slots=True)
class Value:
    """A figure for one extractor on one part of the pages. `sd`: None where it is not known."""

    value: float
    sd: float | None = None


Values = dict[tuple[str, str], Value]  # by extractor and name of the row


def values(rows: Sequence[Row], made: dict[str, Readings]) -> Values:
    """All figures that these pages give; a row is absent where none of them has gold for it."""
    found: Values = {}
    for name, readings in made.items():
        scores = scorer().score(rows, readings)
        scores[ALL] = scorer().score(*_together(rows, readings)).get(ALL, {})
        for figure in FIGURES:
            score = scores.get(figure.group, {})
            if figure.field in score:
                found[name, figure.name] = Value(score[figure.field], _sd(figure.field, score))
    return found | _times(rows, made)


def _together(rows: Sequence[Row], readings: Readings) -> tuple[list[Row], Readings]:
    """The same pages as one set, without their text, which is not asked of all."""
    pooled = [
        {**row, "dataset": ALL, "id": key(row), "gold": {k: v for k, v in row["gold"].items() if k not in _TEXTS}}
        for row in rows
    ]
    return pooled, {f"{ALL}/{page}": reading for page, reading in readings.items()}


def _sd(field: str, score: dict[str, Any]) -> float | None:
    if field in _SHARES:  # of at most so many pages: the scorer does not tell how many had gold
        return math.sqrt(score[field] * (1 - score[field]) / score["n"])
    return score.get("sd") if field in {"F1", "F1c"} else None


def _times(rows: Sequence[Row], made: dict[str, Readings]) -> Values:
    times = {name: sorted(readings[key(row)]["s"] for row in rows) for name, readings in made.items()}
    found = {
        (name, SLOWEST.name): Value(1_000 * seconds[int(len(seconds) * 0.95)])
        for name, seconds in times.items()
        if seconds
    }
    if (ours := sum(times[OURS])) > 0:
        found[OURS, SPEED.name] = Value(sum(times[THEIRS]) / ours)
        found[THEIRS, SPEED.name] = Value(1.0)
    return found
