"""A report in words for a person: sources where all is as usual are one line together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from crawler.work.report.model import NAMES, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.work.report.model import Report, SourceReport

MAX_WIDTH = 40  # of a source's name in the table
SLOW_S = 3.0  # a visit; who answers faster is not worth a line

_COLUMNS = ("found", *NAMES.values())


def headline(report: Report) -> str:
    """The run on one line."""
    counts = ((total(report.sources, name), name) for name in NAMES.values())
    done = ", ".join(f"{many:,} {name}" for many, name in counts if many) or "nothing to visit"
    return (
        f"{report.run} {report.end}: {done}; {_sources(report)}, {report.received / 1e6:,.1f} MB, "
        f"{report.seconds:,.0f} s, {report.pages_per_s:.1f} pages/s"
    )


def as_text(report: Report) -> str:
    """Lines for a pipe or a log; the table's columns are aligned."""
    rows = [*_rows(report)]
    if not rows:
        return "\n".join(_lines(report))
    head, *rest = _lines(report)
    cells = [("source", *_COLUMNS), *rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    table = ["  ".join(f"{cell:{'>' if n else '<'}{widths[n]}}" for n, cell in enumerate(row)) for row in cells]
    return "\n".join((head, "", *table, "", *rest)).rstrip()


def as_table(report: Report) -> Sequence[Table | Text]:
    """The same for a terminal: what rich prints, piece by piece."""
    head, *rest = _lines(report)
    table = Table(box=None, pad_edge=False)
    table.add_column("source", overflow="fold")
    for name in _COLUMNS:
        table.add_column(name, justify="right")
    rows = [*_rows(report)]
    for row in rows:
        table.add_row(*map(Text, row))
    told = [Text(line, style="yellow" if line.startswith("warning") else "") for line in rest]
    return [Text(head, style="bold"), *([table] if rows else []), *told]


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    odd = _odd(report)
    for source in odd:
        yield _cells(source.name, [source])
    names = {source.name for source in odd}
    usual = [source for source in report.sources if source.name not in names]
    if odd and usual:
        yield _cells(f"{len(usual)} other{'s' if len(usual) > 1 else ''}", usual)


def _odd(report: Report) -> list[SourceReport]:
    """The sources that a person may want to look at."""
    doubtful = {caution.source for caution in report.cautions}
    return [
        source
        for source in report.sources
        if source.failure is not None or source.failed or source.problems or source.name in doubtful
    ]


def _cells(name: str, sources: Sequence[SourceReport]) -> tuple[str, ...]:
    short = name if len(name) <= MAX_WIDTH else name[: MAX_WIDTH - 1] + "…"
    return (short, *(f"{number:,}" if (number := total(sources, column)) else "-" for column in _COLUMNS))


def _lines(report: Report) -> Iterator[str]:
    yield headline(report)
    for source in _odd(report):
        if source.failure is not None:
            yield f"failed   {source.name}: {source.failure}"
        yield from (f"         {source.name}: {why.visits} {why.status}: {why.words}" for why in source.reasons)
        yield from (f"         {source.name}: {problem}" for problem in source.examples)
        if source.problems > len(source.examples):
            yield f"         {source.name}: and {source.problems - len(source.examples)} more such entries"
    slow = [
        f"{one.host} {one.seconds / one.visits:.1f} s" for one in report.slowest if one.seconds > SLOW_S * one.visits
    ]
    if slow:
        yield f"slow     {', '.join(slow)}"
    if report.traps:
        yield f"traps    {', '.join(f'{links:,} {kind}' for kind, links in report.traps)}"
    yield from (f"warning  {caution.source}: {caution.words}" for caution in report.cautions)


def _sources(report: Report) -> str:
    many = len(report.sources)
    return f"{many:,} source{'' if many == 1 else 's'}"
