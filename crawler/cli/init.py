"""`permapress init [DIR]`: what a new user starts from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.app import Json, Quiet, app, complain, exit_statuses, named_folder

Place = Annotated[
    Path | None, typer.Argument(help="Where to write them.", metavar="DIR", parser=named_folder, show_default="here")
]


@app.command()
def init(
    *,
    place: Place = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that are there.")] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Write nothing; print the JSON Schema of crawl.yaml.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write a commented crawl.yaml, and files for systemd, cron and GitHub Actions."""
    from crawler.work.init import written
    from crawler.work.tell import one_line, shown

    with exit_statuses() as voice:
        if schema:
            from crawler.config import schema as schema_of_config

            voice.say(schema_of_config())
            return
        folder = (place or Path()).resolve()  # systemd takes no path with `..` in it
        for file in written(folder, _program(), _user(), force=force):
            path = folder / file.path
            if json:
                voice.say(one_line({"file": str(path), "written": file.written}))
            elif file.written and not quiet:
                voice.say(f"written  {shown(str(path))}")
            if not file.written:
                complain(f"{shown(str(path))} is there already and was kept; --force overwrites it")
        if not (json or quiet):
            voice.say("\nNext: name your sources in crawl.yaml, then `permapress run --config crawl.yaml`.")


def _program() -> tuple[str, ...]:
    """What starts this very installation: its script, or the module where there is none."""
    script = Path(sys.executable).parent / "permapress"
    return (str(script.absolute()),) if script.is_file() else (sys.executable, "-m", "crawler")


def _user() -> str:
    import os
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # as in a container that knows its users by number
        return str(os.getuid())
