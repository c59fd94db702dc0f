"""Dying links, host by host: what became of the URLs that posts point at."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Status
from crawler.work.tell import one_line, shown

if TYPE_CHECKING:
    from crawler.core.visit import Outcome

MAX_LINES = 20  # hosts in the text; a person looks at the worst, a machine gets all

_COLUMNS = {
    Status.ARCHIVED: "alive",
    Status.UNCHANGED: "alive",
    Status.UPDATED: "changed",
    Status.GONE: "gone",
    Status.REFUSED: "refused",
    Status.FAILED: "failed",
}


@dataclass(frozen=True, slots=True)
class Row:
    """The visits of one host, by how they ended."""

    host: str
    alive: int = 0  # archived, unchanged
    changed: int = 0
    gone: int = 0
    refused: int = 0
    failed: int = 0
    other: int = 0  # no article, excluded by us, rescued

    @property
    def dying(self) -> int:
        """How many were not there, or not for us."""
        return self.gone + self.refused + self.failed


_NUMBERS = tuple(field.name for field in fields(Row))[1:]


class Tally:
    """Outcomes counted by host, one by one; not one of them is held."""

    def __init__(self) -> None:
        self._hosts: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, outcome: Outcome) -> None:
        """Count an outcome for the host that was asked first, wherever it led from there."""
        try:
            host = urls.host(outcome.url)
        except UrlError:
            host = "(no host)"
        self._hosts[host][_COLUMNS.get(outcome.status, "other")] += 1

    def rows(self) -> list[Row]:
        """A row a host, the one with the most dying links first; among equals by name."""
        rows = (Row(host, **counts) for host, counts in self._hosts.items())
        return sorted(rows, key=lambda row: (-row.dying, row.host))

    def as_text(self) -> str:
        """An aligned table of the worst hosts and the sum of all; empty where nothing was counted."""
        rows = self.rows()
        if not rows:
            return ""
        every = f"all {len(rows)} hosts" if len(rows) > 1 else "in all"
        total = Row(every, **{name: sum(getattr(row, name) for row in rows) for name in _NUMBERS})
        cells = [["host", *_NUMBERS], *(_cells(row) for row in (*rows[:MAX_LINES], total))]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        return "\n".join(_aligned(line, widths) for line in cells)

    def as_json(self) -> str:
        """One line: an object whose `hosts` are all rows, each an object with the columns' names."""
        return one_line({"hosts": [{name: getattr(row, name) for name in ("host", *_NUMBERS)} for row in self.rows()]})


def _cells(row: Row) -> list[str]:
    return [shown(row.host), *(str(getattr(row, name) or "-") for name in _NUMBERS)]


def _aligned(cells: list[str], widths: list[int]) -> str:
    first, *rest = (f"{cell:{'<' if not n else '>'}{widths[n]}}" for n, cell in enumerate(cells))
    return "  ".join((first, *rest))
