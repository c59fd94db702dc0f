from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import uuid
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.core.errors import StorageError
from crawler.core.model import Ending
from crawler.warc.manifest import MANIFEST
from tests.judges import need
from tests.warc.samples import INFO, RESPONSE, RUN, by_fastwarc, by_warcio, closed, exchange, member, run, store

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n"
ROOT = Path(__file__).parents[2]


def random_id():
    return f"urn:uuid:{uuid.uuid4()}"


def noise(size):
    """A response that gzip cannot make smaller."""
    return b"HTTP/1.1 200 OK\r\n\r\n" + os.urandom(size)


@contextmanager
def file_size_limit(size_bytes):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def at(capture, folder):
    """The one record that a capture points at, as both readers see it from there."""
    data = member_bytes(folder / capture.file, capture)
    (mine,) = by_warcio(data)
    assert list(by_fastwarc(data)) == [mine]
    return mine


def member_bytes(path, capture):
    member(path, capture.offset, capture.length)
    return path.read_bytes()[capture.offset : capture.offset + capture.length]


def test_judges_pass_a_file_with_every_kind_of_record(tmp_path):
    need("gzip", "sha256sum")
    failed = exchange(response=b"", ending=Ending.FAILED, reason="refused")
    _, path = closed(tmp_path, exchange(), failed, exchange(ending=Ending.TIME), exchange(response=b"\xff\x00"))
    for command in (["warcio", "check"], ["fastwarc", "check", "-p"], ["gzip", "-t"]):
        judged = run(*command, str(path))
        assert judged.returncode == 0, judged
    assert run("sha256sum", "--strict", "-c", MANIFEST, cwd=tmp_path).returncode == 0


def test_only_the_payload_of_a_chunked_response_divides_the_judges(tmp_path):
    (_, chunked), path = closed(tmp_path, exchange(), exchange(response=CHUNKED))
    judged = run("warcio", "check", str(path))
    offset, problem = judged.stdout.splitlines()[1:]
    assert chunked.record_id in offset
    assert problem == f"    payload digest failed {chunked.payload_digest}"
    assert run("fastwarc", "check", str(path)).returncode == 0


def test_nothing_written_leaves_nothing(tmp_path):
    with store(tmp_path / "archive"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_open_and_locked_until_it_is_closed(tmp_path):
    target = store(tmp_path / "new" / "archive")
    capture = target.append(exchange())
    (path,) = (tmp_path / "new" / "archive").iterdir()
    assert path.name == f"{capture.file}.open"
    with path.open("rb") as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert capture.record_id.encode() in member(path, capture.offset, capture.length)
    target.close()
    target.close()
    assert {found.name for found in path.parent.iterdir()} == {capture.file, MANIFEST}
    digest = hashlib.sha256((path.parent / capture.file).read_bytes()).hexdigest()
    assert (path.parent / MANIFEST).read_text() == f"{digest}  {capture.file}\n"


def test_a_closed_store_takes_nothing(tmp_path):
    target = store(tmp_path)
    target.append(exchange())
    target.close()
    for call in (lambda: target.append(exchange()), target.sync):
        with pytest.raises(StorageError, match="is closed"):
            call()


def test_captures_point_at_their_records_across_rotation(tmp_path):
    with store(tmp_path, max_bytes=3_000) as target:
        captures = [target.append(exchange(response=RESPONSE + bytes([number]))) for number in range(12)]
        target.sync()
    for number, capture in enumerate(captures):
        assert at(capture, tmp_path) == ("response", capture.record_id, RESPONSE + bytes([number]))
    files = list(dict.fromkeys(capture.file for capture in captures))
    assert files == [f"permapress-{RUN}-7-{serial:05d}.warc.gz" for serial in range(len(files))]
    assert len(files) > 2
    assert [line.split("  ")[1] for line in (tmp_path / MANIFEST).read_text().splitlines()] == files
    for name in files:
        records = list(by_fastwarc((tmp_path / name).read_bytes()))
        assert [kind for kind, _, _ in records].count("warcinfo") == 1
        assert (tmp_path / name).stat().st_size >= 3_000 or name == files[-1]


def test_each_record_names_the_warcinfo_of_its_file(tmp_path):
    with store(tmp_path, max_bytes=1) as target:
        captures = [target.append(exchange()) for _ in range(2)]
    for capture in captures:
        path = tmp_path / capture.file
        first = next(by_warcio(path.read_bytes()))
        assert f"WARC-Warcinfo-ID: <{first[1]}>\r\n".encode() in member(path, capture.offset, capture.length)
        assert f"WARC-Filename: {capture.file}\r\n".encode() in gzip.decompress(path.read_bytes())


def test_the_warcinfo_says_how_it_was_made_and_not_where(tmp_path):
    _, path = closed(tmp_path, exchange())
    block = next(by_warcio(path.read_bytes()))[2].decode()
    fields = dict(line.split(": ", 1) for line in block.splitlines())
    assert fields == {
        "software": INFO.software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "operator": INFO.operator,
        "robots": "obey",
        "http-header-user-agent": INFO.user_agent,
        "redacted": "cookie, authorization",
    }
    assert os.uname().nodename not in block


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors in /proc")
def test_no_descriptor_stays_open(tmp_path):
    descriptors = Path("/proc/self/fd")
    before = len(list(descriptors.iterdir()))
    name = closed(tmp_path, exchange())[1].name
    (tmp_path / name.replace("00000", "00001")).touch()
    with store(tmp_path, max_bytes=1) as target:
        for _ in range(3):
            target.append(exchange())
    assert len(list(descriptors.iterdir())) == before


@pytest.mark.parametrize("taken", ["{}", "{}.open"])
def test_a_name_that_is_taken_is_passed_over(tmp_path, taken):
    name = closed(tmp_path / "other", exchange())[1].name
    (tmp_path / taken.format(name)).write_bytes(b"theirs")
    with store(tmp_path) as target:
        capture = target.append(exchange())
    assert capture.file == name.replace("00000", "00001")
    assert (tmp_path / taken.format(name)).read_bytes() == b"theirs"
    assert sorted(found.name for found in tmp_path.glob("permapress*")) == [taken.format(name), capture.file]


def test_a_name_that_was_taken_meanwhile_is_not_overwritten(tmp_path):
    target = store(tmp_path)
    capture = target.append(exchange())
    (tmp_path / capture.file).write_bytes(b"theirs")
    with pytest.raises(StorageError, match=capture.file):
        target.close()
    assert (tmp_path / capture.file).read_bytes() == b"theirs"
    assert (tmp_path / f"{capture.file}.open").stat().st_size > capture.offset


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "archive"):
        with pytest.raises(StorageError, match=rf"cannot write {folder}: .*; check the disk"):
            store(folder).append(exchange())


