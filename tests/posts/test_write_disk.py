"""A disk that takes no more, a folder that may not be written: told with the path, and nothing is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from crawler.core.errors import StorageError
from crawler.core.model import Post
from crawler.posts import write_post

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "2026-01-02-题目.md"
FULL = """
import resource, sys
from pathlib import Path
from crawler.core.errors import StorageError
from crawler.core.model import Post
from crawler.posts import write_post

resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_post(Post(path=sys.argv[2], fields=(), body="字" * 100_000), Path(sys.argv[1]))
except StorageError as err:
    print(err)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of file sizes are told as errors there")
def test_a_disk_that_takes_no_more_is_told_and_the_older_post_stays(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("older", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), NAME], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == f"cannot write {tmp_path / NAME}: File too large; free space or choose another --output\n"
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert (tmp_path / NAME).read_text(encoding="utf-8") == "older"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:  # pytest's own are closed to others, and root becomes one below
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def unprivileged() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_written_is_told(open_folder: Path) -> None:
    posts = open_folder / "posts"
    posts.mkdir(mode=0o555)
    for folder in (posts, posts / "new"):
        with unprivileged(), pytest.raises(StorageError, match=r"题目\.md: Permission denied; "):
            write_post(Post(path=NAME, fields=(), body=""), folder)
    assert list(posts.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "posts").write_text("mine", encoding="utf-8")
    with pytest.raises(StorageError, match=r"posts/2026-01-02-题目\.md: File exists"):
        write_post(Post(path=NAME, fields=(), body=""), tmp_path / "posts")
    assert (tmp_path / "posts").read_text(encoding="utf-8") == "mine"


def test_others_may_read_a_post_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        path = write_post(Post(path=NAME, fields=(), body=""), tmp_path)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o644
