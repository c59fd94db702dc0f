"""When a URL is visited again, by how its visit ended.

An article that was read: after each interval of `refresh.recheck`, from the start of the run on, a little early, so
that a timer which is a little early too does not miss it. One that changed begins anew; after the last interval it is
left alone. What could not be had is asked for more and more rarely, for good: hosts come back. Gone is what was
missing on two days.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.core.model import Status
from crawler.core.robots import UNREACHABLE
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
        step = max(lease.step, 0) if outcome.status is Status.UNCHANGED else 0
        return Next(started + _early(recheck[step]), step + 1) if step < len(recheck) else None
    vain = max(-lease.step, 0)
    if outcome.status is Status.NO_ARTICLE and vain >= len(_RARELY) - 1:
        return None
    pauses = _SOON if _may_pass(outcome.status, outcome.reason) else _RARELY
    return Next(started + _early(pauses[min(vain, len(pauses) - 1)]), -(vain + 1))


def _may_pass(status: Status, reason: str) -> bool:
    """Whether the trouble may be over within the hour."""
    return status is Status.FAILED or reason.startswith(UNREACHABLE)


def _early(interval: timedelta) -> timedelta:
    return interval - min(interval / 10, EARLY)
