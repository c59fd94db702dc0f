"""The command at another time: libfaketime moves the clock of the whole process tree."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.judges import need
from tests.site.command import PERMAPRESS

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """How a run went."""

    status: int
    told: tuple[dict, ...]
    output: str
    log: str

    def ends(self) -> dict[str, str]:
        """Status by path of the URL."""
        return {"/" + row["url"].split("/", 3)[3]: row["status"] for row in self.told}

    def reasons(self) -> dict[str, str]:
        return {"/" + row["url"].split("/", 3)[3]: row["reason"] for row in self.told}


def run_at(later: timedelta, config: Path, *options: str, cwd: Path | None = None) -> Run:
    """`permapress run --json` so much later than now."""
    need("faketime")
    clock = ["faketime", "-f", f"+{int(later.total_seconds())}s"] if later else []
    ran = subprocess.run(
        [*clock, *PERMAPRESS, "run", str(config), "--json", "--allow-private", *options],
        capture_output=True, text=True, encoding="utf-8", timeout=100, check=False, cwd=cwd,
    )  # fmt: skip
    told = tuple(json.loads(line) for line in ran.stdout.splitlines())
    return Run(ran.returncode, told, ran.stdout, ran.stderr)
