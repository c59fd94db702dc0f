"""`permapress explain URL`: what was decided about it, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from crawler.cli.app import ConfigFile, Exit, Json, Output, app, exit_statuses


@app.command()
def explain(
    *,
    url: Annotated[str, typer.Argument(help="A page, in full: https://…", metavar="URL")],
    output: Output = None,
    config: ConfigFile = None,
    json: Json = False,
) -> None:
    """Tell who pointed at a URL, every visit of it with its reason, and what is kept of it."""
    from crawler.config import load
    from crawler.work.explain import Explanation

    with exit_statuses() as voice:
        explanation = Explanation(url, load(config, {"output": output}), datetime.now(UTC))
        voice.say(explanation.as_json() if json else explanation.as_text())
    if not explanation.is_known:
        raise typer.Exit(Exit.NOT_DONE)
