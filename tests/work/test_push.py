"""The script that pushes what an ephemeral runner made, run against a bare repository on this disk."""

import os
import subprocess

import pytest

from crawler.work.init import written
from tests.judges import need

pytestmark = pytest.mark.judge
PATHS = ("output/_posts", "output/assets", "output/state.txt")


@pytest.fixture
def remote(tmp_path, monkeypatch):
    """A bare repository with what `init` writes, a post and a state file."""
    need("git", "bash")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    monkeypatch.setenv("PERMAPRESS_PAUSE_S", "0")
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote")
    site = tmp_path / "site"
    git(tmp_path, "clone", "--quiet", "remote", "site")
    git(site, "checkout", "--quiet", "-b", "main")
    [*written(site, ("permapress",), "nobody", force=False)]
    put(site, "output/_posts/old post 新.md", "---\ntitle: old\n---\nbody\n")
    put(site, "output/state.txt", "one\n")
    git(site, "add", "--all")
    git(site, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "start")
    git(site, "push", "--quiet", "origin", "main")
    return tmp_path / "remote"


def git(folder, *arguments):
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def put(folder, name, text, *, append=False):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a" if append else "w") as file:
        file.write(text)


def runner(remote, name):
    """A fresh machine: a clone of depth 1, as GitHub's checkout makes it."""
    git(remote.parent, "clone", "--quiet", "--depth=1", f"file://{remote}", name)
    return remote.parent / name


def started(folder):
    command = ["bash", ".github/permapress-push.sh", *PATHS]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def push(folder, expected=0):
    process = started(folder)
    output, log = process.communicate(timeout=60)
    assert process.returncode == expected, log
    return output + log


def files(remote):
    return git(remote, "-c", "core.quotepath=off", "ls-tree", "-r", "--name-only", "main").splitlines()


def content(remote, name):
    return git(remote, "show", f"main:{name}")


def works(folder, name):
    """What a run leaves behind."""
    put(folder, f"output/_posts/{name}.md", f"---\ntitle: {name}\n---\n")
    put(folder, "output/state.txt", f"{name}\n", append=True)


def test_a_run_s_posts_and_state_are_pushed_and_nothing_else(remote):
    folder = runner(remote, "a")
    works(folder, "new post 新")
    put(folder, "output/archive/a.warc.gz", "big")
    put(folder, "output/state/permapress.db", "big")
    put(folder, "left over.txt", "x")
    put(folder, "crawl.yaml", "changed: 1\n")
    before = files(remote)
    assert "pushed at attempt 1: 1 posts" in push(folder)
    assert sorted(set(files(remote)) - set(before)) == ["output/_posts/new post 新.md"]
    assert content(remote, "output/state.txt") == "one\nnew post 新\n"
    assert "sources" in content(remote, "crawl.yaml")
    assert (folder / "crawl.yaml").read_text() == "changed: 1\n"


def test_git_itself_leaves_the_archive_and_the_database_out(remote):
    folder = runner(remote, "a")
    for name in ("output/archive/a.warc.gz", "output/state/permapress.db", "output/state/runs/a.json"):
        put(folder, name, "big")
    works(folder, "b")
    git(folder, "add", "--all")
    assert git(folder, "diff", "--cached", "--name-only").split() == ["output/_posts/b.md", "output/state.txt"]


def test_a_run_that_made_nothing_pushes_nothing(remote):
    folder = runner(remote, "a")
    before = git(remote, "rev-parse", "main")
    assert "nothing to commit" in push(folder)
    (folder / "output/state.txt").unlink()
    (folder / "output/_posts/old post 新.md").unlink()
    (folder / "output/_posts").rmdir()
    assert "nothing to commit: none of these is there" in push(folder)
    assert git(remote, "rev-parse", "main") == before


def test_of_two_runs_that_race_nothing_is_lost(remote):
    first, second = runner(remote, "a"), runner(remote, "b")
    works(first, "first")
    works(second, "second")
    push(first)
    push(second)
    assert {"output/_posts/first.md", "output/_posts/second.md", "output/_posts/old post 新.md"} <= set(files(remote))
    assert sorted(content(remote, "output/state.txt").split()) == ["first", "one", "second"]


