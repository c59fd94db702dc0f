"""`permapress verify [OUTPUT|POST]`: the archive proved."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.app import ConfigFile, Exit, Json, Quiet, app, exit_statuses, named_folder

Place = Annotated[
    Path | None,
    typer.Argument(
        help="An output folder, or one post.", metavar="OUTPUT|POST", parser=named_folder, show_default="output"
    ),
]


@app.command()
def verify(
    *,
    place: Place = None,
    config: ConfigFile = None,
    json: Json = False,
    quiet: Quiet = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="First close what a crash left open, and make missing posts again.")
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="First make the database again, from the archive and the posts.")
    ] = False,
) -> None:
    """Check every record, digest and post of an archive, or prove one post."""
    from crawler.config import load
    from crawler.work.rebuild import rebuilt
    from crawler.work.repair import leases_returned, repairs
    from crawler.work.verify import archive_proofs, post_proof

    sound = True
    with exit_statuses() as voice:
        post = place if place and place.is_file() else None
        beside = post.parent.parent if post and not config else None
        chosen = load(config, {"output": beside if post else place})
        proofs = (post_proof(one, chosen) for one in [post]) if post else archive_proofs(chosen)
        at = datetime.now(UTC)
        first = chain(
            repairs(chosen) if repair else (),
            rebuilt(chosen, at) if rebuild else leases_returned(chosen, at) if repair else (),
        )
        for proof in chain(first, proofs):
            sound &= proof.sound
            if json or not (quiet and proof.sound):
                voice.say(proof.as_json() if json else proof.as_text())
    if not sound:
        raise typer.Exit(Exit.DAMAGE)
