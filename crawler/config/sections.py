"""The sections of crawl.yaml. A key without a value is as one that is not there: its default holds."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, ByteSize, ConfigDict, Field, field_validator, model_validator

from crawler.config.units import Size, Span

GIB = 1024**3


class Strict(BaseModel):
    """Unknown keys are refused, values taken as they are written: no number out of a text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Section(Strict):
    """Keys that all have a default."""

    @model_validator(mode="before")
    @classmethod
    def _without_the_empty(cls, written: object) -> object:
        if not isinstance(written, dict):
            return written
        return {name: value for name, value in written.items() if value is not None or name not in cls.model_fields}


class Operator(Section):
    """Who runs this: goes into the user agent and the warcinfo record."""

    name: Annotated[str, Field(description="Who runs this.")] = ""
    contact: Annotated[str, Field(description="A URL or mail address where a site's owner can complain.")] = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.name, self.contact) if part)


class Politeness(Section):
    """How gently hosts are visited."""

    per_host: Annotated[int, Field(ge=1, le=16, description="Connections to a host at once.")] = 1
    delay: Annotated[float, Field(ge=0, le=3600, description="Seconds between two requests to a host.")] = 1.0
    robots: Annotated[bool, Field(description="Whether robots.txt is obeyed.")] = True


class Follow(Section):
    """How far links of visited pages are followed."""

    related: Annotated[bool, Field(description="Whether at all.")] = True
    depth: Annotated[int, Field(ge=0, le=10, description="Steps from what a person or a source named.")] = 1
    per_article: Annotated[int, Field(ge=0, le=200, description="Of one page's links the first so many.")] = 20
    same_site: Annotated[bool, Field(description="Only those of the page's registered domain.")] = True


class Refresh(Section):
    """When articles are visited again, to see whether they changed."""

    recheck: Annotated[
        tuple[Span, ...],
        Field(strict=False, max_length=50, description="So long after the first visit of an article; empty: never."),
    ] = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))

    @field_validator("recheck")
    @classmethod
    def _later_and_later(cls, spans: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
        if any(first >= second for first, second in pairwise(spans)):
            raise ValueError("each counts from the first visit: write them in order, the shortest first, none twice")
        return spans


class Limits(Section):
    """Where a run ends although there is more to do; the rest is the next run's."""

    pages: Annotated[int | None, Field(ge=1, description="Visits of one run; empty: no limit.")] = None
    minutes: Annotated[float | None, Field(gt=0, description="Length of one run; empty: no limit.")] = None
    bytes: Annotated[Size | None, Field(description="What one run may fetch, as in 500MB; empty: no limit.")] = None
    disk_free: Annotated[Size, Field(description="What stays free on the disk of the archive; 0: nothing.")] = ByteSize(
        GIB
    )


_Share = Annotated[float, Field(ge=0, le=1)]


class Warn(Section):
    """When the report warns, and the run exits 1. 0 turns a warning off."""

    failing_runs: Annotated[
        int, Field(ge=0, le=1000, description="A source failed in so many runs, one after the other.")
    ] = 1
    silent_runs: Annotated[
        int, Field(ge=0, le=1000, description="A source that used to name articles named none in so many runs.")
    ] = 3
    undated: Annotated[
        _Share, Field(description="More than this share of a source's entries has no date, and it used to be few.")
    ] = 0.5
    no_article: Annotated[
        _Share,
        Field(description="More than this share of a source's pages gave no article, and it used to be few."),
    ] = 0.5
