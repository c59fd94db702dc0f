"""A disk that fails with EIO, and one that is read-only, at every kind of write: exit 3, and the next run is whole."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.judges import LONG, need
from tests.torture.plan import HOSTS, planned
from tests.torture.setting import setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.plan import Plan
    from tests.torture.setting import Setting

STORAGE = 3
SOURCE = Path(__file__).with_name("failing.c")

GOOD, ONCE = "for good", "once"
FAILURES = [  # where, which calls, how many succeed before, and how long it lasts
    ("/archive/permapress-", "write", 0, GOOD),
    ("/archive/permapress-", "write", 25, ONCE),
    ("/archive/permapress-", "sync", 3, GOOD),
    ("/archive/permapress-", "sync", 0, ONCE),
    ("/archive/permapress-", "name", 0, GOOD),
    ("/_posts/", "write", 9, GOOD),
    ("/_posts/", "write", 0, ONCE),
    ("/_posts/", "sync", 9, ONCE),
    ("/_posts/", "name", 5, GOOD),
    ("/permapress.db", "write", 0, GOOD),
    ("/permapress.db", "sync", 0, GOOD),
    ("/permapress.db", "sync", 6, ONCE),  # when the first seeds are added
    ("/permapress.db", "sync", 8, ONCE),  # when the log is taken into the file, at the end
    ("/permapress.db-wal", "write", 40, GOOD),
    ("/permapress.db-wal", "write", 60, ONCE),
    ("/manifest-sha256.txt", "write", 0, ONCE),
    ("/manifest-sha256.txt", "sync", 0, GOOD),
]
SOME = [FAILURES[number] for number in (1, 5, 11, 15)]  # of each kind of file


@pytest.fixture
def plan() -> Plan:
    return planned(6, pages=24, posts=12, hosts=HOSTS[:2])


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need("gcc")
    made = tmp_path_factory.mktemp("failing") / "failing.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", made, SOURCE, "-ldl"], check=True)
    return made


def ended_with_3(here: Setting) -> None:
    status = here.crawl.finished()
    said = here.crawl.log.read_text(encoding="utf-8")
    assert status == STORAGE, said
    assert "Traceback" not in said
    assert str(here.crawl.output) in said
    assert not list(here.crawl.output.glob("_posts/.*"))
    for path in here.crawl.output.glob("_posts/*.md"):
        assert path.read_bytes().endswith(b"</div>\n"), path
    here.crawl.note_kill()


def is_whole_after_the_next_run(here: Setting) -> None:
    here.crawl.environment.clear()
    assert here.crawl.finished() == 0, here.crawl.log.read_text(encoding="utf-8")
    assert here.faults(again=True) == []


@pytest.mark.judge
@pytest.mark.parametrize("failure", FAILURES if LONG else SOME, ids=lambda failure: "-".join(map(str, failure)))
def test_a_disk_that_fails_ends_the_run_with_3_and_the_next_one_finishes(
    tmp_path: Path, plan: Plan, shim: Path, failure: tuple[str, str, int, str]
) -> None:
    place, calls, after, lasting = failure
    note = tmp_path / "failed"
    with setting(tmp_path, plan) as here:
        here.crawl.environment |= {
            "LD_PRELOAD": str(shim), "FAILING_PATH": place, "FAILING_CALLS": calls, "FAILING_AFTER": str(after),
            "FAILING_TIMES": "1" if lasting == ONCE else "1000000", "FAILING_NOTE": str(note),
        }  # fmt: skip
        ended_with_3(here)
        assert note.exists()
        is_whole_after_the_next_run(here)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """What root cannot write to either."""
    folder.mkdir(parents=True, exist_ok=True)
    for step in (["--bind", folder, folder], ["-o", "remount,ro,bind", folder]):
        if subprocess.run(["mount", *step], capture_output=True, check=False).returncode:
            pytest.skip("this machine lets nobody mount a folder read-only")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=False)


@pytest.mark.parametrize("place", ["", "archive", "_posts", "state"] if LONG else ["state"])
def test_a_folder_that_is_read_only_ends_the_run_with_3_and_once_writable_the_next_one_finishes(
    tmp_path: Path, plan: Plan, place: str
) -> None:
    with setting(tmp_path, plan) as here:
        with read_only(here.crawl.output / place):
            ended_with_3(here)
        is_whole_after_the_next_run(here)
