from __future__ import annotations

import fcntl
from contextlib import ExitStack, suppress

import pytest

from crawler.core.errors import LockedError, StorageError
from crawler.core.model import Status
from crawler.core.visit import FoundLink, Outcome
from crawler.ledger import Ledger
from crawler.ledger.check import faults
from crawler.ledger.rebuild import JOB
from crawler.ledger.replace import replaced
from tests.ledger.samples import NOW, RUN, add, capture, finish, later, lease, rows, seed

A, B = "https://a.example/1", "https://a.example/2"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "permapress.db"


def ended(url, status=Status.ARCHIVED, at=NOW, **fields):
    return Outcome(url=url, status=status, reason="as it is", at=at, **fields)


def visited(rebuild, url, status=Status.ARCHIVED, *, at=NOW, captures=(), post_digest=None, **fields):
    rebuild.visited(RUN, NOW, seed(url), ended(url, status, at, **fields), captures, post_digest=post_digest)


def test_a_visit_made_again_is_what_a_living_one_left(path, tmp_path):
    captures = [capture(A, 0, status=302), capture("https://a.example/there", 900)]
    end = {"final_url": "https://a.example/there", "title": "题", "post": "_posts/x.md"}
    with Ledger(tmp_path / "living.db") as ledger:
        add(ledger, [seed(A)])
        ledger.reserve_name("x-md", A, "_posts/x.md")
        finish(ledger, lease(ledger)[0], captures=captures, post_digest="0", **end)
    with replaced(path, NOW) as rebuild:
        rebuild.named("x-md", A, "_posts/x.md", "0")
        visited(rebuild, A, captures=captures, post_digest="0", **end)
    for table in ("urls", "outcomes", "captures", "aliases", "names", "links", "queues"):
        query = f"SELECT * FROM {table}"
        assert rows(path, query) == rows(tmp_path / "living.db", query), table
    assert rows(path, "SELECT name, active, failures FROM hosts") == [("a.example", 0, 0)]
    assert faults(path) == []
    assert list(path.parent.iterdir()) == [path]


def test_what_ended_well_is_not_visited_again_and_the_rest_is(path):
    with replaced(path, NOW) as rebuild:
        visited(rebuild, A)
        visited(rebuild, B, Status.GONE)
        rebuild.seen(seed("https://a.example/3"), NOW)
    with Ledger(path) as ledger:
        added = add(ledger, [seed(A), seed(B), seed("https://a.example/3")], run="another")
        assert (added.new, added.known) == (2, 1)
        assert {one.seed.url for one in lease(ledger)} == {B, "https://a.example/3"}
        assert ledger.counts(JOB).finished == {Status.ARCHIVED: 1, Status.GONE: 1}


def test_names_of_two_posts_that_meet_are_both_kept_and_the_last_is_the_keys(path):
    with replaced(path, NOW) as rebuild:
        rebuild.named("x-md", A, "_posts/x.md", "1")
        rebuild.named("x-md", B, "_posts/X.md", None)
        rebuild.named("y-md", A, "_posts/y.md", "2")
        rebuild.named("x-md", A, "_posts/x.md", "3")
    with Ledger(path) as ledger:
        assert [ledger.name_of(key) for key in (A, B)] == ["_posts/x.md", "_posts/X.md"]
        assert [ledger.digest_of(f"_posts/{name}.md") for name in "xXy"] == ["3", None, "2"]
        assert not ledger.reserve_name("x-md", "https://c.example/", "_posts/x!.md")


def test_what_visits_of_a_key_wrote_and_captured_is_known_and_links_are_of_its_last(path):
    with replaced(path, NOW) as rebuild:
        visited(rebuild, A, at=later(9), post="_posts/x.md", post_digest="new")
        visited(rebuild, A, at=later(1), post="_posts/x.md", post_digest="old", captures=[capture(A, 7)])
        assert rebuild.digests(A) == {"_posts/x.md": ["new", "old"]}
        assert rebuild.digests(B) == {}
        assert (rebuild.knows(A, "urn:uuid:7"), rebuild.knows(B, "urn:uuid:7")) == (True, False)
        link = FoundLink(seed(B), "related", follow=False)
        rebuild.linked(A, [link], NOW)
        rebuild.linked(B, [link], NOW)
        assert rebuild.counted() == (2, 0)
    found = rows(path, "SELECT o.at, u.key FROM links l JOIN outcomes o USING (visit) JOIN urls u ON u.id = l.url")
    assert found == [(int(later(9).timestamp() * 1e6), B)]


def test_the_old_one_is_kept_with_its_log_under_a_name_with_the_time(path):
    path.parent.mkdir()
    old = {"permapress.db": b"broken", "permapress.db-wal": b"log", "permapress.db-shm": b"index"}
    for _ in range(2):
        for name, data in old.items():
            (path.parent / name).write_bytes(data)
        with replaced(path, NOW) as rebuild:
            visited(rebuild, A)
    kept = {name.replace(".db", ".db.broken-20261123T120000Z"): data for name, data in old.items()}
    again = {name.replace(".db", ".db.broken-20261123T120000Z-2"): data for name, data in old.items()}
    there = {each.name: each.read_bytes() for each in path.parent.iterdir() if each != path}
    assert there == kept | again
    assert faults(path) == []


def test_where_it_fails_or_was_killed_nothing_has_changed(path):
    path.parent.mkdir()
    path.write_bytes(b"old")
    path.with_name("permapress.db.new").write_bytes(b"of one that was killed")
    with suppress(KeyboardInterrupt), replaced(path, NOW) as rebuild:
        visited(rebuild, A)
        raise KeyboardInterrupt
    assert [each.read_bytes() for each in path.parent.iterdir()] == [b"old"]


def test_it_is_refused_where_a_run_holds_the_output_before_or_at_the_end(path):
    path.parent.mkdir()
    path.write_bytes(b"old")
    with (path.parent / "run-1.holder").open("w") as run:
        fcntl.flock(run, fcntl.LOCK_EX)
        with pytest.raises(LockedError, match=r"run-1 holds .*state; wait"), replaced(path, NOW):
            pass
    with ExitStack() as stack:

        def begins_meanwhile():
            with replaced(path, NOW) as rebuild:
                visited(rebuild, A)
                run = stack.enter_context((path.parent / "run-2.holder").open("w"))
                fcntl.flock(run, fcntl.LOCK_EX)

        with pytest.raises(LockedError, match="run-2"):
            begins_meanwhile()
    assert path.read_bytes() == b"old"


def test_one_rebuild_at_a_time(path):
    with replaced(path, NOW), pytest.raises(LockedError, match="another rebuild"), replaced(path, NOW):
        pass
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_cannot_be_is_told_as_storage(tmp_path):
    (tmp_path / "state").touch()
    with pytest.raises(StorageError, match="state"), replaced(tmp_path / "state" / "permapress.db", NOW):
        pass
