"""The ledger read by one who only looks."""

import os
import subprocess
import sys

import pytest

from crawler.core.errors import LedgerError, StorageError
from crawler.core.model import Status
from crawler.ledger import Ledger
from crawler.ledger.memory import Memory
from tests.ledger.samples import NOW, add, finish, later, lease, seed

KEY = "https://a.example/1"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "per ma?#%.db"


def visited(ledger, status, at=NOW):
    add(ledger, [seed(KEY)], again=True)
    (held,) = lease(ledger)
    assert finish(ledger, held, status, at=at)


@pytest.mark.parametrize("status", list(Status))
def test_only_what_ended_well_was_captured(path, status):
    with Ledger(path) as ledger:
        visited(ledger, status)
        add(ledger, [seed("https://b.example/waiting")])
    with Memory(path) as memory:
        well = status in {Status.ARCHIVED, Status.UNCHANGED, Status.UPDATED}
        assert memory.captured(KEY) == (NOW if well else None)
        assert memory.captured("https://b.example/waiting") is None
        assert memory.captured("https://nobody.example/\ud800") is None


def test_the_last_time_counts(path):
    with Ledger(path) as ledger:
        visited(ledger, Status.ARCHIVED)
        visited(ledger, Status.UNCHANGED, later(9))
        visited(ledger, Status.GONE, later(19))
    with Memory(path) as memory:
        assert memory.captured(KEY) == later(9)


def test_looking_leaves_nothing_and_changes_nothing(path, tmp_path):
    with Ledger(path) as ledger:
        visited(ledger, Status.ARCHIVED)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    with Memory(path) as memory:
        assert memory.captured(KEY)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


def test_what_a_run_records_meanwhile_is_seen(path):
    with Ledger(path) as ledger, Memory(path) as memory:
        assert memory.captured(KEY) is None
        visited(ledger, Status.ARCHIVED)
        assert memory.captured(KEY) == NOW


DIES = """
import os, sys
from pathlib import Path
from crawler.ledger import Ledger
from tests.ledger.test_memory import visited
visited(Ledger(Path(sys.argv[1])), "archived")
os.kill(os.getpid(), 9)
"""


def test_what_a_killed_run_recorded_is_seen(path):
    subprocess.run([sys.executable, "-c", DIES, os.fspath(path)], check=False, timeout=60)
    with Memory(path) as memory:
        assert memory.captured(KEY) == NOW


@pytest.mark.parametrize("data", [b"no database at all, but some words" * 9, b""])
def test_what_is_no_ledger_is_told_though_nothing_is_asked(path, data):
    path.write_bytes(data)
    with pytest.raises(LedgerError, match="per ma"), Memory(path):
        pass


def test_a_ledger_that_is_not_there_is_not_made(path, tmp_path):
    with pytest.raises(StorageError), Memory(path) as memory:
        memory.captured(KEY)
    assert list(tmp_path.iterdir()) == []
