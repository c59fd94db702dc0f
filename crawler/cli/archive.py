"""`permapress archive URL…`: the one-off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from crawler.cli.app import ConfigFile, Exit, Json, Output, Private, Quiet, app, complain, exit_statuses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.core.model import Seed
    from crawler.core.visit import Outcome
    from crawler.run.crawl import End


@app.command()
def archive(
    *,
    urls: Annotated[list[str], typer.Argument(help="The pages to archive, in full: https://…", metavar="URL")],
    output: Output = None,
    config: ConfigFile = None,
    json: Json = False,
    quiet: Quiet = False,
    allow_private: Private = False,
) -> None:
    """Fetch pages, keep every byte in a WARC file, write the articles as posts."""
    from crawler.cli.progress import progress
    from crawler.config import load
    from crawler.extraction.processes.early import begun
    from crawler.work.inert import inert
    from crawler.work.place import ledger_of
    from crawler.work.seeds import typed

    with exit_statuses() as voice:
        seeds = typed(urls)
        chosen = load(config, {"output": output, "allow_private": allow_private or None})
        outcomes: list[Outcome] = []
        told = voice.teller(outcomes, json=json, quiet=quiet)
        with begun(len(seeds), inert):
            from crawler.run.job import archive_job
            from crawler.run.workers import work

            job = archive_job(seeds)
            with progress(job.name, ledger_of(chosen), quiet=quiet):
                end = work(job, chosen, told, "ERROR" if quiet else "WARNING")
    raise typer.Exit(_status(end, seeds, outcomes))


def _status(end: End, seeds: Sequence[Seed], outcomes: Sequence[Outcome]) -> Exit:
    from crawler.run.crawl import End

    visits = len({seed.key for seed in seeds})
    if end is End.STORAGE:
        return Exit.STORAGE
    if end is End.INTERRUPTED or len(outcomes) < visits:
        complain(f"{end}: {visits - len(outcomes)} of {visits} URLs have no outcome; run it again")
    if end is End.INTERRUPTED:
        return Exit.INTERRUPTED
    return Exit.DONE if len(outcomes) == visits and all(outcome.post for outcome in outcomes) else Exit.NOT_DONE
