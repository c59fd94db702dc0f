"""The commands people type. No logic: arguments in, a job called, its outcomes printed, an exit status out."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import IntEnum
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.core.model import Seed
    from crawler.core.visit import Outcome
    from crawler.run import End
    from crawler.work.tell import Voice


class Exit(IntEnum):
    """The exit statuses that are promised."""

    DONE = 0
    NOT_DONE = 1  # an `archive` URL gave no post, a source failed
    USAGE = 2
    STORAGE = 3
    CONFIG = 4
    LOCKED = 5
    DAMAGE = 6
    INTERRUPTED = 130


app = typer.Typer(
    name="permapress",
    help="Archives articles: the exact bytes in WARC files, the reading as front-matter Markdown posts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Folder for posts and archive.", show_default="output")
]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="A crawl.yaml.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object per outcome on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Only errors.")]
Place = Annotated[
    Path | None, typer.Argument(help="An output folder, or one post.", metavar="OUTPUT|POST", show_default="output")
]
Private = Annotated[bool, typer.Option("--allow-private", help="Visit loopback and private addresses too.")]


@app.callback(invoke_without_command=True)
def permapress(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False
) -> None:
    """Print the version where it is asked for."""
    if version:
        print(f"permapress {__version__}")
        raise typer.Exit


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
    from crawler.config import load
    from crawler.run import archive
    from crawler.work.seeds import typed

    with _exit_statuses() as voice:
        seeds = typed(urls)
        chosen = load(config, {"output": output, "allow_private": allow_private or None})
        outcomes: list[Outcome] = []
        end = archive(seeds, chosen, voice.teller(outcomes, json=json, quiet=quiet), "ERROR" if quiet else "WARNING")
    raise typer.Exit(_status(end, seeds, outcomes))


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

    with _exit_statuses() as voice:
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
) -> None:
    """Check every record, digest and post of an archive, or prove one post."""
    from crawler.config import load
    from crawler.work.repair import repairs
    from crawler.work.verify import archive_proofs, post_proof

    sound = True
    with _exit_statuses() as voice:
        post = place if place and place.is_file() else None
        beside = post.parent.parent if post and not config else None
        chosen = load(config, {"output": beside if post else place})
        proofs = (post_proof(one, chosen) for one in [post]) if post else archive_proofs(chosen)
        for proof in chain(repairs(chosen) if repair else (), proofs):
            sound &= proof.sound
            if json or not (quiet and proof.sound):
                voice.say(proof.as_json() if json else proof.as_text())
    if not sound:
        raise typer.Exit(Exit.DAMAGE)


def _status(end: End, seeds: Sequence[Seed], outcomes: Sequence[Outcome]) -> Exit:
    from crawler.run import End

    visits = len({seed.key for seed in seeds})
    if end is End.STORAGE:
        return Exit.STORAGE
    if end is End.INTERRUPTED or len(outcomes) < visits:
        _complain(f"{end}: {visits - len(outcomes)} of {visits} URLs have no outcome; run it again")
    if end is End.INTERRUPTED:
        return Exit.INTERRUPTED
    return Exit.DONE if len(outcomes) == visits and all(outcome.post for outcome in outcomes) else Exit.NOT_DONE


def _complain(text: object) -> None:
    print(f"permapress: {text}", file=sys.stderr)


@contextmanager
def _exit_statuses() -> Iterator[Voice]:
    from crawler.core.errors import ConfigError, PermapressError, StorageError, UrlError
    from crawler.work.tell import Voice

    statuses = {UrlError: Exit.USAGE, ConfigError: Exit.CONFIG, StorageError: Exit.STORAGE}
    voice = Voice()
    try:
        yield voice
        voice.was_heard()
    except PermapressError as err:
        _complain(err)
        raise typer.Exit(next((s for kind, s in statuses.items() if isinstance(err, kind)), Exit.NOT_DONE)) from err
    except KeyboardInterrupt as err:
        raise typer.Exit(Exit.INTERRUPTED) from err


def main() -> None:
    """The `permapress` program."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # whatever the locale: titles are Chinese
    app()
