"""The commands people type. No logic: arguments in, a job called, its outcomes printed, an exit status out."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from crawler.cli import (  # noqa: F401 - each puts its command into the app, in this order
    archive,
    explain,
    extract,
    follow,
    init,
    run,
    status,
    verify,
)
from crawler.cli.app import app
from crawler.core.collector import look_seldom


def main() -> None:
    """The `permapress` program."""
    look_seldom()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # whatever the locale: titles are Chinese
    app()
