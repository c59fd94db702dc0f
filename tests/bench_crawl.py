"""``make bench-crawl``: the whole pipeline against a plain Scrapy spider, on the same pages, in the same run, in turn.

Prints pages/s of both, the median of the ratios, the peak memory of both process trees and the longest time for which
our reactor was blocked. Exit status 0: the bars are met; 1: one is not.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from crawler.core import urls
from tests.real import DATA, HOSTS, PAGES, answer, sample, target
from tests.site.command import PERMAPRESS
from tests.torture.crawl import group
from tests.torture.plan import Kind, planned
from tests.torture.site import Reply, served

if TYPE_CHECKING:
    from tests.torture.site import Table

RATIO, MEMORY_MIB, BLOCKED_MS = 3.0, 1024, 50  # the bars of the issue
ROUNDS, PER_HOST = 3, 4
USUAL_BYTES = 110_000  # of a generated page, as the real ones have
BLOCKED = re.compile(r"reactor blocked at most ([\d.]+) ms")
_POST = '---\nlayout: post\ntitle: "An older title"\ndate: 2020-01-02\nauthor: Bench\nfrom: "{url}"\ntags: [ Bench ]\n---\n<div>\n</div>\n'

console = Console(highlight=False, markup=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Run:
    """How one crawl of all pages went."""

    pages: int  # that gave a Markdown file
    seconds: float
    cpu_s: float
    peak_mib: float
    blocked_ms: float | None

    @property
    def speed(self) -> float:
        return self.pages / self.seconds

    def __str__(self) -> str:
        blocked = "" if self.blocked_ms is None else f", reactor blocked for {self.blocked_ms:.0f} ms at most"
        return (
            f"{self.speed:5.1f} pages/s ({self.pages} files, {self.seconds:.1f} s, {self.cpu_s:.1f} s CPU), "
            f"{self.peak_mib:.0f} MiB{blocked}"
        )


def main() -> int:
    """Measure and judge."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_crawl", description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help=f"how many (default {PAGES})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"of each, in turn (default {ROUNDS})")
    options = parser.parse_args()
    asked: list[str] = []
    with (
        served(lambda port: _table(port, options.pages, asked), HOSTS) as site,
        tempfile.TemporaryDirectory(prefix="permapress-bench-") as name,
    ):
        kind = "real pages" if DATA.is_dir() else "generated pages"
        console.print(f"{len(asked)} {kind} on {len(HOSTS)} hosts at port {site.port}, {options.rounds} rounds")
        rounds = [_round(Path(name) / str(number), asked) for number in range(options.rounds)]
    return _judged(rounds)


def _judged(rounds: list[tuple[Run, Run]]) -> int:
    ratio = statistics.median(ours.speed / plain.speed for plain, ours in rounds)
    memory, plain_memory = (max(pair[one].peak_mib for pair in rounds) for one in (1, 0))
    blocked = [ours.blocked_ms for _, ours in rounds if ours.blocked_ms is not None]
    console.print(
        f"ratio {ratio:.2f} (the bar is {RATIO:g}); memory {memory:.0f} MiB (the bar is {MEMORY_MIB}), plain {plain_memory:.0f} MiB"
    )
    console.print(
        f"the reactor was blocked for {max(blocked):.0f} ms at most (the bar is {BLOCKED_MS})"
        if blocked
        else "the reactor was not watched"
    )
    met = ratio >= RATIO and memory < MEMORY_MIB and bool(blocked) and max(blocked) <= BLOCKED_MS
    console.print("every bar met" if met else "MISSED")
    return 0 if met else 1


def _table(port: int, pages: int, asked: list[str]) -> Table:
    """The pages by host; their URLs are added to `asked`."""
    table: Table = {
        (host, "/robots.txt"): (Reply(b"User-agent: *\nDisallow:\n", headers=(("Content-Type", "text/plain"),)),)
        for host in HOSTS
    }
    if DATA.is_dir():
        for number, (url, html) in enumerate(sample(pages)):
            host, found = HOSTS[number % len(HOSTS)], answer(html, zipped=number % 3 == 0)
            asked.append(urls.wire(f"http://{host}:{port}{target(url, number)}"))
            table[host, asked[-1].removeprefix(f"http://{host}:{port}")] = (Reply(found.body, headers=found.headers),)
        return table
    plan = planned(1, port, pages=pages * 2, posts=pages * 2)
    made = plan.table(USUAL_BYTES)
    for page in [page for page in plan.pages if page.kind is Kind.ARTICLE][:pages]:
        host = HOSTS[page.number % len(HOSTS)]
        asked.append(f"http://{host}:{port}{page.path}")
        table[host, page.path] = made[page.host, page.path]
    return table


def _round(folder: Path, asked: list[str]) -> tuple[Run, Run]:
    plain, ours = _plain(folder / "plain", asked), _ours(folder / "ours", asked)
    console.print(f"  plain {plain}\n  ours  {ours}\n  ratio {ours.speed / plain.speed:.2f}")
    return plain, ours


def _plain(folder: Path, asked: list[str]) -> Run:
    folder.mkdir(parents=True)
    (folder / "urls").write_text("\n".join(asked), encoding="utf-8")
    return _measured(
        [sys.executable, "-m", "tests.bench_plain", str(folder / "urls"), str(folder), str(PER_HOST)], folder, folder
    )


def _ours(folder: Path, asked: list[str]) -> Run:
    posts, config = folder / "posts", folder / "crawl.yaml"
    posts.mkdir(parents=True)
    config.write_text(f"politeness: {{delay: 0, per_host: {PER_HOST}}}\n", encoding="utf-8")
    for number, url in enumerate(asked):
        (posts / f"2020-01-02-{number}.md").write_text(_POST.format(url=url), encoding="utf-8")
    options = ("-o", str(folder), "--config", str(config), "--allow-private", "--json", "--depth", "0")
    return _measured([*PERMAPRESS, "follow", str(posts), *options], folder, folder / "_posts")


def _measured(command: list[str], folder: Path, made: Path) -> Run:
    used, started, peak = _used_s(), time.monotonic(), 0
    with (folder / "log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True,
            env=os.environ | {"PERMAPRESS_WATCH_REACTOR": "1"},
        )  # fmt: skip
        while process.poll() is None:
            peak = max(peak, sum(map(_resident, group(process.pid))))
            time.sleep(0.1)
        seconds = time.monotonic() - started
        log.seek(0)
        said = log.read()
    blocked = BLOCKED.search(said)
    files = len(list(made.glob("*.md"))) if made.is_dir() else 0
    if process.returncode or not files:
        raise SystemExit(f"{command[:5]} ended with {process.returncode}: {said[-3000:]}")
    return Run(files, seconds, _used_s() - used, peak / 2**20, float(blocked[1]) if blocked else None)


def _used_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    except OSError:  # it ended meanwhile
        return 0


if __name__ == "__main__":
    sys.exit(main())
