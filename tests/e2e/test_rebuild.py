"""The database of an archived site made again by the real command, read back by SQLite itself, and asked about."""

from __future__ import annotations

import fcntl
import json
import random
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.site.command import PERMAPRESS, Ran, permapress

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.conftest import Archived

DAMAGES = 2  # a call of the command takes half a second


@pytest.fixture
def output(archived: Archived, tmp_path: Path) -> Path:
    return shutil.copytree(archived.output, tmp_path / "output", ignore=shutil.ignore_patterns("state"))


def database(output: Path) -> Path:
    return output / "state" / "permapress.db"


def rows(output: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database(output))) as db:
        return db.execute(query).fetchall()


def rebuilt(output: Path) -> Ran:
    ran = permapress("verify", output, "--rebuild")
    assert ran.status == 0, ran.output + ran.log
    return ran


OUTCOMES = (
    "SELECT u.url, status, post FROM outcomes JOIN visits v ON v.id = visit JOIN urls u ON u.id = v.url ORDER BY 1"
)


def test_every_visit_that_the_archive_tells_of_is_there_again(archived, output):
    assert "nothing is lost" in permapress("verify", output).output
    assert "made again: 14 visits, 10 names of posts" in rebuilt(output).output
    expected = [(told.url, told.status, told.post) for told in archived.ran.told if told.status != "excluded"]
    assert rows(output, OUTCOMES) == sorted(expected)
    assert rows(output, "PRAGMA integrity_check") == [("ok",)]
    posts = {f"_posts/{path.name}" for path in archived.posts.iterdir() if path.suffix == ".md"}
    assert {path for (path,) in rows(output, "SELECT path FROM names")} == posts


def test_posts_alone_give_what_was_archived(archived, output):
    shutil.rmtree(output / "archive")
    rebuilt(output)
    expected = [(told.url, told.status, told.post) for told in archived.ran.told if told.post]
    assert rows(output, OUTCOMES) == sorted(expected)


def damaged(output: Path) -> list[bytes]:
    whole, dice = database(output).read_bytes(), random.Random(5)
    flipped = []
    for _ in range(DAMAGES):
        data = bytearray(whole)
        for at in dice.sample(range(len(data)), 400):
            data[at] ^= dice.randrange(1, 256)
        flipped.append(bytes(data))
    return [*flipped, whole[: len(whole) // 2], b"", b"# a text file\n" * 999]


def test_a_damaged_database_is_told_kept_and_made_again(output):
    rebuilt(output)
    before = rows(output, OUTCOMES)
    broken = damaged(output)
    for data in broken:
        database(output).write_bytes(data)
        ran = permapress("verify", output)
        assert ran.status == 6
        assert "DAMAGE" in ran.output
        assert "verify --rebuild" in ran.output
        assert "Traceback" not in ran.log
        assert permapress("explain", "https://a.example/", "-o", output).status == 3
        rebuilt(output)
        assert rows(output, OUTCOMES) == before
    kept = [path.read_bytes() for path in database(output).parent.glob("permapress.db.broken-*")]
    assert sorted(kept) == sorted(broken)


def test_a_run_that_lives_keeps_its_database(output):
    rebuilt(output)
    before = database(output).read_bytes()
    with (output / "state" / "run-7.holder").open("w") as run:
        fcntl.flock(run, fcntl.LOCK_EX)
        ran = permapress("verify", output, "--rebuild")
    assert (ran.status, database(output).read_bytes()) == (5, before)
    assert "run-7" in ran.log


def test_a_rebuilt_output_explains_itself(archived, output):
    for command in (("status", output), ("explain", archived.site.base, "-o", output)):
        ran = permapress(*command)
        assert (ran.status, ran.output) == (1, "")
        assert "no ledger at" in ran.log
    rebuilt(output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    told = json.loads(raw("status", output, "--json"))
    assert (told["posts"], told["visits"]["archived"], told["archive"]["files"]) == (10, 10, 1)
    (lives,) = told["links"].values()
    assert lives == {"alive": 12, "changed": 0, "gone": 1, "refused": 1, "failed": 0}
    for outcome in archived.ran.told:
        ran = permapress("explain", outcome.url, "-o", output)
        assert ran.status == (1 if outcome.status == "excluded" else 0)
        assert "as we wrote it" in ran.output or not outcome.post
    found = json.loads(raw("explain", f"{archived.site.base}/go/ferry", "-o", output, "--json"))
    assert [capture["http_status"] for capture in found["visits"][0]["captures"]] == [302, 200]
    assert permapress("explain", "nowhere", "-o", output).status == 2
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before


def raw(*arguments: str | Path) -> str:
    """Its one line; `permapress` itself reads `--json` as outcomes."""
    return subprocess.run([*PERMAPRESS, *map(str, arguments)], capture_output=True, text=True, check=True).stdout
