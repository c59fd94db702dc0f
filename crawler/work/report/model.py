"""A finished report. Its texts are fit for a terminal, its fields are the keys of ``state/runs/<run>.json``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import AwareDatetime  # noqa: TC002 - pydantic reads the annotations

from crawler.core.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = {Status.ARCHIVED: "new"} | {status: str(status) for status in Status if status is not Status.ARCHIVED}
"""What each status is called in a report; the order is that of its columns."""


class Kind(StrEnum):
    """What a caution is about."""

    FAILING = "failing"  # the source itself cannot be read
    SILENT = "silent"  # it can, and names nothing any more
    UNDATED = "undated"  # its entries lost their dates
    NO_ARTICLE = "no_article"  # its pages are there, and no article is found in them


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that was well in earlier runs and is not any more; the words say what to do."""

    kind: Kind
    source: str
    words: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why visits of a source ended as they did, and how many."""

    status: str
    words: str
    visits: int


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source: what it named, and how the visits of that, and of what was followed from there, ended."""

    name: str
    kind: str  # feed, sitemap, posts, list, …; empty: only visits are known of it
    failure: str | None = None  # why it could not be read; None: it could
    not_modified: bool = False  # it said that nothing changed since (304): what it names was not read again
    found: int = 0  # entries that point at an article, known ones too
    undated: int = 0  # of these, without a date that can be read
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rescued: int = 0
    gone: int = 0
    excluded: int = 0
    refused: int = 0
    no_article: int = 0
    failed: int = 0
    problems: int = 0  # entries that could not be used
    examples: tuple[str, ...] = ()  # the first few of these
    reasons: tuple[Reason, ...] = ()  # the most frequent, of visits that gave no article

    @property
    def visits(self) -> int:
        """How many ended."""
        return sum(getattr(self, name) for name in NAMES.values())

    @property
    def pages(self) -> int:
        """Pages that were read, with an article or without one."""
        return self.new + self.updated + self.unchanged + self.no_article


@dataclass(frozen=True, slots=True)
class Slow:
    """A host that answered slowly."""

    host: str
    visits: int
    seconds: float  # of all of them together


@dataclass(frozen=True, slots=True)
class Report:
    """A run that has ended."""

    run: str
    started: AwareDatetime
    ended: AwareDatetime
    end: str  # why: "finished", or what stopped it
    sources: tuple[SourceReport, ...]  # in the order in which they were read
    received: int  # bytes over the wire
    slowest: tuple[Slow, ...]  # the slowest first, by the time of one visit
    traps: tuple[tuple[str, int], ...]  # kinds of spider traps, and links that were left alone for it; the most first
    cautions: tuple[Caution, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it took."""
        return max(0.0, (self.ended - self.started).total_seconds())

    @property
    def visits(self) -> int:
        """How many ended."""
        return total(self.sources, "visits")

    @property
    def pages_per_s(self) -> float:
        """Visits that went out to a host, by the second."""
        asked = self.visits - total(self.sources, "excluded")
        return asked / self.seconds if self.seconds else 0.0

    @property
    def is_sound(self) -> bool:
        """Whether nobody need look; `run` exits 1 where it is not."""
        return not self.cautions


def total(sources: Iterable[SourceReport], name: str) -> int:
    """A number of theirs, summed up."""
    return sum(getattr(source, name) for source in sources)
