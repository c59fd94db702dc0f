"""A disk that is full at every kind of write, several runs on one output, a database that is damaged or gone."""

from __future__ import annotations

import os
import resource
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.site.command import PERMAPRESS, permapress
from tests.torture.plan import HOSTS, planned
from tests.torture.setting import setting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.torture.plan import Plan
    from tests.torture.setting import Setting

STORAGE = 3
DISK_KIB = 900  # the database begins with some hundred; the whole crawl takes more


@pytest.fixture
def plan() -> Plan:
    return planned(6, pages=60, posts=30, hosts=HOSTS[:2])


def ends_for_want_of_space(here: Setting, **options: object) -> None:
    process = here.crawl.started(**options)
    said = lambda: here.crawl.log.read_text(encoding="utf-8")  # noqa: E731
    assert process.wait(90) == STORAGE, said()
    assert "Traceback" not in said()
    assert str(here.crawl.output) in said()
    assert not list(here.crawl.output.glob("_posts/.*"))
    here.crawl.note_kill()


@pytest.mark.parametrize("most_bytes", [3_000, 60_000, 150_000])
def test_a_limit_on_files_ends_the_run_with_3_and_the_next_one_finishes(
    tmp_path: Path, plan: Plan, most_bytes: int
) -> None:
    """First the WARC file or the database reaches it, whichever grows faster."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    with setting(tmp_path, plan) as here:
        ends_for_want_of_space(here, preexec_fn=limited)
        assert here.crawl.finished() == 0
        assert here.faults(again=True) == []


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_KIB}k", "permapress", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("the shared folder is not beside this repository: nor may a small disk be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=False)


def test_a_disk_that_is_full_ends_the_run_with_3_and_with_more_space_the_next_one_finishes(
    tmp_path: Path, plan: Plan
) -> None:
    with small_disk(tmp_path / "out"), setting(tmp_path, plan) as here:
        ends_for_want_of_space(here)
        for path in here.crawl.output.glob("_posts/*.md"):
            assert path.read_bytes().endswith(b"</div>\n")
        subprocess.run(["mount", "-o", "remount,size=50m", here.crawl.output], check=True)
        assert here.crawl.finished() == 0
        assert here.faults(again=True) == []


def test_three_runs_on_one_output_at_once(tmp_path: Path, plan: Plan) -> None:
    with setting(tmp_path, plan) as here:
        typed = [here.plan.url(page) for page in here.plan.pages if page.depth == 0]
        config = tmp_path / "archive.yaml"
        config.write_text(here.crawl.pace, encoding="utf-8")
        follow = here.crawl.started()
        archives = [
            subprocess.Popen(
                [*PERMAPRESS, "archive", *urls, "-o", str(here.crawl.output), "--config", str(config), "--allow-private", "--json"],
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=os.environ,
            )
            for urls in (typed[:10], typed[5:15])
        ]  # fmt: skip
        said = [process.communicate(timeout=90)[1] for process in archives]
        assert [process.returncode in {0, 1} for process in archives] == [True, True], said
        assert follow.wait(90) == 0, here.crawl.log.read_text(encoding="utf-8")
        sources = [
            line
            for path in (here.crawl.output / "_posts").iterdir()
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.startswith("from: ")
        ]
        assert len(sources) == len(set(sources)), "a URL has two posts"
        assert permapress("verify", here.crawl.output).status == 0


@pytest.mark.parametrize("damage", ["flipped", "cut", "gone"])
def test_a_damaged_database_is_told_and_made_again_from_what_it_tells_of(
    tmp_path: Path, plan: Plan, damage: str
) -> None:
    with setting(tmp_path, plan) as here:
        assert here.crawl.finished() == 0
        before = {path.name: path.read_bytes() for path in (here.crawl.output / "_posts").iterdir()}
        database = here.crawl.database
        content = bytearray(database.read_bytes())
        for path in database.parent.glob(f"{database.name}*"):
            path.unlink()
        if damage == "flipped":
            for place in range(0, len(content), 512):
                content[place + 60] ^= 0xFF
            database.write_bytes(content)
        elif damage == "cut":
            database.write_bytes(content[: len(content) // 3])
        if damage != "gone":
            assert here.crawl.finished() == STORAGE
            said = here.crawl.log.read_text(encoding="utf-8")
            assert "--rebuild" in said
            assert "Traceback" not in said
        asked = len(here.pages_seen())
        assert permapress("verify", here.crawl.output, "--rebuild").status == 0
        assert here.crawl.finished() == 0
        assert {path.name: path.read_bytes() for path in (here.crawl.output / "_posts").iterdir()} == before
        assert len(here.pages_seen()) - asked <= sum(
            page.depth == 0 and page.kind in {"gone", "absent", "form"} for page in here.plan.pages
        )
