"""Archives whose crawl was killed, and archives that lost a post: mended, and only where something was missing."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.config import Config
from crawler.core.model import Reading, Seed
from crawler.posts import read_post
from crawler.warc import read_readings, records
from crawler.work.repair import repairs
from tests.judges import need
from tests.site.command import PERMAPRESS, permapress
from tests.site.routes import VISITS, answers
from tests.site.server import serve
from tests.warc.samples import exchange, run, store

KILLS_AN_ARCHIVE, ARCHIVES = 2, 5


@pytest.fixture(scope="module")
def site():
    with serve(answers()) as served:
        yield served


def arguments(site, output: Path) -> list[str]:
    output.mkdir(exist_ok=True)
    config = output / "crawl.yaml"
    config.write_text("politeness:\n  delay: 0\n", encoding="utf-8")
    urls = [site.base + visit.path for visit in VISITS]
    return ["archive", *urls, "-o", str(output), "--config", str(config), "--allow-private"]


@pytest.fixture(scope="module")
def whole(site, tmp_path_factory) -> Path:
    output = tmp_path_factory.mktemp("whole")
    assert permapress(*arguments(site, output)).status == 1  # some visits of the site are to give no post
    return output


@pytest.fixture
def archive(whole, tmp_path) -> Path:
    return shutil.copytree(whole, tmp_path / "archive")


def posts(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (output / "_posts").iterdir() if not path.name.startswith(".")}


def done(output: Path) -> list[tuple[str, bool]]:
    return [(Path(proof.what).name, proof.sound) for proof in repairs(Config(output=output))]


def test_where_nothing_is_missing_nothing_is_done(archive):
    before = {path: path.stat().st_mtime_ns for path in archive.rglob("*")}
    assert done(archive) == []
    assert {path: path.stat().st_mtime_ns for path in archive.rglob("*")} == before
    assert done(archive / "nowhere") == []


def test_missing_posts_come_back_byte_for_byte_and_no_other_is_touched(archive):
    before = posts(archive)
    gone, also, edited, *_ = sorted(before)
    for name in (gone, also):
        (archive / "_posts" / name).unlink()
    (archive / "_posts" / edited).write_bytes(b"edited by a person")
    assert permapress("verify", archive).status == 6
    ran = permapress("verify", archive, "--repair")
    assert ran.status == 0, ran.output
    assert ran.output.count("made again, byte for byte") == 2
    assert posts(archive) == before | {edited: b"edited by a person"}


def test_what_was_done_is_told_before_the_proofs_and_as_json(archive):
    post = archive / "_posts" / min(posts(archive))
    post.unlink()
    command = [*PERMAPRESS, "verify", str(archive), "--repair", "--json"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert json.loads(lines[0]) == {"what": str(post), "sound": True, "reason": "made again, byte for byte"}
    assert [json.loads(line)["what"] for line in lines].count(str(post)) == 2


def test_one_post_is_proved_after_its_archive_was_mended(archive):
    (warc,) = (archive / "archive").glob("*.warc.gz")
    warc.rename(f"{warc}.open")
    (archive / "archive" / "manifest-sha256.txt").unlink()
    ran = permapress("verify", archive / "_posts" / min(posts(archive)), "--repair")
    assert ran.status == 0
    assert [line.split()[0] for line in ran.output.splitlines()] == ["sound", "sound"]
    assert warc.exists()


def test_a_dangling_link_in_the_place_of_a_post_is_somebodys_and_stays(archive):
    path = archive / "_posts" / min(posts(archive))
    path.unlink()
    path.symlink_to("elsewhere")
    assert done(archive) == []
    assert path.is_symlink()


def test_a_post_whose_page_is_damaged_is_told_and_the_others_come_back(archive):
    before = posts(archive)
    (warc,) = (archive / "archive").glob("*.warc.gz")
    (first, reading), *_ = sorted((found.post, found) for found in readings(archive) if found.post)
    (record,) = [found for found in records(warc) if found.id == reading.page_record_id]
    data = bytearray(warc.read_bytes())
    data[record.offset + record.length - 8] ^= 1  # its checksum
    warc.write_bytes(data)
    shutil.rmtree(archive / "_posts")
    told = dict(done(archive))
    assert told == {name: name != first for name in before}
    assert posts(archive) == {name: data for name, data in before.items() if name != first}
    assert permapress("verify", archive, "--repair").status == 6


NAME = "2026-01-02-The Tide.md"
ARTICLE = b"<title>The Tide</title><h1>The Tide</h1><article>" + 3 * (
    b"<p>The harbour was dredged in the spring, and the ferries now leave on time at the lowest tide.</p>"
)


def read_once(folder: Path, page: bytes, **changes) -> None:
    """An archive whose reading record names a post that is not there."""
    with store(folder / "archive") as target:
        response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        capture = target.append(exchange(response=response))
        seed = Seed(url=capture.url, key=capture.url)
        reading = Reading(seed, capture.url, capture.record_id, capture.date, (), (), post=NAME, post_sha256="0" * 64)
        target.append_reading(replace(reading, **changes), None, capture.date)


@pytest.mark.parametrize(
    ("page", "changes", "sound", "words"),
    [
        (ARTICLE, {}, True, "not as recorded: other versions"),
        (b"<p>hi</p>", {}, False, "missing, and not read again: "),
        (ARTICLE, {"settings": (("modified", "yesterday"),)}, False, "not made again: Invalid isoformat"),
        (ARTICLE, {"page_record_id": "urn:uuid:9"}, False, "the page urn:uuid:9 that it was read from is not whole"),
    ],
)
def test_a_post_that_cannot_be_as_it_was_is_told_with_the_reason(tmp_path, page, changes, sound, words):
    read_once(tmp_path, page, **changes)
    (proof,) = repairs(Config(output=tmp_path))
    assert proof.sound == sound
    assert words in proof.reason
    assert (tmp_path / "_posts" / NAME).exists() == sound


def test_a_record_that_names_no_post_has_nothing_made_and_verify_tells_of_it(tmp_path):
    read_once(tmp_path, ARTICLE, post=".htaccess")
    assert done(tmp_path) == []
    assert not (tmp_path / "_posts").exists()
    ran = permapress("verify", tmp_path)
    assert ran.status == 6
    assert "no plain file name of a post: '.htaccess'" in ran.output


def test_what_the_reading_was_told_beside_the_page_is_told_again(tmp_path):
    read_once(tmp_path, ARTICLE.partition(b"</h1>")[2], hints=("What the Feed Called It",))
    assert done(tmp_path) == [(NAME, True)]
    assert read_post(tmp_path / "_posts" / NAME).get("title") == "What the Feed Called It"


def test_a_file_that_cannot_be_closed_is_damage(archive):
    (warc,) = (archive / "archive").glob("*.warc.gz")
    shutil.copy(warc, f"{warc}.open")
    assert done(archive) == [(warc.name, False)]
    assert permapress("verify", archive, "--repair").status == 6


def readings(output: Path) -> list[Reading]:
    return [found for found in read_readings((output / "archive").glob("*.warc.gz")) if isinstance(found, Reading)]


def size(output: Path) -> int:
    try:
        return sum(path.stat().st_size for path in (output / "archive").glob("*.warc.gz*"))
    except FileNotFoundError:  # renamed meanwhile
        return 0


def kill(command: list[str], output: Path, after_bytes: int) -> bool:
    """Run it and kill it once its WARC files have grown so far; whether it was killed before its end."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    goal, deadline = size(output) + after_bytes, time.monotonic() + 20
    while process.poll() is None and size(output) < goal and time.monotonic() < deadline:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    return process.wait(10) == -signal.SIGKILL


