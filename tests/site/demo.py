"""``make demo``: follows a folder of posts to the news site of this package on loopback and shows what came of it.

Exit status 0: every address ended as the table says, the posts in place changed by added lines only, and the WARC
files alone gave every post again; 1: not so.
"""

from __future__ import annotations

import difflib
import json
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from fastwarc import ArchiveIterator
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from crawler.core.model import Status
from tests.site.command import differing, permapress
from tests.site.posts import NOWHERE, POSTS, write_posts
from tests.site.routes import VISITS, answers
from tests.site.server import serve

if TYPE_CHECKING:
    from tests.site.command import Ran

FOLDER = Path("output/demo")
POSTED, IN_PLACE = FOLDER / "posts", FOLDER / "site"
PACE = "# The demo's site is on this machine and ours: no need to wait a second between two pages.\npoliteness:\n  delay: 0.05\n"
HEAD_LINES, HEAD_COLUMNS = 24, 150
EXPECTED = {visit.path: visit for visit in VISITS}
NAMED = {post.path.partition("?")[0] for post in POSTS}
GOLDEN, LINKED = VISITS[0].path, VISITS[1].path

console = Console(highlight=False, markup=False, soft_wrap=True)
tables = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 170)


def main() -> int:
    """Follow, show, judge."""
    started = time.monotonic()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    (FOLDER / "crawl.yaml").write_text(PACE, encoding="utf-8")
    try:
        with serve(answers()) as site:
            write_posts(site.base, POSTED)
            console.print(f"{len(POSTS) + 1} posts lie in {POSTED}; the news site that they point at is {site.base}.")
            wrong = _planned() + _followed(site.base) + _again() + _in_place(site.base)
        wrong += _told(site.base) + _warcs() + _extracted()
    except KeyboardInterrupt:
        console.print("interrupted; what was written so far lies in", str(FOLDER))
        return 130
    if wrong:
        console.print("\nNot as it should be:", *wrong, sep="\n  ")
        return 1
    _next(time.monotonic() - started)
    return 0


def _asked(*arguments: str | Path) -> Ran:
    """A call of the command, shown as a person would type it."""
    shown = " ".join(str(word) for word in arguments if word not in {"--json", "--quiet"})
    console.print(f"\n$ permapress {shown}")
    return permapress(*arguments)


def _follow(*more: str | Path) -> Ran:
    return _asked("follow", POSTED, "-o", FOLDER, "--config", FOLDER / "crawl.yaml", "--allow-private", "--json", *more)


def _planned() -> list[str]:
    ran = _asked("follow", POSTED, "-o", FOLDER, "--dry-run", "--json")
    told = [json.loads(line) for line in ran.output.splitlines()]
    table = Table("decision", "post", "why", box=SIMPLE_HEAD)
    for row in told:
        table.add_row(row["decision"], Path(row["post"]).name, row["reason"].replace(f"{POSTED}/", ""))
    tables.print(table)
    counts = Counter(row["decision"] for row in told)
    return [] if counts == {"visit": 12, "version": 1, "skipped": 1} else [f"dry run: {dict(counts)}\n{ran.log}"]


def _followed(base: str) -> list[str]:
    ran = _follow()
    by_path = {told.url.removeprefix(base): told for told in ran.told}
    table = Table("outcome", "address", "named by", "what it is there for", "why it ended so", box=SIMPLE_HEAD)
    wrong = [] if ran.status == 0 else [f"follow ended with {ran.status}: {ran.log[-4000:]}"]
    for path, visit in EXPECTED.items():
        told = by_path.pop(path, None)
        named = "a post" if path in NAMED else "a link"
        table.add_row(told.status if told else "none", path, named, visit.shows, told.reason if told else "")
        if told is None or told.status != visit.expected:
            wrong.append(f"{path}: expected {visit.expected}, got {told.status if told else 'no outcome'}")
    tables.print(table)
    found = [told.url for told in ran.told if told.via and told.via.startswith(base)]
    console.print(f"{len(ran.told)} outcomes after {ran.seconds:.1f} s; {len(found)} related articles found by links.")
    wrong += [f"{path}: nobody expected it" for path in by_path]
    return wrong + _posts(ran)


def _posts(ran: Ran) -> list[str]:
    posts = [told.post for told in ran.told if told.post]
    console.print(f"\n{len(posts)} posts:", *(f"{FOLDER}/{post}" for post in sorted(posts)), sep="\n  ")
    golden = next((told.post for told in ran.told if GOLDEN in told.url and told.post), None)
    if golden is None:
        return ["the golden page gave no post"]
    lines = (FOLDER / golden).read_text(encoding="utf-8").splitlines()
    console.print(f"\nThe first {HEAD_LINES} lines of {FOLDER}/{golden}:\n")
    for line in lines[:HEAD_LINES]:
        console.print("  │", line if len(line) <= HEAD_COLUMNS else line[:HEAD_COLUMNS] + " …")
    return []


