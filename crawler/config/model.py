"""Everything that decides how a command works."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from crawler.config.sections import Follow, Limits, Operator, Politeness, Refresh, Section, Warn
from crawler.config.sources import Source
from crawler.config.units import Place
from crawler.core import urls


class Config(Section):
    """Paths in crawl.yaml are relative to its folder; `~/` is the home folder."""

    operator: Annotated[Operator, Field(description="Who runs this.")] = Operator()
    output: Annotated[Place, Field(description="Folder for everything that a run writes.")] = Path("output")
    posts_dir: Annotated[Place | None, Field(description="Folder of the posts; empty: output/_posts.")] = None
    archive_dir: Annotated[Place | None, Field(description="Folder of the WARC files; empty: output/archive.")] = None
    sources: Annotated[
        tuple[Source, ...], Field(strict=False, description="What points at articles; `run` reads them all.")
    ] = ()
    seen: Annotated[Place | None, Field(description="A file of URLs that are not to be taken any more.")] = None
    state_file: Annotated[
        Place | None,
        Field(description="A small text file that goes into the repository where the disk does not last."),
    ] = None
    follow: Annotated[Follow, Field(description="Related articles.")] = Follow()
    politeness: Annotated[Politeness, Field(description="The pace of visits.")] = Politeness()
    refresh: Annotated[Refresh, Field(description="When articles are visited again.")] = Refresh()
    limits: Annotated[Limits, Field(description="Where a run ends although there is more to do.")] = Limits()
    warn: Annotated[Warn, Field(description="When a run exits 1 although it was done.")] = Warn()
    allow_private: Annotated[bool, Field(description="Visit loopback and private addresses too.")] = False

    @field_validator("sources")
    @classmethod
    def _each_once(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        first: dict[tuple[str, str], int] = {}
        doubled = []
        for number, source in enumerate(sources):
            before = first.setdefault((source.kind, _identity(source)), number)
            if before != number:
                words = f"the same {source.kind} as entry {before + 1}; remove one of them"
                doubled.append(
                    InitErrorDetails(type=PydanticCustomError("doubled", words), loc=(number,), input=source)
                )
        if doubled:
            raise ValidationError.from_exception_data("sources", doubled)
        return sources

    @property
    def posts(self) -> Path:
        """The folder of the posts."""
        return self.posts_dir or self.output / "_posts"

    @property
    def archive(self) -> Path:
        """The folder of the WARC files."""
        return self.archive_dir or self.output / "archive"

    @property
    def state(self) -> Path:
        """The folder of the ledger and of the reports."""
        return self.output / "state"


def _identity(source: Source) -> str:
    return urls.key(source.where) if isinstance(source.where, str) else os.path.normpath(source.where)
