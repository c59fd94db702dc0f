"""A job looked at while others work on it."""

from __future__ import annotations

import sqlite3

import pytest

from crawler.core.errors import LedgerError, StorageError
from crawler.core.model import Status
from crawler.ledger import Ledger
from crawler.ledger.watch import Watch
from tests.ledger.samples import JOB, NOW, add, finish, lease, pages


def test_counts_and_the_hosts_of_leased_visits_are_seen_as_they_change(tmp_path):
    path = tmp_path / "state.db"
    with Ledger(path) as ledger, Watch(path) as watch:
        add(ledger, [*pages(2), *pages(1, "b.example")])
        add(ledger, pages(1, "c.example"), job="another")
        assert (watch.pulse(JOB, NOW).counts.pending, watch.pulse(JOB, NOW).hosts) == (3, ("a.example", "b.example"))
        first, second = lease(ledger, most=2)
        assert watch.pulse(JOB, NOW).hosts == ("a.example", "b.example")
        finish(ledger, first, Status.FAILED)
        pulse = watch.pulse(JOB, NOW)
        assert (pulse.counts.pending, pulse.counts.leased, pulse.counts.finished) == (1, 1, {Status.FAILED: 1})
        assert pulse.hosts == (second.seed.url.split("/")[2],)


def test_a_ledger_that_is_being_made_has_nothing_to_tell(tmp_path):
    path = tmp_path / "state.db"
    path.touch()
    with Watch(path) as watch:
        assert watch.pulse(JOB, NOW).counts.pending == 0


def test_the_last_to_leave_leaves_one_file_with_everything_in_it(tmp_path):
    path = tmp_path / "state.db"
    ledger = Ledger(path)
    add(ledger, pages(3))
    with Watch(path) as watch:
        watch.pulse(JOB, NOW)
        ledger.close()
    assert [one.name for one in tmp_path.iterdir()] == ["state.db"]
    assert sqlite3.connect(f"file:{path}?immutable=1", uri=True).execute("SELECT count(*) FROM visits").fetchone() == (
        3,
    )


def test_it_makes_and_changes_nothing(tmp_path):
    with pytest.raises(StorageError):
        Watch(tmp_path / "state.db")
    assert list(tmp_path.iterdir()) == []
    Ledger(tmp_path / "state.db").close()
    with Watch(tmp_path / "state.db") as watch, pytest.raises(sqlite3.OperationalError, match="readonly"):
        watch._db.execute("DELETE FROM meta")


def test_what_is_no_ledger_is_told(tmp_path):
    path = tmp_path / "state.db"
    path.write_bytes(b"no database at all, but long enough to be looked at: " * 40)
    with pytest.raises(LedgerError), Watch(path) as watch:
        watch.pulse(JOB, NOW)
