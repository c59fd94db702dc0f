"""One process at a time writes the post of a URL, be there as many as will."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from crawler.core import urls
from crawler.core.errors import StorageError
from crawler.work import post_lock
from crawler.work.post_lock import posts_locked
from tests.site.command import PERMAPRESS, permapress
from tests.torture.plan import HOSTS, planned
from tests.torture.setting import setting

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import asyncio, pathlib, sys
from crawler.work.post_lock import posts_locked
async def hold():
    async with posts_locked(pathlib.Path(sys.argv[1]), sys.argv[2:]):
        print("held", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
asyncio.run(hold())
"""


def holding(state: Path, *keys: str) -> subprocess.Popen[str]:
    """A process that has the keys until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(state), *keys], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


async def entered(state: Path, *keys: str) -> float:
    """When the keys were had."""
    async with posts_locked(state, keys):
        return time.monotonic()


def test_who_comes_second_waits_for_the_first_and_others_do_not(tmp_path: Path) -> None:
    first = holding(tmp_path, "a", "b")

    async def both() -> tuple[float, float, float]:
        waiting = asyncio.create_task(entered(tmp_path, "b", "c"))
        other = await entered(tmp_path, "d")
        await asyncio.sleep(0.2)
        released = time.monotonic()
        await asyncio.to_thread(first.communicate, "\n")
        return other, released, await waiting

    other, released, had = asyncio.run(both())
    assert other < released <= had


def test_what_a_killed_process_held_is_free(tmp_path: Path) -> None:
    first = holding(tmp_path, "a")
    first.send_signal(signal.SIGKILL)
    first.communicate()
    asyncio.run(asyncio.wait_for(entered(tmp_path, "a"), 5))


def test_who_holds_it_too_long_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post_lock, "PATIENCE_S", 0.05)
    first = holding(tmp_path, "a")
    with pytest.raises(StorageError, match=r"posts\.lock: another run"):
        asyncio.run(entered(tmp_path, "a"))
    first.communicate("\n")


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder", encoding="utf-8")
    with pytest.raises(StorageError, match=r"posts\.lock: .+; give this user the right to write there"):
        asyncio.run(entered(tmp_path / "state", "a"))


def test_two_runs_that_read_one_page_in_the_same_moment_make_one_post_of_it(tmp_path: Path) -> None:
    with setting(tmp_path, planned(11, pages=4, posts=2, hosts=HOSTS[:1])) as here:
        url = here.plan.url(next(page for page in here.plan.pages if page.depth == 0))
        config = tmp_path / "archive.yaml"
        config.write_text("politeness: {delay: 0, per_host: 8}\n", encoding="utf-8")
        command = [*PERMAPRESS, "archive", url, "-o", str(here.crawl.output), "--config", str(config), "--json"]
        posts = here.crawl.output / "_posts"
        first = holding(here.crawl.output / "state", urls.key(url))
        runs = [
            subprocess.Popen([*command, *more, "--allow-private"], stdout=subprocess.PIPE, text=True)
            for more in ([], [f"{url}.gone"])  # two jobs
        ]
        deadline = time.monotonic() + 60
        while len(here.pages_seen()) < len(runs) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)
        assert not posts.exists() or not list(posts.iterdir())
        first.communicate("\n")
        told = [json.loads(line) for run in runs for line in run.communicate(timeout=60)[0].splitlines()]
        assert sorted(each["status"] for each in told if each["url"] == url) == ["archived", "unchanged"]
        assert len(list(posts.iterdir())) == 1
        assert permapress("verify", here.crawl.output).status == 0
