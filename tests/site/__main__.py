"""``python -m tests.site [--port N]``: the site for a person to look at, until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
from threading import Event

from rich.console import Console

from tests.site.routes import VISITS, answers
from tests.site.server import serve


def main() -> int:
    """Serve until interrupted. 0: it was; 1: the port cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m tests.site", description="Serve the demo news site on loopback.")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    port: int = parser.parse_args().port
    out, err = (Console(stderr=stderr, soft_wrap=True, highlight=False, markup=False) for stderr in (False, True))
    try:
        with serve(answers(), port=port) as site:
            out.print(site.base)
            for visit in VISITS:
                err.print(f"  {site.base}{visit.path}  ({visit.shows})")
            Event().wait()
    except KeyboardInterrupt:
        return 0
    except (OSError, OverflowError) as refused:
        err.print(f"port {port}: {refused}; choose another with --port, or none")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
