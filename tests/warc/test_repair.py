"""What a dead writer left is closed and listed, nothing is thrown away, and being killed meanwhile does no harm."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.core.errors import StorageError
from crawler.warc import check, check_manifest, records
from crawler.warc.manifest import MANIFEST
from crawler.warc.repair import repaired, repaired_orphans
from tests.judges import need
from tests.warc.made import packed, warc
from tests.warc.samples import RESPONSE, RUN, by_fastwarc, closed, exchange, run, store

ROOT = Path(__file__).parents[2]
NAME = f"permapress-{RUN}-7-00000.warc.gz"


def whole_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return closed(Path(folder), *[exchange(response=RESPONSE[:-1] + bytes([n])) for n in range(3)])[1].read_bytes()


def places(data: bytes) -> list[int]:
    """Where each record ends."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc.gz"
        path.write_bytes(data)
        return [found.offset + found.length for found in records(path)]


WHOLE = whole_file()
ENDS = places(WHOLE)


def orphan(folder: Path, data: bytes) -> Path:
    path = folder / f"{NAME}.open"
    path.write_bytes(data)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def line(data: bytes, name: str = NAME) -> bytes:
    return f"{hashlib.sha256(data).hexdigest()}  {name}\n".encode()


def told(folder: Path) -> list[tuple[str, bool]]:
    return [(repair.file, repair.sound) for repair in repaired(folder)]


def test_a_torn_end_is_kept_byte_for_byte_and_judges_pass_the_rest(tmp_path):
    need("gzip", "sha256sum")
    orphan(tmp_path, WHOLE[:-7])
    (repair,) = repaired(tmp_path)
    cut, torn = WHOLE[: ENDS[-2]], WHOLE[ENDS[-2] : -7]
    assert repair.sound
    assert f"{len(torn)} bytes" in repair.reason
    assert contents(tmp_path) == {NAME: cut, f"{NAME}.torn": torn, MANIFEST: line(cut)}
    for command in (["warcio", "check"], ["fastwarc", "check", "-p"], ["gzip", "-t"]):
        assert run(*command, str(tmp_path / NAME)).returncode == 0
    assert run("sha256sum", "--strict", "-c", MANIFEST, cwd=tmp_path).returncode == 0
    assert list(repaired(tmp_path)) == []


def test_wherever_it_is_cut_what_is_whole_stays_and_the_rest_is_kept(tmp_path):
    for size in range(0, len(WHOLE) + 1, 37):
        folder = tmp_path / str(size)
        folder.mkdir()
        orphan(folder, WHOLE[:size])
        assert told(folder) == [(NAME, True)]
        end = max((end for end in ENDS if end <= size), default=0)
        expected = {NAME: WHOLE[:end], MANIFEST: line(WHOLE[:end])} if end else {}
        expected |= {f"{NAME}.torn": WHOLE[end:size]} if end < size else {}
        assert contents(folder) == expected


def test_a_whole_orphan_is_closed_as_it_is(tmp_path):
    orphan(tmp_path, WHOLE)
    (repair,) = repaired(tmp_path)
    assert (repair.file, repair.sound) == (NAME, True)
    assert contents(tmp_path) == {NAME: WHOLE, MANIFEST: line(WHOLE)}


