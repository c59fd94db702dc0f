"""`permapress run [crawl.yaml]`: one scheduled run over all sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.cli.app import Exit, Json, Output, Private, Quiet, app, complain, exit_statuses

if TYPE_CHECKING:
    from crawler.core.visit import Outcome
    from crawler.run.crawl import End
    from crawler.work.report import Report
    from crawler.work.tell import Voice

DEFAULT = Path("crawl.yaml")

Given = Annotated[
    Path | None, typer.Argument(help="The configuration.", metavar="CRAWL.YAML", show_default="crawl.yaml")
]


@app.command()
def run(
    *,
    given: Given = None,
    config: Annotated[Path | None, typer.Option("--config", help="The same, as an option.")] = None,
    output: Output = None,
    json: Json = False,
    quiet: Quiet = False,
    allow_private: Private = False,
    workers: Annotated[int, typer.Option(min=1, max=16, help="Processes that share the work.")] = 1,
) -> None:
    """Read all sources, archive what is new, look again at what may have changed, and report."""
    from crawler.cli.progress import progress
    from crawler.config import load
    from crawler.core.visit import SCHEDULED
    from crawler.run.scheduled import scheduled
    from crawler.work.place import ledger_of
    from crawler.work.tell import as_json, as_text

    with exit_statuses() as voice:
        chosen = load(_named(given, config), {"output": output, "allow_private": allow_private or None})

        def told(outcome: Outcome) -> None:
            if json:
                voice.say(as_json(outcome))
            elif not quiet and outcome.post and outcome.status != "unchanged":
                voice.say(as_text(outcome))

        with progress(SCHEDULED, ledger_of(chosen), quiet=quiet):
            end, report = scheduled(chosen, told, "ERROR" if quiet else "WARNING", workers)
        _summary(report, voice, json=json, quiet=quiet)
    raise typer.Exit(_status(end, report))


def _named(given: Path | None, config: Path | None) -> Path:
    from crawler.core.errors import ConfigError

    if given and config and given != config:
        raise ConfigError(f"two configurations are named, {given} and {config}; name one")
    found = given or config or DEFAULT
    if not found.exists():
        raise ConfigError(f"{found} is not there; `permapress init` writes one to begin with")
    return found


def _summary(report: Report, voice: Voice, *, json: bool, quiet: bool) -> None:
    """On standard output; with `--json`, which has that, only the warnings, on standard error."""
    import sys

    from rich.console import Console

    from crawler.work.report import as_table, as_text

    if json or quiet:
        for caution in report.cautions:
            complain(f"{caution.source}: {caution.words}")
    elif sys.stdout.isatty():
        console = Console(highlight=False)
        for piece in as_table(report):
            console.print(piece)
    else:
        voice.say(as_text(report))


def _status(end: End, report: Report) -> Exit:
    from crawler.run.crawl import End

    if end is End.STORAGE:
        return Exit.STORAGE
    if end is End.INTERRUPTED:
        complain("interrupted: what was finished is kept, the next run does the rest")
        return Exit.INTERRUPTED
    return Exit.DONE if report.is_sound else Exit.NOT_DONE
