"""`permapress status [OUTPUT]`: where it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.app import ConfigFile, Json, app, exit_statuses, named_folder

Place = Annotated[
    Path | None, typer.Argument(help="An output folder.", metavar="OUTPUT", parser=named_folder, show_default="output")
]


@app.command()
def status(*, output: Place = None, config: ConfigFile = None, json: Json = False) -> None:
    """Tell of runs, outcomes, what waits, hosts that trouble and links that die."""
    from crawler.config import load
    from crawler.work.status import Report

    with exit_statuses() as voice:
        report = Report(load(config, {"output": output}), datetime.now(UTC))
        voice.say(report.as_json() if json else report.as_text())