@settings(max_examples=100)
@given(st.data())
def test_whatever_was_damaged_no_byte_is_lost_and_no_whole_record(data):
    start = data.draw(st.integers(0, len(WHOLE) - 1))
    stop = data.draw(st.integers(start, len(WHOLE)))
    damaged = WHOLE[:start] + data.draw(st.binary(max_size=20)) + WHOLE[stop:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = {found.id for found in records(orphan(folder, damaged)) if hasattr(found, "block")}
        (repair,) = list(repaired(folder)) or [None]
        kept = contents(folder)
        assert kept.get(NAME, b"") + kept.get(f"{NAME}.torn", b"") == damaged
        assert f"{NAME}.open" not in kept
        after = {found.id for found in records(folder / NAME) if hasattr(found, "block")} if NAME in kept else set()
        assert after == before
        if NAME in kept:
            assert repair.sound == (not list(check(folder / NAME))) == (MANIFEST in kept)
        if repair.sound:
            assert list(repaired(folder)) == []
            assert list(check_manifest(folder)) == []


def test_damage_before_the_last_whole_record_is_told_and_not_vouched_for(tmp_path):
    damaged = WHOLE[: ENDS[1]] + bytes(ENDS[2] - ENDS[1]) + WHOLE[ENDS[2] :]
    orphan(tmp_path, damaged)
    (repair,) = repaired(tmp_path)
    assert not repair.sound
    assert f"at offset {ENDS[1]}" in repair.reason
    assert contents(tmp_path) == {NAME: damaged}
    assert told(tmp_path) == [(NAME, False)]


def test_records_that_a_torn_page_holds_are_not_taken_for_ours(tmp_path):
    page = b"HTTP/1.1 200 OK\r\n\r\n" + os.urandom(40_000) + packed(warc(1)) + os.urandom(20_000)
    _, path = closed(tmp_path, exchange(response=page))
    data = path.read_bytes()
    assert packed(warc(1)) in data
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    orphan(tmp_path, data[:-100])
    assert told(tmp_path) == [(NAME, True)]
    kinds = [kind for kind, _, _ in by_fastwarc((tmp_path / NAME).read_bytes())]
    assert kinds == ["warcinfo", "request"]


def test_very_compressible_pages_are_not_taken_for_torn(tmp_path):
    page = b"HTTP/1.1 200 OK\r\n\r\n" + bytes(20 * 1024**2)
    data = closed(tmp_path / "made", *[exchange(response=page)] * 8)[1].read_bytes()
    orphan(tmp_path, data)
    list(repaired_orphans(tmp_path))
    assert (tmp_path / NAME).read_bytes() == data


def test_a_bomb_in_a_torn_page_ends_the_search_and_is_kept(tmp_path):
    bomb = gzip.compress(b"WARC/1.1\r\nContent-Length: 999999999\r\n\r\n" + bytes(150 * 1024**2), 9, mtime=0)
    whole, torn = WHOLE[: ENDS[-2]], b"torn" + bomb + WHOLE[ENDS[-2] :]
    orphan(tmp_path, whole + torn)
    assert told(tmp_path) == [(NAME, True)]
    assert contents(tmp_path) == {NAME: whole, f"{NAME}.torn": torn, MANIFEST: line(whole)}


@pytest.mark.parametrize("data", [b"no WARC at all", b"\x28\xb5\x2f\xfd zstd", b"\x1f\x8b"])
def test_a_file_without_a_whole_record_leaves_nothing_under_its_name(tmp_path, data):
    orphan(tmp_path, data)
    assert told(tmp_path) == [(NAME, True)]
    assert contents(tmp_path) == {f"{NAME}.torn": data}


def test_a_file_that_is_written_is_left_alone(tmp_path):
    target = store(tmp_path)
    target.append(exchange())
    before = contents(tmp_path)
    assert list(repaired(tmp_path)) == []
    assert contents(tmp_path) == before
    target.append(exchange())
    target.close()
    assert list(repaired(tmp_path)) == []
    assert list(check_manifest(tmp_path)) == []


def test_a_closed_file_is_listed_once_and_only_where_it_is_sound(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(WHOLE)
    (tmp_path / "b.warc.gz").write_bytes(WHOLE[:-1])
    (tmp_path / "c.warc.gz").write_bytes(b"\x28\xb5\x2f\xfd")
    (tmp_path / "d\n.warc.gz").write_bytes(WHOLE)
    sound = [(name, name == "a.warc.gz") for name in ("a.warc.gz", "b.warc.gz", "c.warc.gz", "d\n.warc.gz")]
    assert told(tmp_path) == sound
    assert told(tmp_path) == sound[1:]
    assert (tmp_path / MANIFEST).read_bytes() == line(WHOLE, "a.warc.gz")
    assert (tmp_path / "b.warc.gz").read_bytes() == WHOLE[:-1]


def test_a_line_that_was_torn_is_written_again(tmp_path):
    (tmp_path / NAME).write_bytes(WHOLE)
    (tmp_path / MANIFEST).write_bytes(line(b"gone", "gone.warc.gz") + line(WHOLE)[:-1])
    assert told(tmp_path) == [(NAME, True)]
    assert (tmp_path / MANIFEST).read_bytes() == line(b"gone", "gone.warc.gz") + line(WHOLE)


def test_lines_for_files_that_are_gone_or_changed_stay_damage(tmp_path):
    orphan(tmp_path, WHOLE)
    (tmp_path / "changed.warc.gz").write_bytes(WHOLE)
    lines = line(b"", "gone.warc.gz") + line(b"", "changed.warc.gz") + line(b"", NAME)
    (tmp_path / MANIFEST).write_bytes(lines)
    assert told(tmp_path) == [(NAME, True)]
    assert (tmp_path / MANIFEST).read_bytes() == lines
    assert len(list(check_manifest(tmp_path))) == 3


def test_a_name_that_is_taken_is_not_overwritten(tmp_path):
    orphan(tmp_path, WHOLE[:-1])
    (tmp_path / NAME).write_bytes(b"theirs")
    (repair,) = repaired(tmp_path)
    assert not repair.sound
    assert contents(tmp_path) == {f"{NAME}.open": WHOLE[:-1], NAME: b"theirs"}


def test_another_torn_end_of_that_name_is_not_overwritten(tmp_path):
    for number in range(2):
        (tmp_path / (f"{NAME}.torn" if not number else f"{NAME}.2.torn")).write_bytes(bytes([number]))
    orphan(tmp_path, WHOLE + b"x")
    (repair,) = repaired(tmp_path)
    assert f"{NAME}.3.torn" in repair.reason
    kept = contents(tmp_path)
    assert [kept[f"{NAME}{end}"] for end in (".torn", ".2.torn", ".3.torn")] == [b"\0", b"\1", b"x"]


def test_what_is_no_orphan_of_ours_is_left_alone(tmp_path):
    (tmp_path / "elsewhere").write_bytes(WHOLE)
    (tmp_path / "link.warc.gz.open").symlink_to("elsewhere")
    (tmp_path / "notes.open").write_bytes(b"notes")
    (tmp_path / "folder.warc.gz.open").mkdir()
    os.mkfifo(tmp_path / "pipe.warc.gz.open")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert list(repaired(tmp_path)) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert list(repaired(tmp_path / "nowhere")) == []


def test_an_orphan_without_a_byte_goes(tmp_path):
    orphan(tmp_path, b"")
    assert told(tmp_path) == [(NAME, True)]
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("name", [f"{NAME}.open", NAME])
def test_what_another_repairer_has_is_left_to_it(tmp_path, name):
    (tmp_path / name).write_bytes(WHOLE)
    with (tmp_path / name).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert list(repaired(tmp_path)) == []
    assert contents(tmp_path) == {name: WHOLE}


def test_a_full_disk_is_told_and_changes_nothing(tmp_path):
    data = WHOLE + os.urandom(50_000)
    orphan(tmp_path, data)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(StorageError, match="File too large; raise"):
            list(repaired(tmp_path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert contents(tmp_path) == {f"{NAME}.open": data}


# Each folder named on the command line is repaired by a process of its own, killed before its n-th effect on the disk.
KILLER = """
import os, signal, sys
from pathlib import Path
from crawler.warc.repair import repaired
EFFECTS = "open write ftruncate fsync rename unlink close".split()
def dying(real, left):
    def call(*args, **kwargs):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)
    return call
for number, folder in enumerate(sys.argv[1:], 1):
    child = os.fork()
    if not child:
        left = [number]
        for name in EFFECTS:
            setattr(os, name, dying(getattr(os, name), left))
        list(repaired(Path(folder)))
        os._exit(0)
    print(os.waitpid(child, 0)[1])
"""


@pytest.mark.parametrize("size", [len(WHOLE), len(WHOLE) - 7, ENDS[0] - 1])
def test_killed_before_any_of_its_steps_it_loses_nothing_and_goes_on(tmp_path, size):
    data = WHOLE[:size]
    folders = [tmp_path / str(number) for number in range(30)]
    for folder in folders:
        folder.mkdir()
        orphan(folder, data)
    command = [sys.executable, "-c", KILLER, *map(str, folders)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout.split()
    assert ended.count("9") >= 6
    assert ended[-1] == "0"
    expected = contents(folders[-1])
    for folder in folders:
        left = contents(folder)
        whole = left.get(f"{NAME}.open", left.get(NAME, b""))
        assert whole == data or whole + left.get(f"{NAME}.torn", b"") == data
        list(repaired(folder))
        assert contents(folder) == expected


TRACER = """
import os, sys
from pathlib import Path
from crawler.warc.repair import repaired
def traced(name, real):
    def call(target, *args, **kwargs):
        path = os.readlink(f"/proc/self/fd/{target}") if isinstance(target, int) else target
        print(name, Path(path).name)
        return real(target, *args, **kwargs)
    return call
for name in "ftruncate fsync rename".split():
    setattr(os, name, traced(name, getattr(os, name)))
list(repaired(Path(sys.argv[1])))
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="names descriptors by /proc")
def test_each_step_is_on_the_disk_before_the_next_begins(tmp_path):
    orphan(tmp_path, WHOLE[:-7])
    traced = subprocess.run(
        [sys.executable, "-c", TRACER, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert traced.stdout.splitlines() == [
        f"fsync {NAME}.torn.part",
        f"rename {NAME}.torn.part",
        f"fsync {tmp_path.name}",
        f"ftruncate {NAME}.open",
        f"fsync {NAME}.open",
        f"rename {NAME}.open",
        f"fsync {tmp_path.name}",
        f"ftruncate {MANIFEST}",
        f"fsync {MANIFEST}",
        f"fsync {tmp_path.name}",
    ]


REPAIRER = """
import sys
from pathlib import Path
from crawler.warc.repair import repaired
print("ready", flush=True)
sys.stdin.readline()
for repair in repaired(Path(sys.argv[1])):
    print(repair.file)
"""


def test_of_two_repairers_each_file_has_one(tmp_path):
    names = [f"permapress-{RUN}-7-{serial:05d}.warc.gz" for serial in range(40)]
    for number, name in enumerate(names):
        (tmp_path / (f"{name}.open" if number % 2 else name)).write_bytes(WHOLE + b"x" * (number % 2))
    command = [sys.executable, "-c", REPAIRER, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    repairers = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(2)]
    for repairer in repairers:
        repairer.stdout.readline()
    for repairer in repairers:
        repairer.stdin.write("\n")
        repairer.stdin.flush()
    files = [name for repairer in repairers for name in repairer.communicate(timeout=60)[0].split()]
    assert [repairer.returncode for repairer in repairers] == [0, 0]
    list(repaired(tmp_path))  # what one left to the other at the very end
    assert len(files) == len(set(files))
    assert sorted(contents(tmp_path)) == sorted([*names, *[f"{name}.torn" for name in names[1::2]], MANIFEST])
    listed = (tmp_path / MANIFEST).read_text().splitlines()
    assert sorted(each.split("  ")[1] for each in listed) == names
    assert list(check_manifest(tmp_path)) == []
