"""What a crawl left, read back with readers that are not ours: gzip, FastWARC, sqlite3, PyYAML, hashlib.

Every function gives the faults it found, in words; none: all is as it must be.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml
from fastwarc.warc import ArchiveIterator, WarcRecordType

from tests.site.command import differing, permapress
from tests.torture.plan import ENDS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.torture.crawl import Crawl
    from tests.torture.plan import Page, Plan
    from tests.torture.site import Seen

TORN = ".permapress-"  # what a kill during the writing of a post leaves: hidden from publishers
READING = "application/vnd.permapress.reading+json"


@dataclass
class Records:
    """What the WARC files hold."""

    responses: set[str] = field(default_factory=set)  # record ids
    readings: list[tuple[str, dict[str, object]]] = field(default_factory=list)  # WARC-Date, content
    faults: list[str] = field(default_factory=list)

    def newest(self) -> dict[str, object]:
        """The digest that the newest reading says of each post."""
        found: dict[str, object] = {}
        for _, reading in sorted(self.readings, key=lambda pair: pair[0]):
            if reading["post"]:
                found[str(reading["post"])] = reading["post_sha256"]
        return found


def faults(crawl: Crawl, plan: Plan, seen: Sequence[Seen], *, again: bool = False) -> list[str]:
    """Everything at once; `again`: the posts are also made once more from the WARC files."""
    records = read_records(crawl.output / "archive")
    found = [
        *records.faults,
        *database(crawl, plan),
        *posts(crawl, plan, records),
        *fetches(crawl, plan, seen),
    ]
    proved = permapress("verify", crawl.output, "--quiet")
    if proved.status:
        found.append(f"verify ends with {proved.status}: {(proved.output + proved.log)[-600:]}")
    return found + (remade(crawl.output) if again else [])


def read_records(archive: Path) -> Records:
    """Every WARC file whole: gzip to its end, each block's digest, no file left open, each in the manifest."""
    records = Records()
    manifest = archive / "manifest-sha256.txt"
    rows = [line.split("  ", 1) for line in manifest.read_text().splitlines()] if manifest.exists() else []
    listed = {name: digest for digest, name in rows}
    if len(listed) != len(rows):
        records.faults.append("a file is twice in the manifest")
    records.faults += [f"{path.name} is left open" for path in archive.glob("*.open")]
    files = sorted(archive.glob("*.warc.gz"))
    records.faults += [f"{name} is listed and not there" for name in listed.keys() - {path.name for path in files}]
    for path in files:
        content = path.read_bytes()
        if listed.get(path.name) != hashlib.sha256(content).hexdigest():
            records.faults.append(f"{path.name}: the manifest says {listed.get(path.name)}")
        try:
            gzip.decompress(content)
        except (EOFError, OSError) as err:
            records.faults.append(f"{path.name} is not whole: {err}")
        _read(path, records)
    return records


def _read(path: Path, records: Records) -> None:
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, parse_http=False):
            if not record.verify_block_digest(consume=False):
                records.faults.append(f"{path.name}: {record.record_id}: the block's digest is another")
            if record.record_type == WarcRecordType.response:
                records.responses.add(record.record_id.strip("<>"))
            elif record.headers.get("Content-Type") == READING:
                records.readings.append((record.headers["WARC-Date"], json.loads(record.reader.read())))
    known = records.responses
    records.faults += [
        f"{path.name}: the reading of {reading['page_url']} cites {reading['page_record_id']}, which is nowhere"
        for _, reading in records.readings
        if reading["page_record_id"] not in known
    ]


def database(crawl: Crawl, plan: Plan) -> list[str]:
    """Every page of the plan ended exactly once and as it must; nothing else was visited; nothing waits."""
    with closing(sqlite3.connect(crawl.database)) as db:
        (sound,) = db.execute("PRAGMA integrity_check").fetchone()
        unfinished = db.execute(
            "SELECT u.key, v.state FROM visits v JOIN urls u ON u.id = v.url WHERE v.state <> 'done'"
        ).fetchall()
        rows = db.execute(
            "SELECT u.key, o.status, o.reason FROM outcomes o JOIN visits v ON v.id = o.visit JOIN urls u ON u.id = v.url"
        ).fetchall()
        active = db.execute("SELECT name, active FROM hosts WHERE active <> 0").fetchall()
    found = [] if sound == "ok" else [f"the database: {sound}"]
    found += [f"{key} is still {state}" for key, state in unfinished] + [
        f"{host}: {count} active" for host, count in active
    ]
    ends = defaultdict(list)
    for key, status, reason in rows:
        ends[key].append((status, reason))
    pages = {plan.url(page): page for page in plan.pages}
    found += [f"{key} was visited: {ends[key]}" for key in ends.keys() - pages.keys()]
    for url, page in pages.items():
        if not 1 <= len(ends[url]) <= 1 + _asked_again(crawl, page):
            found.append(f"{url} ({page.kind}) has {len(ends[url])} outcomes: {ends[url]}")
        elif not {status for status, _ in ends[url]} <= ENDS[page.kind]:
            found.append(f"{url} ({page.kind}) ended as {ends[url]}")
    return found


