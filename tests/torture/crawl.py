"""The command as a process group that is killed and started again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.site.command import PERMAPRESS
from tests.torture.plan import DEPTH, PER_ARTICLE

FAST = "politeness: {delay: 0, per_host: 4}\n"
FOLLOW = f"follow: {{depth: {DEPTH}, per_article: {PER_ARTICLE}}}\n"
ENDS_S = 150  # longer than any run of ours: what still runs then hangs


@dataclass(frozen=True, slots=True)
class Kill:
    """What it fell on."""

    leased: frozenset[str]  # URLs: what may be fetched once more
    over: bool = False  # the job was done already: the next run asks again for what did not end well


@dataclass
class Crawl:
    """`permapress follow` on one folder of posts into one output, as often as it takes."""

    posts: Path
    output: Path
    workers: int = 1
    pace: str = FAST
    environment: dict[str, str] = field(default_factory=dict)
    kills: list[Kill] = field(default_factory=list)
    starts: int = 0

    @property
    def database(self) -> Path:
        return self.output / "state" / "permapress.db"

    @property
    def log(self) -> Path:
        return self.output.with_name(f"{self.output.name}.log")

    def started(self, **options: object) -> subprocess.Popen[bytes]:
        """The command, leader of a process group of its own. `options` are Popen's."""
        self.output.mkdir(parents=True, exist_ok=True)
        config = self.output.with_name(f"{self.output.name}.yaml")
        config.write_text(self.pace + FOLLOW, encoding="utf-8")
        workers = ("--workers", str(self.workers)) if self.workers > 1 else ()
        self.starts += 1
        common = ("-o", str(self.output), "--config", str(config), "--allow-private", "--json")
        with self.log.open("ab") as log, self.output.with_name(f"{self.output.name}.jsonl").open("ab") as told:
            return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
                [*PERMAPRESS, "follow", str(self.posts), *common, *workers],
                stdin=subprocess.DEVNULL, stdout=told, stderr=log, start_new_session=True,
                env=os.environ | self.environment, **options,
            )  # fmt: skip

    def finished(self) -> int:
        """Run to the end; its exit status."""
        process = self.started()
        try:
            return process.wait(ENDS_S)
        finally:
            end_group(process)

    def kill(self, process: subprocess.Popen[bytes], *, one: int | None = None) -> None:
        """SIGKILL to the whole group, or to `one` process of it."""
        if one is None:
            end_group(process)
        else:
            os.kill(one, signal.SIGKILL)
        self.note_kill()

    def note_kill(self) -> None:
        """Keep what a kill fell on, by what the database says."""
        states = dict(self._ask("SELECT u.key, v.state FROM visits v JOIN urls u ON u.id = v.url ORDER BY v.id"))
        leased = frozenset(key for key, state in states.items() if state == "leased")
        self.kills.append(Kill(leased, over=bool(states) and set(states.values()) == {"done"}))

    def leased(self) -> frozenset[str]:
        """The URLs that are under lease."""
        query = "SELECT u.key FROM visits v JOIN urls u ON u.id = v.url WHERE v.state = 'leased'"
        return frozenset(key for (key,) in self._ask(query))

    def _ask(self, query: str) -> list[tuple[str, ...]]:
        try:
            with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as db:
                return db.execute(query).fetchall()
        except sqlite3.OperationalError:  # killed before the database was there
            return []


def end_group(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to all that is left of a group, and wait until nothing of it runs."""
    while members := group(process.pid):
        for member in members:
            try:
                os.kill(member, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.poll()
        time.sleep(0.005)
    process.wait()


def group(leader: int) -> list[int]:
    """The living processes of a group."""
    return [process for process, (state, _, of) in _processes().items() if of == leader and state not in "ZX"]


def left(leader: int) -> list[int]:
    """Who of a group outlives its leader for a second; the process that keeps Python's resources ends 20 ms after it."""
    over = time.monotonic() + 1
    while (members := group(leader)) and time.monotonic() < over:
        time.sleep(0.005)
    return members


def children(parent: int) -> list[int]:
    """The living processes that a process began."""
    return [process for process, (state, of, _) in _processes().items() if of == parent and state not in "ZX"]


def _processes() -> dict[int, tuple[str, int, int]]:
    """State, parent and group of every process."""
    found = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                state, parent, of = (
                    (place / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:3]
                )
            except OSError:  # it ended meanwhile
                continue
            found[int(place.name)] = (state, int(parent), int(of))
    return found
