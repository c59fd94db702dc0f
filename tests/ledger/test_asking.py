from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from crawler.core.errors import LedgerError
from crawler.ledger import Ledger
from crawler.ledger.asking import asked
from crawler.ledger.explained import explained
from crawler.ledger.status import standing
from tests.ledger.samples import NOW, add, pages
from tests.ledger.test_open import filled, newer, renewed


@pytest.fixture
def path(tmp_path):
    return filled(tmp_path / "state" / "permapress.db")


def urls(path):
    return asked(path, lambda db: db.execute("SELECT count(*) FROM urls").fetchone()[0])


def trace(folder):
    return {each.name: (each.stat().st_mtime_ns, each.read_bytes()) for each in folder.iterdir()}


def test_nothing_is_written_and_a_folder_that_may_only_be_read_is_enough(path):
    before = trace(path.parent)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        assert urls(path) == 470
        assert trace(path.parent) == before
    finally:
        path.parent.chmod(0o755)


def test_what_a_run_has_not_moved_into_the_file_is_seen_too(path):
    with Ledger(path) as ledger:
        add(ledger, pages(7, "new.example"))
        assert urls(path) == 477


def test_the_log_of_a_run_that_died_is_read(path, tmp_path):
    copy = tmp_path / "copy"
    with Ledger(path) as ledger:
        add(ledger, pages(7, "new.example"))
        shutil.copytree(path.parent, copy)
    assert urls(copy / path.name) == 477
    (copy / "permapress.db-shm").unlink(missing_ok=True)
    assert urls(copy / path.name) == 477


def test_a_run_that_begins_under_our_eyes_is_asked_again(path):
    answers = []

    def ask(db):
        found = db.execute("SELECT count(*) FROM urls").fetchone()[0]
        if not answers:
            with Ledger(path) as ledger:
                add(ledger, pages(7, "new.example"))
        answers.append(found)
        return found

    assert asked(path, ask) == 477
    assert answers == [470, 477]


def test_a_name_with_everything_in_it_is_a_name(tmp_path):
    folder = tmp_path / "a?mode=rwc#&%41 题"
    assert urls(filled(folder / "permapress.db")) == 470
    assert os.listdir(folder) == ["permapress.db"]  # noqa: PTH208


def test_a_ledger_that_cannot_be_understood_is_told(path, tmp_path):
    with pytest.raises(LedgerError, match="no ledger at"):
        urls(tmp_path / "nowhere.db")
    with pytest.raises(LedgerError, match="no ledger at"):
        urls(tmp_path)
    newer(path, "schema", 99)
    with pytest.raises(LedgerError, match="upgrade"):
        urls(path)
    path.write_bytes(b"")
    with pytest.raises(LedgerError, match="it is empty"):
        urls(path)


def test_flipped_bytes_are_told_as_damage_or_change_what_is_said(path):
    whole, dice, told = path.read_bytes(), random.Random(11), 0
    keys = [f"https://h{n}.example/{n}" for n in range(20)]
    for number in range(100):
        data = bytearray(whole)
        for at in dice.sample(range(len(data)), dice.choice([1, 40, 400])):
            data[at] = dice.randrange(256)
        renewed(path, data)
        try:
            standing(path, NOW)
            explained(path, keys[number % 20])
        except LedgerError:
            told += 1
    assert told > 20


def test_a_status_that_we_never_put_there_is_damage(path):
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE outcomes SET status = 'lost'")
    with pytest.raises(LedgerError, match="'lost' is not a valid"):
        standing(path, NOW)
