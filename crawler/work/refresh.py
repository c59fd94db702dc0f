"""When a URL is visited again, by how its visit ended.

An article that was read: at each age in `refresh.recheck`, counted from the start of runs, a little early, so that a
timer which is a little early too does not miss it. One that changed begins anew; after the last it is left alone.
What could not be had is asked for more and more rarely, for good: hosts come back. Gone is what was missing on two
days.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.core.model import Status
from crawler.core.robots import is_worth_another_visit_soon
from crawler.core.visit import Kind, Next

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crawler.core.visit import Finish

EARLY = timedelta(minutes=10)  # at most; of a short interval a tenth

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_RARELY = (_DAY, 7 * _DAY, 30 * _DAY)  # and then every thirty days
_SOON = (_HOUR, 6 * _HOUR, *_RARELY)
_READ = {Status.ARCHIVED, Status.UPDATED, Status.UNCHANGED}


def next_visit(end: Finish, recheck: Sequence[timedelta], started: datetime) -> Next | None:
    """When; None: never by itself. `started`: the run. A step below zero counts visits in a row that got nothing."""
    lease, outcome = end.lease, end.outcome
    if lease.kind is not Kind.ARTICLE:  # every run asks sources
        return None
    if outcome.status in _READ:
        # A post that is kept, as somebody else's, is "archived" each time: only a change begins anew.
        step = 0 if outcome.status is Status.UPDATED else max(lease.step, 0)
        if step >= len(recheck):
            return None
        age = recheck[step - 1] if step else timedelta()
        return Next(started + _early(recheck[step] - age), step + 1)
    vain = max(-lease.step, 0)
    if outcome.status is Status.NO_ARTICLE and vain >= len(_RARELY) - 1:
        return None
    pauses = _SOON if _may_pass(outcome.status, outcome.reason) else _RARELY
    return Next(started + _early(pauses[min(vain, len(pauses) - 1)]), -(vain + 1))


def _may_pass(status: Status, reason: str) -> bool:
    """Whether the trouble may be over within the hour."""
    return status is Status.FAILED or is_worth_another_visit_soon(status, reason)


def _early(interval: timedelta) -> timedelta:
    return interval - min(interval / 10, EARLY)
