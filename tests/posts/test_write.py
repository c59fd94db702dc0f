"""Files: whole or not at all, in their folder and nowhere else."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.core.errors import PostError, StorageError
from crawler.core.model import Post
from crawler.posts import read_post, render, rewrite, sweep, write_post

NAME = "2026-01-02-题目.md"
POST = Post(
    path=NAME,
    fields=(("layout", "post"), ("title", '一"则'), ("date", "2026-01-02T03:04:05.000Z"), ("tags", ("甲", "b: c")), ("comments", True)),
    body="<!--NaN-->\n<div>\n甲\n</div>\n",
)  # fmt: skip
TEXT = '---\nlayout: post\ntitle: "一\\"则"\ndate: 2026-01-02T03:04:05.000Z\ntags: [ 甲, "b: c" ]\ncomments: True\n---\n<!--NaN-->\n<div>\n甲\n</div>\n'


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_post_is_its_fields_and_its_body():
    assert render(POST).decode() == TEXT


def test_an_untouched_post_is_its_own_bytes():
    assert render(replace(POST, source=b"\xff whatever\r\n")) == b"\xff whatever\r\n"


def test_a_lone_surrogate_does_not_stop_the_writing():
    assert render(replace(POST, body="a\ud800b")).endswith("a\ufffdb".encode())


def test_a_written_post_reads_back(tmp_path):
    path = write_post(POST, tmp_path / "new" / "_posts")
    assert path == tmp_path / "new" / "_posts" / NAME
    assert path.read_bytes() == TEXT.encode()
    read = read_post(path)
    assert (read.fields, read.body) == (POST.fields, POST.body)
    assert left(path.parent) == [NAME]
    assert path.stat().st_mode & 0o777 == 0o644


def test_an_older_file_is_replaced(tmp_path):
    (tmp_path / NAME).write_text("older", encoding="utf-8")
    assert write_post(POST, tmp_path).read_bytes() == TEXT.encode()


@pytest.mark.parametrize("name", ["", ".", "..", "../a.md", "a/b.md", "/a.md", ".hidden.md", "a\0b.md", "a/"])
def test_only_a_plain_name_is_written(tmp_path, name):
    folder = tmp_path / "posts"
    with pytest.raises(PostError):
        write_post(replace(POST, path=name), folder)
    assert not folder.exists()


def test_a_link_is_replaced_and_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("mine", encoding="utf-8")
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / NAME).symlink_to(outside)
    write_post(POST, folder)
    assert outside.read_text(encoding="utf-8") == "mine"
    assert not (folder / NAME).is_symlink()


def test_a_folder_in_the_way_is_told_and_nothing_is_left_behind(tmp_path):
    (tmp_path / NAME).mkdir()
    with pytest.raises(StorageError, match=r"题目.*choose another"):
        write_post(POST, tmp_path)
    assert left(tmp_path) == [NAME]


def test_a_name_too_long_for_the_disk_is_told(tmp_path):
    with pytest.raises(StorageError, match="cannot write"):
        write_post(replace(POST, path="字" * 100), tmp_path)
    assert left(tmp_path) == []


def test_a_disk_that_is_full_leaves_the_older_post(tmp_path, monkeypatch):
    (tmp_path / NAME).write_text("older", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)  # the disk's answer, not our code
    with pytest.raises(StorageError, match="No space left"):
        write_post(POST, tmp_path)
    assert left(tmp_path) == [NAME]
    assert (tmp_path / NAME).read_text(encoding="utf-8") == "older"


def test_the_file_is_on_the_disk_before_its_name_and_the_folder_after(tmp_path, monkeypatch):
    calls: list[str] = []
    fsync, rename = os.fsync, os.replace
    monkeypatch.setattr(
        os, "fsync", lambda fd: (calls.append(f"fsync {Path(f'/proc/self/fd/{fd}').readlink().suffix}"), fsync(fd))
    )
    monkeypatch.setattr(os, "replace", lambda file, to: (calls.append("rename"), rename(file, to))[1])
    write_post(POST, tmp_path)
    assert calls == ["fsync .tmp", "rename", "fsync "]


def test_a_new_post_replaces_nothing_that_another_process_put_there(tmp_path):
    there = tmp_path / "2026-01-01-a.md"
    there.write_text("another's")
    with pytest.raises(PostError, match="run again"):
        write_post(Post("2026-01-01-a.md", (), "ours"), tmp_path, new=True)
    assert there.read_text() == "another's"
    assert list(tmp_path.iterdir()) == [there]
    assert write_post(Post("2026-01-01-b.md", (), "ours"), tmp_path, new=True).read_text().endswith("ours")
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_a_rewritten_file_keeps_its_permissions_and_its_owner(tmp_path, mode):
    path = tmp_path / NAME
    path.write_bytes(b"older")
    path.chmod(mode)
    if os.geteuid() == 0:
        os.chown(path, 12345, 54321)
    before = path.stat()
    rewrite(path, b"newer")
    after = path.stat()
    assert path.read_bytes() == b"newer"
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert left(tmp_path) == [NAME]


def test_a_file_that_is_gone_is_not_written_anew(tmp_path):
    with pytest.raises(StorageError, match=NAME):
        rewrite(tmp_path / NAME, b"newer")
    assert left(tmp_path) == []


def test_what_killed_processes_left_half_written_goes_and_what_is_at_work_stays(tmp_path):
    for name, age_s in ((".permapress-old.tmp", 900), (".permapress-new.tmp", 5), ("2026-01-01-mine.tmp", 900)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (10_000 - age_s,) * 2)
    sweep(tmp_path, 10_000 - 600)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".permapress-new.tmp", "2026-01-01-mine.tmp"]
    sweep(tmp_path / "nowhere", 0)