def test_a_full_disk_ends_the_store_at_the_last_whole_record(tmp_path):
    target = store(tmp_path)
    whole = target.append(exchange(response=noise(20_000)))
    with file_size_limit(50_000), pytest.raises(StorageError, match=rf"{whole.file}.open: File too large; raise"):
        target.append(exchange(response=noise(40_000)))
    with pytest.raises(StorageError, match="File too large"):
        target.append(exchange())  # there would be room
    with pytest.raises(StorageError, match="File too large"):
        target.sync()
    target.close()
    path = tmp_path / whole.file
    assert path.stat().st_size == whole.offset + whole.length
    assert run("gzip", "-t", str(path)).returncode == 0
    assert hashlib.sha256(path.read_bytes()).hexdigest() in (tmp_path / MANIFEST).read_text()


def test_a_disk_that_is_full_from_the_start_leaves_no_empty_file(tmp_path):
    target = store(tmp_path)
    with file_size_limit(100), pytest.raises(StorageError):
        target.append(exchange())
    target.close()
    assert list(tmp_path.iterdir()) == []


def turn(target, mode):
    """Give the store's descriptor another nature, as a failing disk does."""
    file = target._file
    other = os.open(file._path, mode) if mode is not None else os.pipe()[1]
    os.dup2(other, file._fd)
    os.close(other)


def test_a_tail_that_cannot_be_cut_stays_open_for_repair(tmp_path):
    target = store(tmp_path)
    capture = target.append(exchange())
    turn(target, os.O_RDONLY)
    with pytest.raises(StorageError, match="cannot write"):
        target.append(exchange())
    target.close()
    assert [found.name for found in tmp_path.iterdir()] == [f"{capture.file}.open"]


def test_a_failing_sync_ends_the_store(tmp_path):
    target = store(tmp_path)
    target.append(exchange())
    turn(target, None)
    with pytest.raises(StorageError, match="cannot write"):
        target.sync()
    with pytest.raises(StorageError, match="cannot write"):
        target.append(exchange())


def test_threads_get_a_place_each(tmp_path):
    captures = []
    with store(tmp_path, new_id=random_id, max_bytes=40_000) as target:

        def work():
            captures.extend(target.append(exchange(response=noise(100))) for _ in range(40))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    places = sorted((capture.file, capture.offset, capture.length) for capture in captures)
    assert len(captures) == 160
    assert all(first[0] < second[0] or first[1] + first[2] <= second[1] for first, second in pairwise(places))
    for capture in captures:
        assert at(capture, tmp_path)[1] == capture.record_id


WRITER = """
import json, os, sys, uuid
from pathlib import Path
from crawler.warc import WarcStore
from tests.warc.samples import INFO, RUN, exchange
target = WarcStore(Path(sys.argv[1]), RUN, int(sys.argv[2]), INFO, lambda: f"urn:uuid:{uuid.uuid4()}", max_bytes=20_000)
for _ in range(int(sys.argv[3])):
    capture = target.append(exchange(response=b"HTTP/1.1 200 OK\\r\\n\\r\\n" + os.urandom(2_000)))
    print(json.dumps([capture.file, capture.offset, capture.length, capture.record_id]), flush=True)
target.close()
"""


def writer(folder, pid, count):
    command = [sys.executable, "-c", WRITER, str(folder), str(pid), str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_processes_share_a_folder_even_under_one_number(tmp_path):
    writers = [writer(tmp_path, 7, 60) for _ in range(2)]
    lines = [line for process in writers for line in process.communicate(timeout=60)[0].splitlines()]
    assert [process.returncode for process in writers] == [0, 0]
    for name, offset, length, record_id in map(json.loads, lines):
        assert record_id.encode() in member(tmp_path / name, offset, length)
    files = {json.loads(line)[0] for line in lines}
    assert {found.name for found in tmp_path.iterdir()} == {*files, MANIFEST}
    listed = dict(reversed(line.split("  ")) for line in (tmp_path / MANIFEST).read_text().splitlines())
    assert listed == {name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in files}
    assert len(lines) == 120


def test_a_killed_process_loses_no_capture_that_it_was_given(tmp_path):
    process = writer(tmp_path, 7, 1_000_000)
    lines = [process.stdout.readline() for _ in range(200)]
    process.send_signal(signal.SIGKILL)
    lines += process.communicate(timeout=60)[0].splitlines()
    for name, offset, length, record_id in map(json.loads, filter(str.strip, lines)):
        path = tmp_path / name
        whole = path if path.exists() else tmp_path / f"{name}.open"
        assert record_id.encode() in member(whole, offset, length)
    (orphan,) = tmp_path.glob("*.open")
    with orphan.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
