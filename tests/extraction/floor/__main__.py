"""``python -m tests.extraction.floor``: what the extractor reaches on the floor's pages, beside the floor.

`--raise` writes the figures that are higher than before into the floor. `--worst` names the pages that miss something.
"""

from __future__ import annotations

import argparse
import sys

from rich.console import Console

from tests.extraction.floor.case import cases
from tests.extraction.floor.floor import FLOOR, raised, read, write
from tests.extraction.floor.score import figures, of_page


def main() -> int:
    """Measure, tell, and raise where that is asked for. Exit status 1: a figure is below the floor."""
    parser = argparse.ArgumentParser(prog="python -m tests.extraction.floor", description=__doc__)
    parser.add_argument("--raise", action="store_true", dest="is_raised", help="write what is higher into the floor")
    parser.add_argument("--worst", action="store_true", help="name the pages that miss something")
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    pages, floor = cases(), read()
    reached = figures(pages)
    if options.worst:
        for case in pages:
            missed = {name: round(value, 3) for name, value in of_page(case).items() if value < 1}
            if missed:
                console.print(f"{case.name:28}", ", ".join(f"{name} {value:g}" for name, value in missed.items()))
    console.print(f"{len(pages)} pages")
    for name, value in reached.items():
        below = "  BELOW" if value < floor.get(name, 0) else ""
        console.print(f"{name:32}{value:.3f}  floor {floor.get(name, 0):.3f}{below}")
    if options.is_raised:
        write(raised(floor, reached))
        console.print(f"written to {FLOOR.name}")
    return int(any(value < floor.get(name, 0) for name, value in reached.items()))


if __name__ == "__main__":
    sys.exit(main())
