"""What the commands share: the program, its options, its exit statuses."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.work.tell import Voice


class Exit(IntEnum):
    """The exit statuses that are promised."""

    DONE = 0
    NOT_DONE = 1  # an `archive` URL gave no post, a source failed
    USAGE = 2
    STORAGE = 3  # what cannot be written, or a ledger that cannot be used
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


def named_folder(text: str) -> Path:
    """A folder as typed; an empty name, as of a variable that is not set, would be the one where one stands."""
    if not text:
        raise typer.BadParameter("it is empty; name a folder, or write . for this one")
    return Path(text)


Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        help="Folder for posts and archive.",
        show_default="output",
        parser=named_folder,
        metavar="DIR",
    ),
]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="A crawl.yaml.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object per outcome on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Only errors.")]
Private = Annotated[bool, typer.Option("--allow-private", help="Visit loopback and private addresses too.")]


@app.callback(invoke_without_command=True)
def permapress(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False
) -> None:
    """Print the version where it is asked for."""
    if version:
        print(f"permapress {__version__}")
        raise typer.Exit


def complain(text: object) -> None:
    """A line on standard error."""
    print(f"permapress: {text}", file=sys.stderr)


@contextmanager
def exit_statuses() -> Iterator[Voice]:
    """Errors of ours become a line and an exit status."""
    from crawler.core import errors
    from crawler.run.interrupt import heed_signals
    from crawler.work.tell import Voice

    statuses = {  # the first that fits
        errors.UrlError: Exit.USAGE,
        errors.ConfigError: Exit.CONFIG,
        errors.StorageError: Exit.STORAGE,
        errors.NoLedgerError: Exit.NOT_DONE,
        errors.LedgerError: Exit.STORAGE,
        errors.LockedError: Exit.LOCKED,
    }
    voice = Voice()
    heed_signals()
    try:
        yield voice
        voice.was_heard()
    except errors.PermapressError as err:
        complain(err)
        raise typer.Exit(next((s for kind, s in statuses.items() if isinstance(err, kind)), Exit.NOT_DONE)) from err
    except KeyboardInterrupt as err:
        raise typer.Exit(Exit.INTERRUPTED) from err
