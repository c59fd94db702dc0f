"""Where on the page a reading stands that is a text alone: its runs, without the copies that furniture holds."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from crawler.extraction.belongs import in_furniture
from crawler.extraction.runs import Run, matched, runs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

MAIN_SHARE = 0.9  # of the matched text: one element that holds that much is where the article is
MIN_OUTLIER_CHARACTERS = 40  # matched text elsewhere on the page counts from here: shorter is often furniture's


def placed(page: _Element, reading: _Element) -> list[Run]:
    """Matched runs where the article is: of a text that stands there, copies elsewhere are furniture."""
    found = matched(runs(page), runs(reading))
    main = _main(found)
    known: dict[_Element, bool] = {}
    inside = {run for run in found if main is not None and (run.owner is main or main in run.owner.iterancestors())}
    here = {run.bare for run in inside}
    return [
        run
        for run in found
        if run in inside
        or (run.bare not in here and len(run.bare) >= MIN_OUTLIER_CHARACTERS and not in_furniture(run.owner, known))
    ]


def _main(found: Iterable[Run]) -> _Element | None:
    """The smallest element that holds nearly all matched text."""
    weight: dict[_Element, int] = {}
    branches: list[list[_Element]] = []
    for run in found:
        branch: list[_Element] = []
        for element in chain([run.owner], run.owner.iterancestors()):
            if element in weight:
                break
            weight[element] = 0
            branch.append(element)
        branches.append(branch)
        weight[run.owner] += len(run.bare)
    for element in chain.from_iterable(reversed(branches)):  # whatever stands in an element comes before it
        if (parent := element.getparent()) is not None:
            weight[parent] += weight[element]
    total = max(weight.values(), default=0)
    heavy = [element for element, characters in weight.items() if characters >= MAIN_SHARE * total]
    return max(heavy, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)
