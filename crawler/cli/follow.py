"""`permapress follow PATH…`: what existing posts point at, and the related articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.cli.app import ConfigFile, Exit, Json, Output, Private, Quiet, app, exit_statuses

if TYPE_CHECKING:
    from crawler.core.visit import Outcome


@app.command()
def follow(
    *,
    paths: Annotated[list[Path], typer.Argument(help="Posts: files, folders, globs.", metavar="PATH")],
    output: Output = None,
    config: ConfigFile = None,
    json: Json = False,
    quiet: Quiet = False,
    allow_private: Private = False,
    depth: Annotated[int | None, typer.Option("--depth", help="Steps along related articles.")] = None,
    workers: Annotated[int, typer.Option("--workers", help="Processes.", min=1, max=16)] = 1,
) -> None:
    """Follow the from URLs of existing posts."""
    from crawler.config import load
    from crawler.job import follow_job
    from crawler.run import End
    from crawler.work.seeds import seeds_under
    from crawler.workers import work

    with exit_statuses() as voice:
        flags = {"output": output, "allow_private": allow_private or None}
        chosen = load(config, flags | ({"follow": {"depth": depth}} if depth is not None else {}))
        outcomes: list[Outcome] = []
        told = voice.teller(outcomes, json=json, quiet=quiet)
        job = follow_job(paths, seeds_under(paths), chosen, annotate=False)
        end = work(job, chosen, told, "ERROR" if quiet else "WARNING", workers)
    ends = {End.FINISHED: Exit.DONE, End.INTERRUPTED: Exit.INTERRUPTED, End.STORAGE: Exit.STORAGE}
    raise typer.Exit(ends[end])