def _asked_again(crawl: Crawl, page: Page) -> int:
    """How many runs after the one that finished the job ask for a page once more: for what a post points at in vain."""
    return sum(kill.over for kill in crawl.kills) if page.depth == 0 and "archived" not in ENDS[page.kind] else 0


def posts(crawl: Crawl, plan: Plan, records: Records) -> list[str]:
    """Each archived page has exactly one post; each post is what the newest reading and the database say of it."""
    folder = crawl.output / "_posts"
    with closing(sqlite3.connect(crawl.database)) as db:
        rows = db.execute(
            "SELECT u.key, o.post, o.post_digest FROM outcomes o JOIN visits v ON v.id = o.visit JOIN urls u ON u.id = v.url"
            " WHERE o.post IS NOT NULL"
        ).fetchall()
    told = {key: (post, digest) for key, post, digest in rows}
    newest, sources, found = records.newest(), defaultdict(list), []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(TORN):  # hidden from publishers: a kill fell before the rename
            continue
        if path.suffix != ".md":
            found.append(f"{path.name!r} lies among the posts")
            continue
        content = path.read_bytes()
        front = yaml.safe_load(content.split(b"---\n", 2)[1])
        sources[front["from"]].append(path.name)
        digest = hashlib.sha256(content).hexdigest()
        if newest.get(path.name) != digest:
            found.append(f"{path.name} is {digest}, its newest reading says {newest.get(path.name)}")
        if told.get(front["from"]) not in {(f"_posts/{path.name}", digest), (f"_posts/{path.name}", None)}:
            found.append(f"{path.name} is {digest}, the database says {told.get(front['from'])}")
        if front["warc_record_id"].strip("<>") not in records.responses:
            found.append(f"{path.name} cites {front['warc_record_id']}, which is nowhere")
    wanted = {plan.url(page): int("archived" in ENDS[page.kind]) for page in plan.pages}
    found += [
        f"{url} has {len(sources[url])} posts: {sources[url]}"
        for url, many in wanted.items()
        if len(sources[url]) != many
    ]
    return found + [f"a post of {url}: {names}" for url, names in sources.items() if url not in wanted]


def fetches(crawl: Crawl, plan: Plan, seen: Iterable[Seen]) -> list[str]:
    """Nothing beyond the rules was asked for, and nothing again that was not leased when a kill fell."""
    allowed, leases = _allowed(plan), Counter(url for kill in crawl.kills for url in kill.leased)
    counts = Counter((one.host, one.target) for one in seen)
    found = []
    for place, count in sorted(counts.items()):
        if place[1] == "/robots.txt":
            if count > crawl.starts * crawl.workers + len(crawl.kills):
                found.append(f"{place} was asked for {count} times in {crawl.starts} starts")
        elif place not in allowed:
            found.append(f"{place} is beyond the rules and was asked for")
        else:
            page, once = allowed[place]
            url = plan.url(page)
            if count > once + leases[url] + _asked_again(crawl, page):
                found.append(f"{url} was fetched {count} times; it was leased at {leases[url]} kills")
    return found + [
        f"{plan.url(page)} was never asked for" for place, (page, _) in allowed.items() if place not in counts
    ]


def fetched_again(plan: Plan, seen: Iterable[Seen]) -> int:
    """How many fetches the kills cost."""
    allowed = _allowed(plan)
    counts = Counter((one.host, one.target) for one in seen)
    return sum(max(0, count - allowed[place][1]) for place, count in counts.items() if place in allowed)


def _allowed(plan: Plan) -> dict[tuple[str, str], tuple[Page, int]]:
    """By host and target: the page, and how often it is fetched where nothing is killed."""
    return {
        place: (page, 2 if page.kind in {Kind.BUSY, Kind.STUCK} else 1)
        for page in plan.pages
        for place in page.places()
    }


def remade(output: Path) -> list[str]:
    """The posts, made again from the WARC files alone, are the same to the byte."""
    folder = output.with_name(f"{output.name}.again")
    ran = permapress("extract", output / "archive", "-o", folder)
    differ = [name for name in differing(output / "_posts", folder / "_posts") if not name.startswith(TORN)]
    return [f"extract ends with {ran.status}; posts that differ: {differ[:5]}"] if ran.status or differ else []
