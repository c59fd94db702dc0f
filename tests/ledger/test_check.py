from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from crawler.ledger import Ledger
from crawler.ledger.check import MAX_FAULTS, faults
from tests.ledger.samples import later, lease
from tests.ledger.test_open import filled, newer, renewed, work


@pytest.fixture
def path(tmp_path):
    return filled(tmp_path / "permapress.db")


def change(path, *statements):
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


def test_a_ledger_that_was_worked_with_is_whole_and_looking_at_it_leaves_no_trace(path):
    before = path.read_bytes()
    assert faults(path) == []
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == before


def test_a_ledger_that_is_in_use_is_whole(path):
    with Ledger(path) as ledger:
        work(ledger, at=later(500))
        assert faults(path) == []
        assert lease(ledger, at=later(900))


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE tallies SET visits = visits + 1", "tallies and visits do not agree"),
        ("UPDATE queues SET due = due + 1", "queues and visits do not agree"),
        ("DELETE FROM outcomes WHERE visit = (SELECT min(visit) FROM outcomes)", "do not agree"),
        ("UPDATE visits SET state = 'lost' WHERE id = 1", "contradict"),
        ("UPDATE visits SET due = 'soon' WHERE id = 1", "visits: 1 rows hold values of another type"),
        ("UPDATE urls SET key = CAST(x'ff' AS TEXT) WHERE id = 1", "UTF-8"),
        ("DELETE FROM urls WHERE id = 3", "what it belongs to is not there"),
        ("DROP INDEX waiting", "tables are not those of its version"),
        ("DROP TRIGGER visit_ended", "tables are not those of its version"),
        ("DELETE FROM meta", "states no version"),
    ],
)
def test_what_sqlite_itself_takes_for_whole_is_told_too(path, statement, words):
    change(path, statement)
    found = faults(path)
    assert any(words in fault for fault in found), found


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"a list of URLs, say\n" * 999, b"\0" * 8192])
def test_what_is_no_database_is_told(path, content):
    renewed(path, content)
    (fault,) = faults(path)
    assert "is damaged" in fault


def test_a_ledger_of_a_newer_version_is_told_with_what_to_do(path):
    newer(path, "schema", 99)
    assert ["upgrade" in fault for fault in faults(path)] == [True]


def test_flipped_bytes_are_told_or_change_nothing_that_is_counted(path):
    whole, dice, told = path.read_bytes(), random.Random(3), 0
    for _ in range(60):
        data = bytearray(whole)
        for at in dice.sample(range(len(data)), dice.choice([8, 200])):
            data[at] = dice.randrange(256)
        renewed(path, data)
        found = faults(path)
        assert len(found) <= 4 * MAX_FAULTS
        told += bool(found)
    assert told > 40


def test_a_file_cut_short_anywhere_is_told(path):
    whole = path.read_bytes()
    for share in range(19):
        renewed(path, whole[: len(whole) * share // 19])
        assert faults(path)