def test_five_runs_that_push_at_once_all_arrive(remote):
    folders = [runner(remote, f"r{number}") for number in range(5)]
    for folder in folders:
        works(folder, folder.name)
    processes = [started(folder) for folder in folders]
    assert [process.wait(timeout=100) for process in processes] == [0] * 5
    for process in processes:
        process.communicate()
    assert {f"output/_posts/r{number}.md" for number in range(5)} <= set(files(remote))
    assert sorted(content(remote, "output/state.txt").split()) == ["one", "r0", "r1", "r2", "r3", "r4"]


def overtaken(folder, times):
    """Whoever pushes from this folder is overtaken so often: right before each push another commit arrives."""
    hook = folder / ".git/hooks/pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f"#!/bin/sh\ncd ../other || exit 1\necho x >> count\n[ $(wc -l < count) -le {times} ] || exit 0\n"
        "unset GIT_DIR\ngit pull -q && wc -l < count >> output/state.txt && "
        "git -c user.name=o -c user.email=o@example.org commit -qam other && git push -q\n"
    )
    hook.chmod(0o755)


def test_who_is_overtaken_four_times_arrives_the_fifth_time(remote):
    folder = runner(remote, "a")
    runner(remote, "other")
    works(folder, "late")
    overtaken(folder, 4)
    assert "pushed at attempt 5" in push(folder)
    assert content(remote, "output/state.txt").split() == ["one", "1", "2", "3", "4", "late"]


def test_who_is_overtaken_five_times_says_so_and_keeps_the_commit(remote):
    folder = runner(remote, "a")
    runner(remote, "other")
    works(folder, "late")
    overtaken(folder, 99)
    assert "not pushed" in push(folder, expected=1)
    assert "output/_posts/late.md" in git(folder, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    assert content(remote, "output/state.txt").split() == ["one", "1", "2", "3", "4", "5"]


def test_of_a_post_that_both_wrote_the_pushed_one_stays_whole(remote):
    first, second = runner(remote, "a"), runner(remote, "b")
    for folder, title in ((first, "theirs"), (second, "ours")):
        put(folder, "output/_posts/same.md", f"---\ntitle: {title}\nlayout: post\n---\n{title}\n")
        put(folder, "output/_posts/old post 新.md", f"---\ntitle: {title}\n---\n{title}\n")
        works(folder, folder.name)
        push(folder)
    assert content(remote, "output/_posts/same.md") == "---\ntitle: theirs\nlayout: post\n---\ntheirs\n"
    assert content(remote, "output/_posts/old post 新.md") == "---\ntitle: theirs\n---\ntheirs\n"
    assert sorted(content(remote, "output/state.txt").split()) == ["a", "b", "one"]
    assert "output/_posts/b.md" in files(remote)


def test_of_a_line_of_the_state_file_that_both_changed_both_are_kept(remote):
    first, second = runner(remote, "a"), runner(remote, "b")
    put(first, "output/state.txt", '{"url": "one", "at": 1}\n')
    put(second, "output/state.txt", '{"url": "new"}\n{"url": "one", "at": 2}\n')
    push(first)
    push(second)
    assert sorted(content(remote, "output/state.txt").splitlines()) == [
        '{"url": "new"}', '{"url": "one", "at": 1}', '{"url": "one", "at": 2}',
    ]  # fmt: skip


@pytest.mark.parametrize("alone", [True, False])
def test_a_post_that_was_deleted_meanwhile_stays_deleted(remote, alone):
    first, second = runner(remote, "a"), runner(remote, "b")
    (first / "output/_posts/old post 新.md").unlink()
    works(first, "a")
    push(first)
    put(second, "output/_posts/old post 新.md", "---\ntitle: edited\n---\n")
    if not alone:
        works(second, "b")
    push(second)
    assert "output/_posts/old post 新.md" not in files(remote)
    assert "output/_posts/a.md" in files(remote)
    assert ("output/_posts/b.md" in files(remote)) is not alone


def test_a_remote_that_cannot_be_reached_is_told(remote):
    folder = runner(remote, "a")
    works(folder, "b")
    remote.rename(remote.with_name("gone"))
    assert "not pushed" in push(folder, expected=1)
