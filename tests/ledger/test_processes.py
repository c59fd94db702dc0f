from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import threading
import time
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from crawler.ledger import Ledger
from tests.ledger.samples import JOB, RUN, add, finish, pages, rows

SPAWN = multiprocessing.get_context("spawn")
DELAY_S, LEASE_S = 0.2, 1.0


def now():
    return datetime.now(UTC)


def visit_all(path, log, barrier, lease_s):
    """A worker: leases one by one until nothing is left, and writes down what it was given and when."""
    barrier.wait()
    with Ledger(path) as ledger, log.open("a", buffering=1) as seen:
        while ledger.next_due([JOB], now()) is not None:
            at = now()
            for lease in ledger.lease(
                str(os.getpid()), jobs=[JOB], at=at, most=2, per_host=1, delay_s=DELAY_S, lease_s=lease_s
            ):
                seen.write(f"{at.timestamp()} {lease.token} {lease.seed.url}\n")
                finish(ledger, lease, at=now())
            time.sleep(0.005)


def start(path, count, folder, lease_s=120.0, serial=0):
    barrier = SPAWN.Barrier(count)
    logs = [folder / f"{serial}-{n}.log" for n in range(count)]
    workers = [SPAWN.Process(target=visit_all, args=(path, log, barrier, lease_s)) for log in logs]
    for worker in workers:
        worker.start()
    return workers, barrier  # which must live until the last of them has it


def given(folder):
    lines = [line.split() for log in sorted(folder.glob("*.log")) for line in log.read_text().splitlines()]
    return sorted((float(at), int(token), url) for at, token, url in lines)


def test_several_processes_share_a_new_file_each_visit_once_and_paced_across_them(tmp_path):
    path = tmp_path / "permapress.db"
    with Ledger(path) as ledger:
        add(ledger, [page for n in range(6) for page in pages(8, f"h{n}.example")], at=now())
    workers, _barrier = start(path, 3, tmp_path)
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    got = given(tmp_path)
    assert len({token for _, token, _ in got}) == len({url for *_, url in got}) == len(got) == 48
    assert len([log for log in tmp_path.glob("*.log") if log.read_text()]) > 1, "one process did everything"
    for n in range(6):
        times = [at for at, _, url in got if f"//h{n}." in url]
        # A host's times are those that the ledger was given; microseconds are its unit.
        assert all(after - before >= DELAY_S - 0.00001 for before, after in pairwise(times))


def opens_and_adds(path, barrier, number):
    barrier.wait()
    with Ledger(path) as ledger:
        add(ledger, pages(5, f"h{number}.example"))


def test_processes_that_make_the_same_file_at_once_all_find_it_made(tmp_path):
    for attempt in range(3):
        path, barrier = tmp_path / f"{attempt}.db", SPAWN.Barrier(4)
        workers = [SPAWN.Process(target=opens_and_adds, args=(path, barrier, n)) for n in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
            assert worker.exitcode == 0
        assert rows(path, "SELECT count(*) FROM visits") == [(20,)]


def sound(path):
    """The file is whole, and what is derived agrees with what it is derived from."""
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert not rows(path, "PRAGMA foreign_key_check")
    assert not rows(path, "SELECT id FROM visits WHERE (state = 'done') <> (id IN (SELECT visit FROM outcomes))")
    assert not rows(
        path,
        "SELECT id FROM hosts h WHERE active <> (SELECT count(*) FROM visits WHERE host = h.id AND asking = 1)",
    )
    first = "SELECT host, job, priority, min(due) FROM visits WHERE state = 'waiting' GROUP BY host, job, priority"
    assert rows(path, f"{first} EXCEPT SELECT host, job, priority, due FROM queues") == []
    assert rows(path, f"SELECT host, job, priority, due FROM queues EXCEPT {first}") == []
    counted = "SELECT job, coalesce(status, state), count(*) FROM visits LEFT JOIN outcomes ON visit = id GROUP BY 1, 2"
    assert sorted(rows(path, counted)) == sorted(rows(path, "SELECT job, state, visits FROM tallies WHERE visits > 0"))


def test_workers_killed_at_any_moment_lose_no_visit_and_leave_the_file_whole(tmp_path):
    path, rng = tmp_path / "permapress.db", random.Random(3)
    with Ledger(path) as ledger:
        add(ledger, [page for n in range(30) for page in pages(20, f"h{n}.example")], at=now())
    for serial in range(8):
        workers, _barrier = start(path, 2, tmp_path, LEASE_S, serial)
        wait_for_log(tmp_path, serial)
        time.sleep(rng.uniform(0, 0.3))
        for worker in workers:
            os.kill(worker.pid, signal.SIGKILL)
            worker.join()
        sound(path)
    with Ledger(path) as ledger:
        deadline = time.monotonic() + 60
        while ledger.next_due([JOB], now()) is not None and time.monotonic() < deadline:
            for lease in ledger.lease("last", jobs=[JOB], at=now(), most=64, per_host=9, delay_s=0):
                assert finish(ledger, lease, at=now())
    sound(path)
    assert rows(path, "SELECT count(*), count(DISTINCT visit) FROM outcomes") == [(600, 600)]


def wait_for_log(folder, serial):
    deadline = time.monotonic() + 30
    while not any(log.stat().st_size for log in folder.glob(f"{serial}-*.log")):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def adds_many(path, started):
    with Ledger(path) as ledger:
        add(ledger, pages(500, "first.example"))
        started.set()
        add(ledger, pages(500_000), run=RUN)


def test_a_bulk_add_that_is_killed_left_whole_chunks_and_goes_on_from_there(tmp_path):
    path, started = tmp_path / "permapress.db", SPAWN.Event()
    worker = SPAWN.Process(target=adds_many, args=(path, started))
    worker.start()
    assert started.wait(60)
    time.sleep(1)  # half a million take far longer
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    sound(path)
    with Ledger(path) as ledger:
        there = ledger.counts(JOB).pending - 500
        assert there % 500 == 0
        assert add(ledger, pages(there + 500)).new == 500


@pytest.mark.parametrize("within", ["add", "lease", "finish"])
def test_a_call_that_finds_the_file_locked_waits_for_it(tmp_path, within):
    path = tmp_path / "permapress.db"
    with Ledger(path) as ledger:
        add(ledger, pages(2))
        (held,) = ledger.lease("me", jobs=[JOB], at=now(), most=1, per_host=1, delay_s=0)
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(0.3, other.execute, ["COMMIT"]).start()
        calls = {
            "add": lambda: add(ledger, pages(9)).new == 7,
            "lease": lambda: len(ledger.lease("me", jobs=[JOB], at=now(), most=9, per_host=9, delay_s=0)) == 1,
            "finish": lambda: finish(ledger, held, at=now()),
        }
        began = time.monotonic()
        assert calls[within]()
        assert time.monotonic() - began > 0.2
        other.close()


def test_a_new_file_that_another_is_making_is_waited_for(tmp_path):
    path = tmp_path / "permapress.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, other.execute, ["COMMIT"]).start()
    with Ledger(path) as ledger:
        assert add(ledger, pages(1)).new == 1
    other.close()
