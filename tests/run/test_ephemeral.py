"""Five hours on a runner whose disk does not last: each run starts from a bare clone of posts and state file."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.run.clock import run_at
from tests.site.changing import article, changing, rss
from tests.site.command import permapress

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.judge

H = timedelta(hours=1)
ENV = os.environ | {
    "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "t",
    "GIT_COMMITTER_EMAIL": "t@example.org", "GIT_CONFIG_GLOBAL": os.devnull, "PERMAPRESS_PAUSE_S": "0",
}  # fmt: skip


def git(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(["git", *arguments], cwd=folder, env=ENV, capture_output=True, text=True, check=True)
    return ran.stdout


def test_five_hours_from_bare_clones_do_nothing_twice(tmp_path: Path) -> None:
    bare, warcs = tmp_path / "site.git", tmp_path / "elsewhere"
    warcs.mkdir()
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    with changing() as site:
        _begin(tmp_path / "begin", bare, site.base)
        titles = {f"/story/{number}": f"Story number {number}" for number in range(1, 9)}
        for path, title in titles.items():
            site.pages[path] = article(title)
        del site.pages["/story/8"]  # gone from the beginning
        for hour in range(5):
            named = list(titles.items())[: 4 + hour]
            site.pages["/rss.xml"] = rss(site.base, *reversed(named))
            if hour == 2:
                site.pages["/story/5"] = article("Story number 5", words="It was corrected.")
            clone = tmp_path / f"hour{hour}"
            git(tmp_path, "clone", "--quiet", str(bare), str(clone))
            ran = run_at(hour * H, clone / "crawl.yaml", cwd=clone)
            assert ran.status == 0, ran.log
            assert set(ran.ends().values()) <= {"archived", "unchanged", "updated", "gone"}, ran.told
            if hour == 2:
                _race(tmp_path / "person", bare)
            _keep(clone, warcs)
            shutil.rmtree(clone)

        last = tmp_path / "last"
        git(tmp_path, "clone", "--quiet", str(bare), str(last))
        posts = sorted((last / "output" / "_posts").iterdir())
        assert len(posts) == 8, posts  # seven stories, and the person's
        assert sum("It was corrected." in post.read_text(encoding="utf-8") for post in posts) == 1
        assert not list(last.glob("output/archive/*"))
        assert not list(last.glob("output/state/*"))

        whole = Counter(each.path for each in site.asked if each.status == 200 and each.path.startswith("/story"))
        assert whole == {f"/story/{number}": 1 for number in range(1, 8)} | {"/story/5": 2}
        assert sum(each.path == "/story/8" for each in site.asked) == 1
        # each story is looked at once more, an hour later, and then not for a day; the corrected one anew
        again = Counter(each.path for each in site.asked if each.status == 304 and each.path.startswith("/story"))
        assert set(again.values()) == {1}, again
    verified = permapress("extract", *sorted(warcs.iterdir()), "-o", tmp_path / "made", "--json")
    assert verified.status == 0, verified.log
    assert len(list((tmp_path / "made" / "_posts").iterdir())) == 7


def _begin(folder: Path, bare: Path, base: str) -> None:
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    assert permapress("init", folder).status == 0
    config = folder / "crawl.yaml"
    text = config.read_text(encoding="utf-8")
    text = text.replace("sources: []", f"sources:\n  - feed: {base}/rss.xml\n    name: Example Daily")
    text = text.replace("politeness:\n", "politeness:\n  delay: 0\n").replace("limits:\n", "limits:\n  disk_free: 0\n")
    config.write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "begin")
    git(folder, "push", "--quiet", str(bare), "main")


def _race(folder: Path, bare: Path) -> None:
    """A person pushes a post between the run's clone and its push."""
    git(folder.parent, "clone", "--quiet", str(bare), str(folder))
    (folder / "output" / "_posts" / "2026-01-01-mine.md").write_text("---\nlayout: post\n---\nmine\n", encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "mine")
    git(folder, "push", "--quiet")


def _keep(clone: Path, warcs: Path) -> None:
    """What the workflow does after a run: the WARC files go elsewhere, posts and state are pushed."""
    for warc in (clone / "output" / "archive").glob("*.warc.gz"):
        shutil.move(warc, warcs / warc.name)
    pushed = subprocess.run(
        ["bash", ".github/permapress-push.sh", "output/_posts", "output/assets", "output/state.txt"],
        cwd=clone, env=ENV, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert pushed.returncode == 0, pushed.stderr