def _again() -> list[str]:
    """What is captured is left alone; what gave no capture of an article is asked for once more."""
    ran = _follow()
    lost = sum(visit.expected is not Status.ARCHIVED for path, visit in EXPECTED.items())
    counts = Counter(told.status for told in ran.told)
    console.print(
        f"{counts[Status.ARCHIVED]} articles visited again; asked once more: {lost} pages that gave none "
        f"({', '.join(f'{count} {status}' for status, count in sorted(counts.items()))})."
    )
    return [] if len(ran.told) == lost and not counts[Status.ARCHIVED] else [f"a second follow: {dict(counts)}"]


def _in_place(base: str) -> list[str]:
    """On a copy of the posts that lies where posts are written."""
    posts = IN_PLACE / "_posts"
    shutil.copytree(POSTED, posts)
    ran = _asked(
        "follow", posts, "-o", IN_PLACE, "--annotate", "--depth", "0", "--config", FOLDER / "crawl.yaml", "--allow-private"
    )  # fmt: skip
    summary = ran.output.rpartition("\n\n")[2]
    console.print("…", *summary.splitlines(), sep="\n  ")
    changed, wrong = [], []
    for before in sorted(POSTED.iterdir()):
        old, new = (
            path.read_text(encoding="utf-8").splitlines(keepends=True) for path in (before, posts / before.name)
        )
        diff = list(difflib.unified_diff(old, new, str(before), str(posts / before.name)))
        if any(line.startswith("-") for line in diff[2:]):
            wrong.append(f"{before.name}: not only lines added")
        changed += [diff] if diff else []
    console.print(f"\n{len(changed)} posts have the evidence added, and no other byte; the first of them:\n")
    for line in changed[0] if changed else []:
        console.print("  │", line.rstrip("\n")[:HEAD_COLUMNS])
    # Versions of an article too: every post that points at it.
    if len(changed) != sum(EXPECTED[post.path.partition("?")[0]].expected is Status.ARCHIVED for post in POSTS):
        wrong.append(f"{len(changed)} posts annotated")
    if {path.name for path in posts.iterdir()} != {post.name for post in POSTS} | {NOWHERE}:
        wrong.append("a post was made beside those that are kept")
    return wrong + (
        [f"follow in place ended with {ran.status}: {ran.log}"] if ran.status or base not in ran.output else []
    )


def _told(base: str) -> list[str]:
    """Where the output stands, and what was decided about one of the related articles."""
    wrong = []
    for words, *arguments in (
        ("10 archived", "status", FOLDER),
        (base + GOLDEN, "explain", base + LINKED, "-o", FOLDER),
    ):
        ran = _asked(*arguments)
        console.print(*(line[:HEAD_COLUMNS] for line in ran.output.splitlines()), sep="\n")
        if ran.status or str(words) not in ran.output:
            wrong.append(f"{arguments[0]} ended with {ran.status}: {ran.log}{ran.output}")
    return wrong


def _warcs() -> list[str]:
    files = sorted((FOLDER / "archive").glob("*.warc.gz"))
    console.print("\nWARC files, read by FastWARC:")
    for path in files:
        with path.open("rb") as stream:
            kinds = Counter(record.headers["WARC-Type"] for record in ArchiveIterator(stream))
        records = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        console.print(f"  {path}  {path.stat().st_size:,} bytes: {records}")
    return [] if files else ["no WARC file was closed"]


def _extracted() -> list[str]:
    ran = _asked("extract", FOLDER / "archive", "-o", FOLDER / "again", "--quiet")
    differ = differing(FOLDER / "_posts", FOLDER / "again" / "_posts")
    if ran.status or differ:
        return [f"extract ended with {ran.status}; posts that differ: {', '.join(differ) or 'none'}\n{ran.log[-2000:]}"]
    console.print(f"Made again from the WARC files alone, byte for byte the same: {FOLDER}/again/_posts")
    wrong = []
    for folder in (FOLDER, IN_PLACE):
        ran = _asked("verify", folder, "--quiet")
        console.print("Every record, digest and post of it is sound." if ran.status == 0 else ran.output)
        wrong += [f"verify ended with {ran.status}: {ran.output}{ran.log}"] if ran.status else []
    return wrong


def _next(seconds: float) -> None:
    hints = Table.grid(padding=(0, 3, 0, 2))
    hints.add_row(f"permapress verify {FOLDER}", "prove the archive, record by record")
    hints.add_row(f"permapress extract {FOLDER}/archive -o {FOLDER} --diff", "what a new reading would change")
    hints.add_row("python -m tests.site --port 8000", "the site itself, in a browser")
    hints.add_row("permapress follow _posts --dry-run", "posts of your own")
    console.print(f"\nAll as it should be, after {seconds:.0f} s. Where to look next (the commands lie in .venv/bin):")
    tables.print(hints)


if __name__ == "__main__":
    sys.exit(main())
