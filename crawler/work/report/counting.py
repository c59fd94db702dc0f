"""A run counted while it goes on. Its memory has a bound: what strangers vary without end is cut or lumped together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Status
from crawler.work.report.model import NAMES, Reason, Report, Slow, SourceReport
from crawler.work.tell import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from crawler.core.visit import Outcome

MAX_CHARACTERS = 200  # of a reason or a name: a line
MAX_DIFFERENT = 500  # reasons of a source, kinds of traps
MAX_HOSTS = 10_000
MOST_EXAMPLES = 5
MOST_REASONS = 5
MOST_HOSTS = 5

_OTHER = "other reasons"
_UNREMARKABLE = frozenset({Status.ARCHIVED, Status.UPDATED, Status.UNCHANGED})

_Counted = TypeVar("_Counted", str, tuple[str, str])


@dataclass(slots=True)
class _Counts:
    kind: str = ""
    failure: str | None = None
    not_modified: bool = False
    numbers: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)


class RunReport:
    """The report of one run, built up call by call; not for several threads."""

    def __init__(self, run: str, started: datetime) -> None:
        self._run, self._started = run, started
        self._sources: dict[str, _Counts] = {}
        self._received = 0
        self._hosts: dict[str, tuple[int, float]] = {}
        self._traps: Counter[str] = Counter()

    def source(
        self,
        name: str,
        kind: str,
        *,
        found: int = 0,
        undated: int = 0,
        problems: Iterable[str] = (),
        failed: str | None = None,
        not_modified: bool = False,
    ) -> None:
        """Count what a source named; further calls add to it, as for the parts of a sitemap.

        `name`: tells it from all others of the run, and is the same in every run. `found`: entries that point at an
        article, known ones too; `undated` of these have no date that can be read. `problems`: entries that cannot be
        used, each in words. `failed`: why the source itself could not be read. `not_modified`: it answered 304, so that
        `found` says nothing.
        """
        counts = self._of(name)
        counts.kind = kind
        counts.numbers["found"] += found
        counts.numbers["undated"] += undated
        counts.not_modified |= not_modified
        if failed is not None:
            counts.failure = _line(failed) or "no reason is known"
        for problem in problems:
            counts.numbers["problems"] += 1
            if len(counts.examples) < MOST_EXAMPLES:
                counts.examples.append(_line(problem))

    def outcome(
        self, outcome: Outcome, *, source: str, received: int = 0, seconds: float = 0.0, host: str | None = None
    ) -> None:
        """Count the end of a visit for the source that it descends from.

        `received`: bytes over the wire. `seconds`: that the host took to answer; 0: it was not asked. `host`: None is
        that of the outcome's URL.
        """
        counts = self._of(source)
        counts.numbers[NAMES[outcome.status]] += 1
        if outcome.status not in _UNREMARKABLE:
            _count(counts.reasons, (NAMES[outcome.status], _line(outcome.reason)), (NAMES[outcome.status], _OTHER))
        self._received += received
        if seconds > 0:
            self._time(_line(host if host is not None else _host(outcome.url)), seconds)

    def trap(self, kind: str, links: int = 1) -> None:
        """Count links that were left alone because they lead into a spider trap of that kind."""
        _count(self._traps, _line(kind), _OTHER, links)

    def ended(self, at: datetime, end: str = "finished") -> Report:
        """The report of a run that ended then; `end`: why, as "finished" or "pages: the limit of 500"."""
        return Report(
            run=self._run,
            started=self._started,
            ended=at,
            end=_line(end),
            sources=tuple(_source(name, counts) for name, counts in self._sources.items()),
            received=self._received,
            slowest=self._slowest(),
            traps=tuple(_most(self._traps)),
        )

    def _of(self, name: str) -> _Counts:
        return self._sources.setdefault(_line(name), _Counts())

    def _time(self, host: str, seconds: float) -> None:
        if host in self._hosts or len(self._hosts) < MAX_HOSTS:
            visits, before = self._hosts.get(host, (0, 0.0))
            self._hosts[host] = (visits + 1, before + seconds)

    def _slowest(self) -> tuple[Slow, ...]:
        slow = sorted(self._hosts.items(), key=lambda item: (-item[1][1] / item[1][0], item[0]))
        return tuple(Slow(host, visits, round(seconds, 3)) for host, (visits, seconds) in slow[:MOST_HOSTS])


def _source(name: str, counts: _Counts) -> SourceReport:
    return SourceReport(
        name=name,
        kind=counts.kind,
        failure=counts.failure,
        not_modified=counts.not_modified,
        examples=tuple(counts.examples),
        reasons=tuple(Reason(*why, visits) for why, visits in _most(counts.reasons)[:MOST_REASONS]),
        **counts.numbers,
    )


def _most(counter: Counter[_Counted]) -> list[tuple[_Counted, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


def _count(counter: Counter[_Counted], what: _Counted, other: _Counted, many: int = 1) -> None:
    counter[what if what in counter or len(counter) < MAX_DIFFERENT else other] += many


def _line(text: str) -> str:
    cut = text[:MAX_CHARACTERS] + "…" if len(text) > MAX_CHARACTERS else text
    return shown(" ".join(cut.split()))


def _host(url: str) -> str:
    try:
        return urls.host(url)
    except UrlError:
        return "(no host)"
