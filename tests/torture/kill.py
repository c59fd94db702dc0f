"""``python -m tests.torture.kill``: crawls that are killed at random moments until they end, and judged.

Exit status 0: as many kills as were asked for (or as the time allowed), and no fault; 1: a fault, each of them printed;
130: Ctrl-C, and nothing is left running.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from rich.console import Console

from tests.torture.crawl import ENDS_S, children, end_group
from tests.torture.judge import fetched_again
from tests.torture.plan import planned
from tests.torture.setting import setting

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from tests.torture.setting import Setting

INTERRUPTED = 130

console = Console(highlight=False, markup=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Killed:
    """One crawl, and what became of it."""

    kills: int
    again: int  # fetches that the kills cost
    seconds: float
    faults: tuple[str, ...]


def killed(
    folder: Path, seed: int, *, workers: int = 1, pages: int = 400, most: int = 25, again: bool = False
) -> Killed:
    """One crawl of a site of its own, killed up to `most` times; everything random comes from `seed`."""
    random = Random(seed)
    plan, began = planned(seed, pages=pages, posts=pages // 4), time.monotonic()
    with setting(folder, plan, workers=workers) as here:
        status = _run(here, random, most)
        found = here.faults(again=again) if here.crawl.database.exists() else ["there is no database"]
        cost = fetched_again(here.plan, here.site.seen())
        crawl = here.crawl
    if status:
        found.insert(0, f"the last run ended with {status}: {crawl.log.read_text(encoding='utf-8')[-1500:]}")
    return Killed(len(crawl.kills), cost, time.monotonic() - began, tuple(found))


def _run(here: Setting, random: Random, most: int) -> int:
    """Start, kill, start again; the exit status of the run that came to its end."""
    crawl = here.crawl
    while len(crawl.kills) < most:
        process = crawl.started()
        try:
            if not _until(_moment(here, random), process):
                return process.wait()
            one = random.choice(children(process.pid) or [0]) if crawl.workers > 1 and random.random() < 0.5 else 0
            if one:
                crawl.kill(process, one=one)
                _until(lambda: False, process, random.uniform(0.5, 3))
            crawl.kill(process)
        finally:
            end_group(process)
    return crawl.finished()


def _moment(here: Setting, random: Random) -> Callable[[], bool]:
    """A question that is answered with True when it is time to kill: soon after the start, amid pages, near the end."""
    started, kind, jitter_s = time.monotonic(), random.random(), random.uniform(0, 0.3)
    if kind < 0.25:
        soon_s = random.uniform(0, 2)
        return lambda: time.monotonic() - started > soon_s
    before, pages = len(here.pages_seen()), random.randint(1, 60)
    left = random.randint(0, 12)
    met: list[float] = []

    def is_time() -> bool:
        if not met:
            seen = [(one.host, one.target) for one in here.site.seen() if one.is_page]
            if len(seen) - before >= pages if kind < 0.85 else len(here.plan.pages) - len(set(seen)) <= left:
                met.append(time.monotonic())
        return bool(met) and time.monotonic() - met[0] > jitter_s

    return is_time


def _until(is_time: Callable[[], bool], process: subprocess.Popen[bytes], within_s: float = ENDS_S) -> bool:
    """Wait for the moment; False: the process ended before."""
    over = time.monotonic() + within_s
    while process.poll() is None:
        if is_time() or time.monotonic() > over:
            return True
        time.sleep(0.01)
    return False


def main() -> int:
    """As many crawls as it takes, one process and three in turn."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument(
        "--minutes", type=float, default=40, help="stop after so long, whatever was reached (default 40)"
    )
    parser.add_argument("--pages", type=int, default=400, help="of the site (default 400)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 3], help="processes, in turn (default 1 3)")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6), help="default: another each time")
    parser.add_argument("--keep", type=Path, help="where a crawl with a fault is left; default: nowhere")
    options = parser.parse_args()
    console.print(f"seed {options.seed}: {options.kills} kills, at most {options.minutes:g} minutes")
    try:
        return _tortured(options)
    except KeyboardInterrupt:
        console.print("interrupted; the same seed does it again")
        return INTERRUPTED


def _tortured(options: argparse.Namespace) -> int:
    until, kills, number, wrong = time.monotonic() + 60 * options.minutes, 0, 0, 0
    while kills < options.kills and time.monotonic() < until:
        workers, seed = options.workers[number % len(options.workers)], options.seed + number
        with tempfile.TemporaryDirectory(prefix="permapress-torture-") as name:
            done = killed(Path(name), seed, workers=workers, pages=options.pages, again=number % 5 == 0)
            if done.faults and options.keep:
                shutil.copytree(name, options.keep / str(seed))
        kills, number, wrong = kills + done.kills, number + 1, wrong + len(done.faults)
        console.print(
            f"  {kills:4} kills; seed {seed}, {workers} process(es): {done.kills} kills, {done.again} pages fetched again, "
            f"{done.seconds:.0f} s" + "".join(f"\n    FAULT: {fault}" for fault in done.faults[:20])
        )
    console.print(f"{kills} kills in {number} crawls, {wrong} faults")
    return 1 if wrong or not kills else 0


if __name__ == "__main__":
    sys.exit(main())
