"""`permapress extract WARC…`: posts again, offline."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.cli.app import ConfigFile, Exit, Json, Output, Quiet, app, exit_statuses

if TYPE_CHECKING:
    from crawler.core.visit import Outcome


@app.command()
def extract(
    *,
    warcs: Annotated[list[Path], typer.Argument(help="WARC or WACZ files, or folders of them.", metavar="WARC")],
    output: Output = None,
    config: ConfigFile = None,
    json: Json = False,
    quiet: Quiet = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")] = False,
) -> None:
    """Make posts again from WARC or WACZ files, offline."""
    from crawler.config import load
    from crawler.core.errors import WarcError
    from crawler.warc import warc_files
    from crawler.work.diff import difference
    from crawler.work.extract import extracted

    with exit_statuses() as voice:
        chosen = load(config, {"output": output})
        outcomes: list[Outcome] = []
        told = voice.teller(outcomes, json=json, quiet=quiet)
        files = warc_files(*warcs)
        if not files:
            raise WarcError(f"no WARC or WACZ files in {', '.join(map(str, warcs))}; name files, or a folder of them")
        for one in extracted(files, chosen, datetime.now(UTC), write=not diff):
            told(one.outcome)
            if diff and one.post and not json:
                voice.say(difference(one.post, chosen.posts))
    if any(outcome.status == "failed" for outcome in outcomes):
        raise typer.Exit(Exit.NOT_DONE)
