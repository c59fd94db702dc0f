"""The `permapress` command as a person calls it: arguments in, outcomes and exit status out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# What the console script does, of the sources at hand: a clone that borrows an environment tests its own.
PERMAPRESS = (sys.executable, "-c", "import sys; from crawler.cli import main; sys.exit(main())")


@dataclass(frozen=True, slots=True)
class Told:
    """One line of `--json`: what is read of it here."""

    url: str
    status: str
    reason: str
    post: str | None  # relative to the output folder
    warc: str | None  # base name
    via: str | None


@dataclass(frozen=True, slots=True)
class Ran:
    """How a call went."""

    status: int
    told: tuple[Told, ...]
    output: str
    log: str
    seconds: float


def permapress(*arguments: str | Path, timeout_s: float = 300) -> Ran:
    """Call the command and wait. `told` is empty without `--json`, and where no visit is made.

    Raises: subprocess.TimeoutExpired; ValueError for a line of `--json` that is none.
    """
    started = time.monotonic()
    ran = subprocess.run(
        [*PERMAPRESS, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout_s,
        check=False,
    )
    tells = "--json" in arguments and "--dry-run" not in arguments
    told = tuple(map(_told, ran.stdout.splitlines())) if tells else ()
    return Ran(ran.returncode, told, ran.stdout, ran.stderr, time.monotonic() - started)


def _told(line: str) -> Told:
    row = json.loads(line)
    warc = row["warc"]
    return Told(row["url"], row["status"], row["reason"], row["post"], warc and warc["file"], row["via"])


def busy() -> float:
    """How many runnable threads each core has, at least 1: by so much a time says less of the command."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def differing(made: Path, again: Path) -> list[str]:
    """Names of the posts that two folders do not hold alike, byte for byte; empty: they are the same."""
    names = {path.name for folder in (made, again) if folder.is_dir() for path in folder.iterdir()}
    return sorted(name for name in names if not _alike(made / name, again / name))


def _alike(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()
