"""Reports as a run makes them, in few words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.core.model import Status
from crawler.core.visit import Outcome
from crawler.work.report import RunReport

if TYPE_CHECKING:
    from crawler.work.report import Report

AT = datetime(2026, 11, 3, 4, 5, 6, tzinfo=UTC)
FEED = "Example Daily"


def outcome(status: Status = Status.ARCHIVED, reason: str = "so", url: str = "https://a.example/1") -> Outcome:
    return Outcome(url=url, status=status, reason=reason, at=AT)


def run(number: int, *, ends: dict[Status, int] | None = None, **source: object) -> Report:
    """The report of the hour of that number, with one feed; `source` as in `RunReport.source`."""
    started = AT + timedelta(hours=number)
    report = RunReport(f"{started:%Y%m%dT%H%M%SZ}-0000", started)
    report.source(FEED, "feed", **source)
    for status, many in (ends or {}).items():
        for _ in range(many):
            report.outcome(outcome(status), source=FEED)
    return report.ended(started + timedelta(minutes=1))
