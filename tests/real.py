"""``make real``: a few hundred real news pages, served on eight loopback addresses, archived by the real command.

The bars: each page ends in exactly one outcome; at least 95 % as posts; every WARC file passes ``fastwarc check`` and
``gzip -t``; ``permapress extract`` makes every post again from the WARC files alone; Jekyll, where found, builds them all.
Exit status 0: met, or skipped for want of the shared folder; 1: a bar was missed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from crawler.core import urls
from tests.judges import SHARED
from tests.publishers import BuildError, build_jekyll, built
from tests.site.command import differing, permapress
from tests.site.server import Answer, serve

if TYPE_CHECKING:
    from tests.site.command import Ran

DATA = SHARED / "bench" / "data"
HOSTS = tuple(f"127.0.0.{last}" for last in range(2, 10))
PAGES = 360
AS_POSTS = 0.95  # the bar of the issue
CRAWL = "politeness:\n  delay: 0\n  per_host: 2\n"

console = Console(highlight=False, markup=False, soft_wrap=True)


def main() -> int:
    """Run and judge."""
    parser = argparse.ArgumentParser(prog="python -m tests.real", description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help=f"how many of the real pages (default {PAGES})")
    parser.add_argument("--keep", type=Path, help="an absent folder for what is written; default: a temporary one")
    options = parser.parse_args()
    if not DATA.is_dir():
        console.print(f"skipped: the real pages are not at {DATA}")
        return 0
    with tempfile.TemporaryDirectory(prefix="permapress-real-") as temporary:
        return _judged(options.keep or Path(temporary) / "output", options.pages)


def _judged(output: Path, pages: int) -> int:
    output.mkdir(parents=True)
    (output / "crawl.yaml").write_text(CRAWL, encoding="utf-8")
    asked, ran = _archived(output, pages)
    missed = _outcomes(asked, ran) + _warcs(output) + _extracted(output) + _published(output)
    console.print(*(f"MISSED: {bar}" for bar in missed), sep="\n") if missed else console.print("every bar met")
    if missed:
        console.print(ran.log[-3000:])
    return 1 if missed else 0


def _archived(output: Path, pages: int) -> tuple[list[str], Ran]:
    rows = sample(pages)
    asked: list[str] = []
    with ExitStack() as stack:
        tables: list[dict[str, Answer]] = [{} for _ in HOSTS]
        sites = [stack.enter_context(serve(table, host=host)) for table, host in zip(tables, HOSTS, strict=True)]
        for number, (url, html) in enumerate(rows):
            place = number % len(HOSTS)
            asked.append(urls.wire(sites[place].base + target(url, number)))
            tables[place][asked[-1].removeprefix(sites[place].base)] = answer(html, zipped=number % 3 == 0)
        size = sum(len(html) for _, html in rows)
        console.print(f"archiving {len(asked)} real pages, {size / 1e6:.0f} MB, from {len(HOSTS)} hosts …")
        options = ("--output", output, "--config", output / "crawl.yaml", "--allow-private", "--json")
        return asked, permapress("archive", *asked, *options, timeout_s=600)


def sample(pages: int) -> list[tuple[str, bytes]]:
    """URL and HTML of the sample: the same on every run, spread over all the sets."""
    with (DATA / "manifest.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    rows.sort(key=lambda row: hashlib.sha256(row["id"].encode()).digest())
    return [(row["url"], gzip.decompress((DATA / row["html"]).read_bytes())) for row in rows[:pages]]


def target(url: str, number: int) -> str:
    """The page's own path and query; a number where that is nothing or not a URL."""
    path = "/" + url.partition("://")[2].partition("/")[2].partition("#")[0]
    return path if len(path) > 1 else f"/{number}"


def answer(html: bytes, *, zipped: bool) -> Answer:
    try:
        html.decode()
        kind = "text/html; charset=utf-8"
    except UnicodeDecodeError:
        kind = "text/html"  # the page must say it itself
    if not zipped:
        return Answer(html, (("Content-Type", kind),))
    return Answer(gzip.compress(html, 1, mtime=0), (("Content-Type", kind), ("Content-Encoding", "gzip")))


def _outcomes(asked: list[str], ran: Ran) -> list[str]:
    counts = Counter(told.status for told in ran.told)
    posts = [told for told in ran.told if told.post]
    summary = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    console.print(f"  {ran.seconds:.1f} s, {len(asked) / ran.seconds:.1f} pages/s: {summary}")
    for told in ran.told:
        if not told.post:
            console.print(f"    {told.status}: {told.url[:120]}: {told.reason[:200]}")
    missed = []
    if Counter(told.url for told in ran.told) != Counter(dict.fromkeys(asked, 1)):
        missed.append(f"{len(asked)} pages, {len(ran.told)} outcomes of {len({told.url for told in ran.told})} pages")
    if len(posts) < AS_POSTS * len(asked):
        missed.append(f"{len(posts)} of {len(asked)} as posts; the bar is {AS_POSTS:.0%}")
    if len({told.post for told in posts}) != len(posts):
        missed.append("two pages share a post")
    return missed


def _warcs(output: Path) -> list[str]:
    files = sorted((output / "archive").glob("*.warc.gz"))
    missed = [] if files else ["no WARC file was closed"]
    for path in files:
        console.print(f"  {path.name}: {path.stat().st_size / 1e6:.1f} MB")
        for judge in ((Path(sys.executable).with_name("fastwarc"), "check", "--quiet"), ("gzip", "--test")):
            done = subprocess.run([*judge, path], capture_output=True, text=True, timeout=300, check=False)
            if done.returncode:
                missed.append(f"{judge[0]} on {path.name}: {(done.stdout + done.stderr)[-500:]}")
    return missed


def _extracted(output: Path) -> list[str]:
    ran = permapress("extract", output / "archive", "-o", output / "again", timeout_s=600)
    differ = differing(output / "_posts", output / "again" / "_posts")
    count = len(list((output / "_posts").iterdir()))
    console.print(f"  made again from the WARC files alone: {count - len(differ)} of {count}, {ran.seconds:.1f} s")
    missed = (
        [f"extract: exit {ran.status}, {len(differ)} posts differ: {', '.join(differ[:5])}"]
        if differ or ran.status
        else []
    )
    proved = permapress("verify", output, "--quiet", timeout_s=600)
    console.print(f"  verified in {proved.seconds:.1f} s")
    return [*missed, f"verify: exit {proved.status}: {proved.output[-500:]}"] if proved.status else missed


def _published(output: Path) -> list[str]:
    if shutil.which("jekyll") is None:
        console.print("  jekyll is not installed: posts not built")
        return []
    posts = {path.name for path in (output / "_posts").iterdir()}
    started = time.monotonic()
    try:
        site = build_jekyll(output / "_posts", output / "jekyll")
    except BuildError as err:
        return [str(err)]
    shown = built(site)
    pages = len({page for page in shown.values() if page.is_file()})
    console.print(f"  Jekyll: {pages} pages of {len(posts)} posts, {time.monotonic() - started:.1f} s")
    lost = sorted(posts - shown.keys())
    return (
        [f"Jekyll shows {pages} pages of {len(posts)} posts; left out: {lost[:5]}"]
        if lost or pages != len(posts)
        else []
    )


if __name__ == "__main__":
    sys.exit(main())
