"""``make bench``: the extractor on the shared bench, beside trafilatura with metadata in the same run.

Prints a table for all pages, for the domains that work on the extractor looks at, and for those that are left out of
it. A figure is marked where its goal is missed; a gain under two standard deviations (±) is noise. Where the bench is
not beside the repository, one line says so. Exit status 0 in either case.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from typing import TYPE_CHECKING

from rich.console import Console

from tests.bench_figures import FIGURES, SLOWEST, SPEED, Figure, Value, Values, values
from tests.bench_pages import BENCH, DEV, HELD_OUT, OURS, PROCESSES, THEIRS, part, readings, rows

if TYPE_CHECKING:
    from tests.bench_pages import Readings, Row

ROWS = (*FIGURES, SPEED, SLOWEST)
ALL_PAGES = "all pages"


def main() -> int:
    """Read, score, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_extract", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every eighth page")
    parser.add_argument("--datasets", help="some sets only, as in aeb,fundus")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True, stderr=options.json)
    if not (BENCH / "run_bench.py").is_file():
        console.print(f"skipped: the extraction bench is not at {BENCH}")
        return 0
    pages = rows(quick=options.quick, datasets=options.datasets.split(",") if options.datasets else None)
    started = time.monotonic()
    made = readings(pages, console)
    parts = {name: [row for row in pages if name in {ALL_PAGES, part(row)}] for name in (ALL_PAGES, DEV, HELD_OUT)}
    found = _figures({name: of_part for name, of_part in parts.items() if of_part}, made)
    if options.json:
        sys.stdout.write(_json(found) + "\n")
        return 0
    broken = sum("error" in reading for reading in made[OURS].values())
    console.print(f"{len(pages)} pages, {time.monotonic() - started:.0f} s; {broken} raised")
    for name, of_part in parts.items():
        if of_part:
            console.print(f"\n{name} ({len(of_part)})\n" + "\n".join(_table(found[name])))
    return 0


def _figures(parts: dict[str, list[Row]], made: dict[str, Readings]) -> dict[str, Values]:
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        return dict(zip(parts, pool.starmap(values, [(of_part, made) for of_part in parts.values()], 1), strict=True))


def _table(found: Values) -> list[str]:
    lines = [f"{'':22}{OURS:>17}{THEIRS:>17}{'goal':>9}"]
    for row in ROWS:
        ours, theirs = found.get((OURS, row.name)), found.get((THEIRS, row.name))
        if ours is not None:
            goal = f"{'≤' if row.at_most else '≥'} {_number(row, row.goal)}"
            missed = "" if row.is_met(ours.value) else "  missed"
            lines.append(f"{row.name:22}{_cell(row, ours)}{_cell(row, theirs)}{goal:>9}{missed}")
    return lines


def _cell(row: Figure, value: Value | None) -> str:
    if value is None:
        return f"{'–':>10}{'':7}"
    sd = "" if value.sd is None else f" ±{value.sd:.3f}".replace("0.", ".")
    return f"{_number(row, value.value):>10}{sd:7}"


def _number(row: Figure, value: float) -> str:
    if row is SLOWEST:
        return f"{value:.0f}"
    return f"{value:.2f}" if row is SPEED else f"{value:.3f}".removeprefix("0")


def _json(found: dict[str, Values]) -> str:
    told = {
        name: {
            row.name: {
                extractor: {"value": round(value.value, 4), "sd": value.sd and round(value.sd, 4)}
                for extractor in (OURS, THEIRS)
                if (value := of_part.get((extractor, row.name))) is not None
            }
            | {"goal": row.goal}
            for row in ROWS
        }
        for name, of_part in found.items()
    }
    return json.dumps(told, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
