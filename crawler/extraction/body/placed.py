"""Where on the page a reading stands that is a text alone: its runs, without the copies that furniture holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.body.belongs import in_furniture
from crawler.extraction.body.runs import Run, matched, runs
from crawler.extraction.tree import heart

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN_SHARE = 0.9  # of the matched text: one element that holds that much is where the article is
MIN_OUTLIER_CHARACTERS = 40  # matched text elsewhere on the page counts from here: shorter is often furniture's


def placed(page: _Element, reading: _Element) -> list[Run]:
    """Matched runs where the article is: of a text that stands there, copies elsewhere are furniture."""
    found = matched(runs(page), runs(reading))
    main = heart(((run.owner, len(run.bare)) for run in found), MAIN_SHARE)
    known: dict[_Element, bool] = {}
    inside = {run for run in found if main is not None and (run.owner is main or main in run.owner.iterancestors())}
    here = {run.bare for run in inside}
    return [
        run
        for run in found
        if run in inside
        or (run.bare not in here and len(run.bare) >= MIN_OUTLIER_CHARACTERS and not in_furniture(run.owner, known))
    ]