def test_archives_killed_at_random_moments_are_whole_after_the_repair(site, whole, tmp_path):
    need("gzip")
    dice, most, killed = random.Random(os.urandom(8)), size(whole) // 2, 0  # unchanged pages take less
    for number in range(ARCHIVES):
        output = tmp_path / str(number)
        command = [*PERMAPRESS, *arguments(site, output)]
        for _ in range(KILLS_AN_ARCHIVE):
            killed += kill(command, output, dice.randrange(1, most))
        ran = permapress("verify", output, "--repair")
        assert ran.status == 0, ran.output + ran.log
        judge(output)
    assert killed == ARCHIVES * KILLS_AN_ARCHIVE


def judge(output: Path) -> None:
    """What lies there is whole, to readers that are not ours, and nothing else lies there."""
    warcs = sorted((output / "archive").glob("*.warc.gz"))
    names = list(map(str, warcs))
    checks = [["gzip", "-t", *names], ["warcio", "check", *names], *[["fastwarc", "check", name] for name in names]]
    for command in checks if names else []:
        judged = run(*command)
        assert judged.returncode == 0, judged
    torn = {path.name for path in (output / "archive").glob("*.torn")}
    there = {path.name for path in (output / "archive").iterdir()}
    assert there == {"manifest-sha256.txt", *torn, *[warc.name for warc in warcs]}
    found = posts(output) if (output / "_posts").is_dir() else {}
    recorded = {reading.post: reading.post_sha256 for reading in readings(output) if reading.post}
    assert {name: hashlib.sha256(data).hexdigest() for name, data in found.items()} == recorded
