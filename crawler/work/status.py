"""`status`: where an output stands, for a person and for a machine.

A link is dying or dead where its last visit says so: `gone` (`rescued` too: its article was found elsewhere),
`refused`, `failed`. It lives where a page came, with an article or without one; `changed` is a page that differed from
the visit before. What we left out ourselves says nothing of the link and is not counted.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crawler.core.model import Status
from crawler.core.visit import SCHEDULED
from crawler.ledger.status import standing
from crawler.posts.content import Unreadable
from crawler.posts.folder import files
from crawler.warc import warc_files
from crawler.work.explain_json import iso
from crawler.work.place import ledger_of
from crawler.work.report import earlier, headline
from crawler.work.report.keeping import as_object
from crawler.work.tell import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from crawler.config import Config
    from crawler.ledger.frontier import Counts
    from crawler.ledger.status import Run

MOST_HOSTS = 20  # of dying links in the text; JSON has all

MOST_REPORTS = 3  # of scheduled runs; state/runs has all

_WIDTH = 10
_LIVES = {
    Status.ARCHIVED: "alive",
    Status.UNCHANGED: "alive",
    Status.NO_ARTICLE: "alive",
    Status.UPDATED: "changed",
    Status.GONE: "gone",
    Status.RESCUED: "gone",
    Status.REFUSED: "refused",
    Status.FAILED: "failed",
}
_DYING = ("gone", "refused", "failed")


class Report:
    """How an output stands at a time, ready to be told.

    Raises (when made): LedgerError where there is no ledger or it is damaged; StorageError.
    """

    def __init__(self, config: Config, at: datetime) -> None:
        self._found = standing(ledger_of(config), at)
        warcs = warc_files(config.archive) if config.archive.is_dir() else []
        self._archive = (len(warcs), sum(warc.stat().st_size for warc in warcs))
        posts = files([config.posts]) if config.posts.is_dir() else ()
        self._posts = sum(not isinstance(post, Unreadable) for post in posts)
        self._reports = [*earlier(config.state, MOST_REPORTS)]
        self._links = {host: _lives(statuses) for host, statuses in sorted(self._found.links.items())}

    def as_text(self) -> str:
        """Lines for a person, labels aligned."""
        return "\n".join(f"{label:<{_WIDTH}} {shown(text)}".rstrip() for label, text in self._lines())

    def _lines(self) -> Iterator[tuple[str, str]]:
        found = self._found
        number, size = self._archive
        yield "archive", f"{number} files, {size:,} bytes"
        yield "posts", f"{self._posts:,}"
        yield "visits", _counted(found.counts.finished) or "none has ended"
        later = f"; the next {iso(found.next_due)}" if found.next_due else ""
        pending, due = found.counts.pending, found.due
        yield "pending", f"{due:,} due now, {pending - due:,} later, {found.counts.leased:,} leased{later}"
        # The counts are the job's: those of one scheduled run are in its report.
        yield from (("run", _of_run(run)) for run in found.runs if run.job != SCHEDULED)
        yield from (("report", headline(report)) for report in self._reports)
        for latest in self._reports[:1]:
            yield from (("warning", f"{caution.source}: {caution.words}") for caution in latest.cautions)
        yield from (("failing", f"{host}: {many} failures since the last answer") for host, many in found.failing)
        yield from (("on hold", f"{host} until {iso(until)}") for host, until in found.held)
        yield from _dying(self._links)

    def as_json(self) -> str:
        """The same as one object on one line."""
        found = self._found
        told = {
            "archive": {"files": self._archive[0], "bytes": self._archive[1]},
            "posts": self._posts,
            "visits": found.counts.finished,
            "pending": {
                "due": found.due,
                "later": found.counts.pending - found.due,
                "leased": found.counts.leased,
                "next_due": found.next_due and iso(found.next_due),
            },
            "runs": [_run_json(run) for run in found.runs],
            "reports": [as_object(report) for report in self._reports],
            "failing": dict(found.failing),
            "on_hold": {host: iso(until) for host, until in found.held},
            "links": self._links,
        }
        return json.dumps(told, ensure_ascii=True)


def _lives(statuses: Mapping[Status, int]) -> dict[str, int]:
    lives = dict.fromkeys(("alive", "changed", *_DYING), 0)
    for status, many in statuses.items():
        if life := _LIVES.get(status):
            lives[life] += many
    return lives


def _dying(links: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, str]]:
    """The hosts with most dying links, and how many hosts are left out."""
    dead = {host: sum(lives[life] for life in _DYING) for host, lives in links.items()}
    worst = sorted((host for host in dead if dead[host]), key=lambda host: (-dead[host], host))
    for host in worst[:MOST_HOSTS]:
        yield "dying", f"{host}: {_counted(links[host])}"
    if len(worst) > MOST_HOSTS:
        yield "", f"and links of {len(worst) - MOST_HOSTS:,} other hosts (--json names them)"


def _of_run(run: Run) -> str:
    left = run.counts.pending + run.counts.leased
    return (
        f"{run.run} {run.job}: since {iso(run.started)}, {_counted(run.counts.finished) or 'none ended'}, {left:,} left"
    )


def _counted(counts: Mapping[str, int] | Mapping[Status, int]) -> str:
    return ", ".join(f"{many:,} {name}" for name, many in counts.items() if many)


def _run_json(run: Run) -> dict[str, object]:
    return {"run": run.run, "job": run.job, "started": iso(run.started), **_counts_json(run.counts)}


def _counts_json(counts: Counts) -> dict[str, object]:
    return {"pending": counts.pending, "leased": counts.leased, "visits": counts.finished}
