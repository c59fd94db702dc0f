"""A report beside those of earlier runs: what was well and is not any more.

The numbers to cross are the section `warn` of crawl.yaml; 0 turns a caution off.

- ``failing``     the source could not be read in `failing_runs` runs, this one and those right before it
- ``silent``      it named no article in `silent_runs` such runs, and did before; a 304 says neither
- ``undated``     more than `undated` of its latest entries have no date, while of the earlier ones few lacked it
- ``no_article``  more than `no_article` of its latest pages gave no article, while of the earlier ones few gave none

The last two take runs together, backwards, until there are enough pages or entries for a share to mean something:
a source with two articles an hour is judged too. Few is less than a fifth. Runs that were warned of the same do not
count as earlier ones, so that a caution stays until it is mended.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from crawler.work.report.model import Caution, Kind, Report, SourceReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from crawler.config import Warn

ENOUGH = 5  # entries or pages
FEW = 0.2

_Past = list[tuple[Report, SourceReport]]  # a source in the runs that had it, the latest first
_Share = tuple[int, int]  # so many bad ones of so many


def judged(report: Report, earlier: Iterable[Report], warn: Warn) -> Report:
    """The report with its cautions, source by source; `earlier`: the latest first, this one among them or not."""
    before = [other for other in earlier if other.run != report.run]
    return replace(report, cautions=tuple(_cautions(report, before, warn)))


def _cautions(report: Report, earlier: Sequence[Report], warn: Warn) -> Iterator[Caution]:
    runs: dict[str, _Past] = {source.name: [(report, source)] for source in report.sources}
    for other in earlier:
        for its in other.sources:
            if its.name in runs:
                runs[its.name].append((other, its))
    for source in report.sources:
        for kind, words in _worries(source, runs[source.name], warn):
            yield Caution(kind, source.name, words)


def _worries(source: SourceReport, runs: _Past, warn: Warn) -> Iterator[tuple[Kind, str]]:
    if source.failure is not None:
        failures = _in_a_row(runs, lambda its: its.failure is not None)
        if 0 < warn.failing_runs <= failures:
            yield Kind.FAILING, f"could not be read in {_runs(failures)}: {source.failure}; see whether it moved"
        return
    read = [(report, its) for report, its in runs if not its.not_modified]
    silence = _in_a_row(read, lambda its: its.found == 0)
    if source.kind and not source.not_modified and 0 < warn.silent_runs <= silence and _named_before(read[silence:]):
        yield Kind.SILENT, f"named no article in {_runs(silence)}, and did before; see whether it moved or changed"
    if share := _jump(runs, Kind.UNDATED, warn.undated, _undated):
        yield Kind.UNDATED, f"{share} entries have no date that can be read; see how it writes dates now"
    if share := _jump(runs, Kind.NO_ARTICLE, warn.no_article, _without_article):
        yield Kind.NO_ARTICLE, f"{share} pages gave no article; see with `permapress explain` what comes instead"


def _undated(its: SourceReport) -> _Share:
    return its.undated, its.found


def _without_article(its: SourceReport) -> _Share:
    return its.no_article, its.pages


def _in_a_row(runs: _Past, holds: Callable[[SourceReport], bool]) -> int:
    return sum(1 for _ in takewhile(lambda run: holds(run[1]), runs))


def _named_before(runs: _Past) -> bool:
    return any(its.found for _, its in runs)


def _jump(runs: _Past, kind: Kind, most: float, share_of: Callable[[SourceReport], _Share]) -> str:
    """The latest share in words where it crossed `most` and was small before; else nothing."""
    shares = [share_of(its) for _, its in runs]
    if not most or not shares[0][1]:
        return ""
    latest = 1
    while latest < len(shares) and sum(every for _, every in shares[:latest]) < ENOUGH:
        latest += 1
    bad, every = map(sum, zip(*shares[:latest], strict=True))
    calm = [share for share, run in zip(shares[latest:], runs[latest:], strict=True) if not _was_warned(run, kind)]
    bad_before, every_before = sum(bad for bad, _ in calm), sum(every for _, every in calm)
    if min(every, every_before) < ENOUGH or bad <= most * every or bad_before >= FEW * every_before:
        return ""
    return f"{bad} of its {every} latest"


def _was_warned(run: tuple[Report, SourceReport], kind: Kind) -> bool:
    report, its = run
    return any(caution.kind is kind and caution.source == its.name for caution in report.cautions)


def _runs(many: int) -> str:
    return "this run" if many == 1 else f"{many} runs one after the other"
