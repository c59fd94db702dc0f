"""What a visit of a URL gives: the two values that a spider yields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.core.model import Article, Capture, NoArticle, Seed, Status


@dataclass(frozen=True, slots=True)
class Finding:
    """What a visit found: the item a spider yields for every page that was read."""

    seed: Seed
    captures: tuple[Capture, ...]  # every attempt and redirect, in order; the last is the page read
    page_url: str  # after redirects
    result: Article | NoArticle
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a visit ended, and why."""

    url: str  # as found
    status: Status
    reason: str  # never empty
    at: datetime
    final_url: str | None = None  # after redirects; None: no response
    title: str | None = None
    post: str | None = None  # path relative to the output folder
    capture: Capture | None = None  # of the last attempt
    via: str | None = None
