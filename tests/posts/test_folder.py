from __future__ import annotations

import logging
import os
import socket
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from crawler.core.errors import PostError
from crawler.core.model import Post
from crawler.posts.content import MAX_POST_BYTES, Unreadable
from crawler.posts.folder import MAX_FOLDERS_DEEP, among, files, index
from crawler.posts.front_matter import MAX_FRONT_MATTER, is_enough
from crawler.posts.read import read_post, read_posts

if TYPE_CHECKING:
    from collections.abc import Iterator


def write(path: Path, url: str = "https://example.org/a", body: str = "body") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: 水\nfrom: {url}\n---\n{body}", encoding="utf-8")
    return path


def named(path: Path, top: Path) -> dict[str, str]:
    return {
        os.path.relpath(found.path, top): found.reason if isinstance(found, Unreadable) else "read"
        for found in read_posts([path])
    }


def test_a_folder_gives_its_posts_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.md", "a.MARKDOWN", "c/x.md/d.md", "c/y.txt", ".hidden.md", ".git/z.md", "e.md.tmp", "README"):
        write(tmp_path / name)
    assert list(files([tmp_path])) == [tmp_path / name for name in ("a.MARKDOWN", "b.md", "c/x.md/d.md")]


def test_a_file_named_by_a_person_is_read_whatever_its_name(tmp_path: Path) -> None:
    for name in ("a.txt", ".b", "Who? What: 3|4 [x] *.md", "control \x07\x1b.md", "新闻 一.md", "-.md"):
        path = write(tmp_path / name)
        assert list(files([path])) == [path]
        assert read_post(path).path == str(path)


def test_a_name_that_is_no_unicode_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / os.fsdecode(b"\xff\xfe.md"))
    assert [post.path for post in read_posts([tmp_path])] == [str(path)]
    path.write_bytes(b"")
    with pytest.raises(PostError, match=r"\\udcff\\udcfe.md: empty"):
        read_post(path)


def test_a_glob_gives_what_it_matches(tmp_path: Path) -> None:
    for name in ("2024/a.md", "2024/b.txt", "2025/c.md", "x [y]/d.md"):
        write(tmp_path / name)
    assert list(files([tmp_path / "*/*.md"])) == [tmp_path / name for name in ("2024/a.md", "2025/c.md", "x [y]/d.md")]
    assert list(files([tmp_path / "202?"])) == [tmp_path / "2024/a.md", tmp_path / "2025/c.md"]
    assert list(files([tmp_path / "x [y]"])) == [tmp_path / "x [y]/d.md"]
    assert [path.name for path in files([tmp_path / "**/[a-c].md"]) if isinstance(path, Path)] == ["a.md", "c.md"]


def test_a_glob_does_not_run_round_in_links(tmp_path: Path) -> None:
    write(tmp_path / "a.md")
    for name in "xyz":
        (tmp_path / name).symlink_to(".")
    began = time.monotonic()
    assert tmp_path / "a.md" in list(files([tmp_path / "**/*.md"]))
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("name", ["absent.md", "absent/*.md", "a\0b", "a\0*", "a**b/[", "x" * 5_000, "*" + "x" * 5_000])
def test_what_is_not_there_is_named_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    there = write(tmp_path / "a.md")
    bad, good = read_posts([tmp_path / name, there])
    assert isinstance(bad, Unreadable)
    assert bad == Unreadable(
        str(tmp_path / name), "there is no such file or folder, or none that may be seen; check the path"
    )
    assert isinstance(good, Post)


def test_links_are_followed_to_files_inside_the_folder_only(tmp_path: Path) -> None:
    top = tmp_path / "posts"
    write(top / "a.md")
    write(tmp_path / "outside.md")
    write(tmp_path / "posts-too/b.md")
    for link, target in (
        ("dangling.md", "nowhere.md"),
        ("folder.md", "."),
        ("in.md", "a.md"),
        ("loop.md", "loop.md"),
        ("out.md", "../outside.md"),
        ("sibling.md", "../posts-too/b.md"),
        ("tree", "../posts-too"),
    ):
        (top / link).symlink_to(target)
    found = named(top, top)
    assert list(found) == ["a.md", "dangling.md", "folder.md", "in.md", "loop.md", "out.md", "sibling.md"]
    assert found["a.md"] == found["in.md"] == "read"
    assert "leads nowhere" in found["dangling.md"]
    assert "leads nowhere" in found["loop.md"]
    assert found["folder.md"] == "a link to a folder; name that folder itself"
    assert "leads out of the folder" in found["out.md"]
    assert "leads out of the folder" in found["sibling.md"]
    assert isinstance(next(read_posts([top / "out.md"])), Post)
    (tmp_path / "link").symlink_to(top)
    assert named(tmp_path / "link", tmp_path / "link") == found


def test_a_pipe_a_socket_and_a_device_are_named_and_never_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "a.md")
    monkeypatch.chdir(tmp_path)  # a socket's path is 108 bytes at most
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("b.md")
        write(tmp_path / "c.md")
        found = named(tmp_path, tmp_path)
    assert found["a.md"] == "no regular file; name files with posts"
    assert "check the path" in found["b.md"]
    assert found["c.md"] == "read"
    with pytest.raises(PostError, match=r"^/dev/zero: no regular file"):
        read_post(Path("/dev/zero"))


def test_a_folder_is_no_post(tmp_path: Path) -> None:
    with pytest.raises(PostError, match=r"a folder, not a post; name the posts in it$"):
        read_post(tmp_path)


