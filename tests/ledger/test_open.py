from __future__ import annotations

import random
import resource
import sqlite3
from contextlib import closing, contextmanager

import pytest

from crawler.core.errors import LedgerError, StorageError
from crawler.core.visit import FoundLink
from crawler.ledger import Ledger
from crawler.ledger.schema import APPLICATION_ID, MIGRATIONS
from tests.ledger.samples import JOB, NOW, add, capture, finish, later, lease, pages, rows


@pytest.fixture
def path(tmp_path):
    return tmp_path / "permapress.db"


def filled(path, visits=400):
    """A ledger with something in every table, all of it in the one file."""
    with Ledger(path) as ledger:
        add(ledger, [page for n in range(20) for page in pages(visits // 20, f"h{n}.example")])
        work(ledger, most=60)
    return path


def work(ledger, most=20, at=NOW):
    """A call of every kind."""
    held = lease(ledger, at=at, most=most, per_host=9)
    ledger.heartbeat(held, at)
    for one in held[: most // 2]:
        name = f"_posts/{one.visit}.md"
        ledger.reserve_name(name, one.seed.key, name)
        links = [FoundLink(page, "in the body", follow=True) for page in pages(2, f"l{one.visit}.example")]
        finish(
            ledger,
            one,
            at=at,
            links=links,
            captures=[capture(one.seed.url)],
            post=name,
            post_digest="sha256:0",
            final_url=one.seed.url + "/",
        )
        ledger.name_of(one.seed.key)
        ledger.digest_of(name)
    for one in held[most // 2 : most // 2 + 3]:
        ledger.is_held(one, at)
        ledger.release(one, not_before=at, host_hold_until=later(9))
    add(ledger, pages(10), run="next")
    ledger.counts(JOB)
    ledger.next_due([JOB], at)


def test_what_was_put_in_is_there_after_closing(path):
    filled(path)
    with Ledger(path) as ledger:
        before = ledger.counts(JOB)
        assert (before.leased, sum(before.finished.values())) == (27, 30)
        work(ledger)
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]


def test_a_file_of_a_newer_schema_is_left_alone(path):
    filled(path)
    newer(path, "schema", len(MIGRATIONS) + 1)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=f"{path}.*newer Permapress.*upgrade"):
        Ledger(path)
    assert path.read_bytes() == before


def test_keys_by_newer_rules_are_not_mixed_with_ours(path):
    filled(path)
    newer(path, "keys", 99)
    with pytest.raises(LedgerError, match="newer Permapress"):
        Ledger(path)


def newer(path, name, value):
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE meta SET value = ? WHERE name = ?", (value, name))


def test_a_migration_that_fails_changes_nothing(path, monkeypatch):
    filled(path)
    steps = (*MIGRATIONS, ("CREATE TABLE fine (x)", "CREATE TABLE visits (x)"))
    monkeypatch.setattr("crawler.ledger.database.MIGRATIONS", steps)
    with pytest.raises(LedgerError):
        Ledger(path)
    assert not rows(path, "SELECT name FROM sqlite_master WHERE name = 'fine'")
    monkeypatch.setattr("crawler.ledger.database.MIGRATIONS", (*MIGRATIONS, ("CREATE TABLE fine (x)",)))
    Ledger(path).close()
    Ledger(path).close()
    assert rows(path, "SELECT value FROM meta WHERE name = 'schema'") == [(len(MIGRATIONS) + 1,)]


@pytest.mark.parametrize(
    "content", [b"SQLite format 3\0", b"not a database at all, but long enough to be looked at" * 99, b"\0" * 8192]
)
def test_a_file_that_is_no_database_is_told_as_damaged(path, content):
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=f"{path} is damaged.*verify --rebuild"):
        Ledger(path)
    assert path.read_bytes() == content


def test_an_empty_file_is_a_new_ledger(path):
    path.touch()
    with Ledger(path) as ledger:
        work(ledger)
    assert rows(path, "PRAGMA application_id") == [(APPLICATION_ID,)]


def test_another_programs_database_is_left_alone(path):
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE bookmarks (url)")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="no ledger of Permapress"):
        Ledger(path)
    assert path.read_bytes() == before


def test_a_ledger_without_its_version_is_told_as_damaged(path):
    filled(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM meta")
    with pytest.raises(LedgerError, match="states no version"):
        Ledger(path)


def used(path):
    with Ledger(path) as ledger:
        work(ledger, at=later(500))


def test_flipped_bytes_are_told_as_damage_or_do_none(path):
    whole, rng, told = filled(path).read_bytes(), random.Random(7), 0
    for _ in range(150):
        data = bytearray(whole)
        for at in rng.sample(range(len(data)), rng.choice([1, 8, 200])):
            data[at] = rng.randrange(256)
        renewed(path, data)
        try:
            used(path)
        except LedgerError:
            told += 1
    assert told > 20


def test_a_file_cut_short_anywhere_is_told_as_damaged(path):
    whole = filled(path).read_bytes()
    for share in range(1, 19):
        renewed(path, whole[: len(whole) * share // 19])
        with pytest.raises(LedgerError, match=str(path)):
            used(path)


def renewed(path, data):
    for name in ("-wal", "-shm"):
        path.with_name(path.name + name).unlink(missing_ok=True)
    path.write_bytes(data)


def test_a_folder_in_the_way_and_a_file_as_folder_are_told_as_such(tmp_path):
    (tmp_path / "permapress.db").mkdir()
    with pytest.raises(StorageError, match=r"permapress\.db"):
        Ledger(tmp_path / "permapress.db")
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="choose another output folder"):
        Ledger(tmp_path / "file" / "permapress.db")


@contextmanager
def file_size_limit(size_bytes):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_is_told_as_such_and_what_was_recorded_and_leased_stays(path):
    with Ledger(path) as ledger:
        add(ledger, pages(3))
        done, held, _ = lease(ledger)
        finish(ledger, done)
        with file_size_limit(path.with_name("permapress.db-wal").stat().st_size):
            with pytest.raises(StorageError, match=f"{path}.*run again"):
                finish(ledger, held, captures=[capture("https://a.example/" + "x" * 9_000, n) for n in range(99)])
            with pytest.raises(StorageError):
                add(ledger, pages(9_000))
        assert ledger.is_held(held, NOW)
        assert finish(ledger, held)
        assert ledger.counts(JOB).pending == 0
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "SELECT count(*) FROM outcomes") == [(2,)]
