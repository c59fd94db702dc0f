from __future__ import annotations

import fcntl
import hashlib
import multiprocessing
import resource
from concurrent.futures import ThreadPoolExecutor

import pytest

from crawler.core.errors import StorageError
from crawler.warc.manifest import MANIFEST, add
from tests.judges import need
from tests.warc.samples import run

ONE, TWO = "1" * 64, "2" * 64


def test_each_file_has_a_line_that_sha256sum_reads(tmp_path):
    need("sha256sum")
    for name in ("a.warc.gz", "b.warc.gz"):
        (tmp_path / name).write_text(name)
        add(tmp_path, name, hashlib.sha256(name.encode()).hexdigest())
    checked = run("sha256sum", "--strict", "-c", MANIFEST, cwd=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "a.warc.gz: OK\nb.warc.gz: OK\n")


@pytest.mark.parametrize("torn", ["3333", "3" * 64 + "  c.warc", "3" * 20_000])
def test_a_torn_last_line_goes_and_whole_ones_stay(tmp_path, torn):
    add(tmp_path, "a", ONE)
    with (tmp_path / MANIFEST).open("a") as file:
        file.write(torn[:8000])
    add(tmp_path, "b", TWO)
    assert (tmp_path / MANIFEST).read_text() == f"{ONE}  a\n{TWO}  b\n"


def add_many(folder, who):
    for number in range(25):
        add(folder, f"{who}-{number}", ONE)


def test_processes_that_share_it_lose_no_line(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=add_many, args=(tmp_path, who)) for who in "ab"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    lines = (tmp_path / MANIFEST).read_text().splitlines()
    assert sorted(lines) == sorted(f"{ONE}  {who}-{number}" for who in "ab" for number in range(25))


def test_it_waits_for_whoever_has_the_lock(tmp_path):
    (tmp_path / MANIFEST).touch()
    with (tmp_path / MANIFEST).open("r+") as held, ThreadPoolExecutor(1) as pool:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = pool.submit(add, tmp_path, "b", TWO)
        with pytest.raises(TimeoutError):
            waiting.result(0.1)
        held.write(f"{ONE}  a\n")
        held.flush()
        fcntl.flock(held, fcntl.LOCK_UN)
        waiting.result(10)
    assert (tmp_path / MANIFEST).read_text() == f"{ONE}  a\n{TWO}  b\n"


def test_a_line_that_does_not_fit_leaves_no_trace_and_is_an_error(tmp_path):
    add(tmp_path, "a", ONE)
    before = (tmp_path / MANIFEST).read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 10, limits[1]))
    try:
        with pytest.raises(StorageError, match=rf"{MANIFEST}: File too large; raise the limit"):
            add(tmp_path, "b", TWO)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (tmp_path / MANIFEST).read_bytes() == before