def test_a_name_with_a_nul_is_no_file() -> None:
    with pytest.raises(PostError, match=r"^a\\x00b: no file has such a name"):
        read_post(Path("a\0b"))


@pytest.mark.skipif(sys.platform != "linux", reason="the file that no one may read is Linux's")
def test_a_file_that_fails_in_the_reading_is_named() -> None:
    with pytest.raises(PostError, match=r"^/proc/self/mem: Input/output error; check"):
        read_post(Path("/proc/self/mem"))


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


def test_what_may_not_be_read_is_named_and_the_rest_goes_on(open_folder: Path) -> None:
    write(open_folder / "a.md").chmod(0)
    write(open_folder / "b.md")
    write(open_folder / "locked/c.md")
    (open_folder / "locked").chmod(0)
    with unprivileged():
        found = named(open_folder, open_folder)
        beneath = list(read_posts([open_folder / "locked/c.md"]))
    (open_folder / "locked").chmod(0o755)
    assert found == {
        "a.md": "Permission denied; check the path and its permissions",
        "b.md": "read",
        "locked": "Permission denied; check its permissions",
    }
    assert isinstance(beneath[0], Unreadable)


def test_folders_beyond_the_limit_are_named(tmp_path: Path) -> None:
    write(tmp_path.joinpath(*"a" * (MAX_FOLDERS_DEEP - 1)) / "x.md")
    write(tmp_path.joinpath(*"a" * MAX_FOLDERS_DEEP) / "y.md")
    found = list(read_posts([tmp_path]))
    assert [type(one) for one in found] == [Unreadable, Post]
    assert isinstance(found[0], Unreadable)
    assert found[0].reason == "more than 32 folders deep; name this folder itself"


def test_a_file_of_50_megabytes_is_named_and_still_counts_as_posted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md")
    os.truncate(path, 50_000_000)  # sparse: it costs no disk
    found = next(read_posts([path]))
    assert isinstance(found, Unreadable)
    assert found.reason.startswith(f"50000000 bytes, more than {MAX_POST_BYTES}: too large")
    assert index(tmp_path) == {"https://example.org/a": (path,)}
    os.truncate(path, MAX_POST_BYTES)
    assert isinstance(next(read_posts([path])), Post)


def test_the_index_has_every_version_by_file_name(tmp_path: Path) -> None:
    one = write(tmp_path / "z/2024-01-01-a.md", "https://example.org/%e6%b0%b4?utm_source=rss")
    two = write(tmp_path / "a/2024-01-02-a.md", "https://user:pass@example.org/%E6%B0%B4")
    other = write(tmp_path / "b.md", "http://example.org/%E6%B0%B4")
    write(tmp_path / "none.md", "no url")
    (tmp_path / "nor.md").write_text("---\ntitle: a\nfrom: [ b ]\n---\n")
    assert index(tmp_path) == {"https://example.org/%E6%B0%B4": (one, two), "http://example.org/%E6%B0%B4": (other,)}


def test_the_index_names_what_it_cannot_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "a.md").write_bytes(b"")
    (tmp_path / "b.md").symlink_to("nowhere")
    os.mkfifo(tmp_path / "c.md")
    good = write(tmp_path / "d.md")
    with caplog.at_level(logging.WARNING):
        assert index(tmp_path) == {"https://example.org/a": (good,)}
    assert [record.getMessage().partition(": not read: ")[0] for record in caplog.records] == [
        str(tmp_path / name) for name in ("a.md", "b.md", "c.md")
    ]


def test_the_index_reads_front_matter_of_any_length_it_allows(tmp_path: Path) -> None:
    found = {}
    for size in (4_000, 4_050, 4_060, 4_061, 4_062, 4_096, 5_000, MAX_FRONT_MATTER - 100):
        path = tmp_path / f"{size:07}.md"
        url = f"https://example.org/{size}"
        path.write_text(f"---\nx: {'y' * size}\nfrom: {url}\n---\nbody", encoding="utf-8")
        found[url] = (path,)
    for size in range(4_060, 4_096):  # a longer line of dashes cut where the first reading ends closes nothing
        path = tmp_path / f"cut-{size}.md"
        url = f"https://example.org/cut-{size}"
        path.write_text(f"---\nx: |\n  {'y' * (size - 10)}\n---z: a\nfrom: {url}\n---\n", encoding="utf-8")
        found[url] = (path,)
    assert index(tmp_path) == found


def test_a_file_that_is_no_post_is_known_by_its_first_bytes() -> None:
    assert is_enough(b"<p>")
    assert not is_enough(b"---\ntitle: a\n")
    assert not is_enough(b"---\ntitle: a\n---\n")
    assert is_enough(b"---\ntitle: a\n---\n\n")


def test_an_index_of_nothing_is_empty(tmp_path: Path) -> None:
    assert index(tmp_path) == {}


def test_a_file_is_among_what_was_named_in_whatever_spelling(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a/b/1.md", "a/2.md", "c/3.md", "c/4.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "link").symlink_to("a")
    named = among([Path("link"), Path("c/[3].md"), Path("nowhere"), Path("no*")])
    assert all(map(named, (tmp_path / "a/b/1.md", Path("a/../a/2.md"), Path("c/3.md"), Path("a/new.md"))))
    assert not any(map(named, (Path("c/4.md"), Path("ab.md"), tmp_path, Path("nowhere.md"))))
    assert not among([])(Path("c/3.md"))
