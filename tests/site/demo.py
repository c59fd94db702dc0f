"""``make demo``: archives the news site of this package on loopback and shows what came of it.

Exit status 0: every address ended as the table says, and the WARC files alone gave every post again; 1: not so.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from fastwarc import ArchiveIterator
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from tests.site.command import differing, permapress
from tests.site.routes import VISITS, answers
from tests.site.server import serve

if TYPE_CHECKING:
    from tests.site.command import Ran

FOLDER = Path("output/demo")
CRAWL = "# The demo's site is on this machine and ours: no need to wait a second between two pages.\npoliteness:\n  delay: 0.05\n"
HEAD_LINES, HEAD_COLUMNS = 24, 150

console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 180)


def main() -> int:
    """Archive, show, judge."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    (FOLDER / "crawl.yaml").write_text(CRAWL, encoding="utf-8")
    try:
        with serve(answers()) as site:
            console.print(f"A news site of {len(VISITS)} addresses is served at {site.base}; archiving it …")
            ran = _archived([site.base + visit.path for visit in VISITS])
        wrong = _outcomes(ran, site.base) + _posts(ran) + _warcs() + _again()
    except KeyboardInterrupt:
        console.print("interrupted; what was written so far lies in", str(FOLDER))
        return 130
    if wrong:
        console.print("\nNot as it should be:", *wrong, "", "The log of the run:", ran.log[-4000:], sep="\n  ")
        return 1
    _next()
    return 0


def _archived(urls: list[str]) -> Ran:
    options = ("--output", FOLDER, "--config", FOLDER / "crawl.yaml", "--allow-private", "--json")
    return permapress("archive", *urls, *options)


def _outcomes(ran: Ran, base: str) -> list[str]:
    by_url = {told.url: told for told in ran.told}
    console.print(f"{len(ran.told)} outcomes after {ran.seconds:.1f} s:")
    table = Table("outcome", "address", "what it is there for", "why it ended so", box=SIMPLE_HEAD)
    wrong = []
    for visit in VISITS:
        told = by_url.get(base + visit.path)
        table.add_row(told.status if told else "none", visit.path, visit.shows, told.reason if told else "")
        if told is None or told.status != visit.expected:
            wrong.append(f"{visit.path}: expected {visit.expected}, got {told.status if told else 'no outcome'}")
    console.print(table)
    if len(ran.told) != len(VISITS):
        wrong.append(f"{len(VISITS)} addresses, {len(ran.told)} outcomes")
    return wrong


def _posts(ran: Ran) -> list[str]:
    posts = [told.post for told in ran.told if told.post]
    console.print(f"\n{len(posts)} posts:", *(f"{FOLDER}/{post}" for post in sorted(posts)), sep="\n  ")
    golden = next((told.post for told in ran.told if VISITS[0].path in told.url), None)
    if golden is None:
        return ["the golden page gave no post"]
    lines = (FOLDER / golden).read_text(encoding="utf-8").splitlines()
    console.print(f"\nThe first {HEAD_LINES} lines of {FOLDER}/{golden}:\n")
    for line in lines[:HEAD_LINES]:
        console.print("  │", line if len(line) <= HEAD_COLUMNS else line[:HEAD_COLUMNS] + " …")
    return []


def _warcs() -> list[str]:
    files = sorted((FOLDER / "archive").glob("*.warc.gz"))
    console.print("\nWARC files, read by FastWARC:")
    for path in files:
        with path.open("rb") as stream:
            kinds = Counter(record.headers["WARC-Type"] for record in ArchiveIterator(stream))
        records = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        console.print(f"  {path}  {path.stat().st_size:,} bytes: {records}")
    return [] if files else ["no WARC file was closed"]


def _again() -> list[str]:
    ran = permapress("extract", FOLDER / "archive", "--output", FOLDER / "again")
    differ = differing(FOLDER / "_posts", FOLDER / "again" / "_posts")
    if ran.status or differ:
        return [f"extract ended with {ran.status}; posts that differ: {', '.join(differ) or 'none'}\n{ran.log[-2000:]}"]
    console.print(f"\nMade again from the WARC files alone, byte for byte the same: {FOLDER}/again/_posts")
    ran = permapress("verify", FOLDER, "--quiet")
    return [f"verify ended with {ran.status}: {ran.output}{ran.log}"] if ran.status else []


def _next() -> None:
    hints = Table.grid(padding=(0, 3, 0, 2))
    hints.add_row(f"permapress verify {FOLDER}", "prove the archive")
    hints.add_row(f"permapress extract {FOLDER}/archive -o {FOLDER} --diff", "what a new reading would change")
    hints.add_row("python -m tests.site --port 8000", "the site itself, in a browser")
    hints.add_row("permapress archive https://… -o output", "a page of your own")
    console.print("\nWhere to look next (the commands lie in .venv/bin):")
    console.print(hints)


if __name__ == "__main__":
    sys.exit(main())
