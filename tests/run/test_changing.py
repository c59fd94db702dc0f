"""Ten runs over a site that changes: what is new, edited, moved, gone and back again, and nothing done twice."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.run.clock import Run, run_at
from tests.site.changing import ChangingSite, Page, article, changing, rss

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.judge

H, D = timedelta(hours=1), timedelta(days=1)


class Mirror:
    """A site, an output, and runs of the one over the other."""

    def __init__(self, site: ChangingSite, folder: Path) -> None:
        self.site = site
        self.output = folder / "output"
        self.config = folder / "crawl.yaml"
        self.config.write_text(
            f"sources:\n  - feed: {site.base}/rss.xml\n    name: Example Daily\n"
            "output: output\npoliteness: {delay: 0}\nlimits: {disk_free: 0}\n",
            encoding="utf-8",
        )
        self.asked: list[tuple[str, int]] = []

    def run(self, later: timedelta) -> Run:
        mark = len(self.site.asked)
        ran = run_at(later, self.config)
        self.asked = self.site.since(mark)
        return ran

    def posts(self) -> dict[str, bytes]:
        folder = self.output / "_posts"
        return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}

    def post(self, title: str) -> str:
        (found,) = [body for body in self.posts().values() if f'title: "{title}"'.encode() in body]
        return found.decode()


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with changing() as site:
        yield Mirror(site, tmp_path)


def test_ten_runs_over_a_site_that_changes(mirror: Mirror) -> None:  # noqa: PLR0915 - ten runs, one after the other
    site = mirror.site
    site.pages |= {"/a": article("Alpha rises"), "/b": article("Beta falls")}
    site.pages["/rss.xml"] = rss(site.base, ("/a", "Alpha rises"), ("/b", "Beta falls"), ("/c", "Gamma is late"))

    first = mirror.run(0 * H)
    assert first.ends() == {"/rss.xml": "archived", "/a": "archived", "/b": "archived", "/c": "gone"}, first.log
    assert first.status == 0, first.log
    assert len(mirror.posts()) == 2
    before = mirror.posts()

    second = mirror.run(1 * H)  # nothing has changed
    assert second.ends() == {"/rss.xml": "unchanged", "/a": "unchanged", "/b": "unchanged"}, second.log
    assert sorted(mirror.asked) == [("/a", 304), ("/b", 304), ("/rss.xml", 304)]
    assert mirror.posts() == before

    site.pages["/d"] = article("Delta arrives")
    site.pages["/rss.xml"] = rss(site.base, ("/d", "Delta arrives"), ("/a", "Alpha rises"), ("/c", "Gamma is late"))
    third = mirror.run(2 * H)
    assert third.ends() == {"/rss.xml": "archived", "/d": "archived"}
    assert {name: body for name, body in mirror.posts().items() if name in before} == before
    assert len(mirror.posts()) == 3

    site.pages["/a"] = article("Alpha rises", words="It was corrected since.")
    fourth = mirror.run(25 * H)
    assert fourth.ends() == {
        "/rss.xml": "unchanged", "/a": "updated", "/b": "unchanged", "/c": "gone", "/d": "unchanged"
    }  # fmt: skip
    assert "corrected since" in mirror.post("Alpha rises")
    assert "last_modified_at:" in mirror.post("Alpha rises")
    assert len(mirror.posts()) == 3

    before = mirror.posts()
    fifth = mirror.run(26 * H)  # what changed is looked at again soon
    assert fifth.ends() == {"/rss.xml": "unchanged", "/a": "unchanged"}
    assert mirror.posts() == before

    site.pages["/b2"] = article("Beta falls")
    site.pages["/b"] = Page(status=301, headers=(("Location", "/b2"),), tagged=False)
    site.pages["/c"] = article("Gamma is late")
    sixth = mirror.run(8 * D + 3 * H)
    assert sixth.ends()["/b"] == "unchanged", sixth.reasons()
    assert sixth.ends()["/c"] == "archived"  # back again, though nobody names it
    assert len(mirror.posts()) == 4
    before = mirror.posts()

    site.pages["/rss.xml"] = rss(site.base, ("/b2", "Beta falls"), ("/a", "Alpha rises"))
    del site.pages["/a"]
    seventh = mirror.run(8 * D + 4 * H)  # the new address is an alias by now: no second post
    assert "/b2" not in seventh.ends()
    assert mirror.posts() == before

    eighth = mirror.run(14 * D + 5 * H)
    assert eighth.ends()["/a"] == "gone", eighth.ends()
    assert mirror.posts() == before  # what is gone there is kept here

    ninth = mirror.run(15 * D + 6 * H)
    assert ninth.ends()["/a"] == "gone"

    site.pages["/a"] = article("Alpha rises", words="It is back, and says more.")
    tenth = mirror.run(23 * D)
    assert tenth.ends()["/a"] == "updated", tenth.ends()
    assert "It is back" in mirror.post("Alpha rises")
    assert len(mirror.posts()) == 4


def test_a_feed_that_carries_the_article_gives_a_post_though_the_page_cannot_be_had(mirror: Mirror) -> None:
    site = mirror.site
    text = article("Gamma is late").body.decode().split("<article>")[1].split("</article>")[0]
    site.pages["/rss.xml"] = rss(site.base, ("/c", "Gamma is late"), text={"/c": text})
    first = mirror.run(0 * H)
    assert first.ends() == {"/rss.xml": "archived", "/c": "rescued"}, first.log
    assert json.loads(first.output.splitlines()[-1])["final_url"] == f"{site.base}/c"  # and not the feed
    post = mirror.post("Gamma is late")
    assert f"rescued_from: {site.base}/rss.xml\n" in post
    assert "paragraph 6 tells" in post
    assert f"from: {site.base}/c\n" in post

    before = mirror.posts()
    second = mirror.run(25 * H)  # still gone: the post stays as it is
    assert second.ends() == {"/rss.xml": "unchanged", "/c": "gone"}
    assert mirror.posts() == before

    site.pages["/c"] = article("Gamma is late")
    third = mirror.run(9 * D)
    assert third.ends()["/c"] == "updated", third.reasons()
    assert "rescued_from" not in mirror.post("Gamma is late")
    assert len(mirror.posts()) == 1


def test_a_post_that_was_there_before_is_not_made_again(mirror: Mirror) -> None:
    site = mirror.site
    posts = mirror.output / "_posts"
    posts.mkdir(parents=True)
    old = f'---\nlayout: post\ntitle: "Alpha"\ndate: 2020-01-02\nauthor: A\nfrom: {site.base}/a\ntags: [ x ]\n---\n<div>\n</div>\n'
    (posts / "2020-01-02-alpha.md").write_text(old, encoding="utf-8")
    site.pages |= {"/a": article("Alpha rises"), "/b": article("Beta falls")}
    site.pages["/rss.xml"] = rss(site.base, ("/a", "Alpha rises"), ("/b", "Beta falls"))
    ran = mirror.run(0 * H)
    assert ran.ends() == {"/rss.xml": "archived", "/b": "archived"}, ran.log
    assert len(mirror.posts()) == 2


def test_an_article_that_moved_is_not_made_twice_though_the_ledger_is_gone_with_the_disk(mirror: Mirror) -> None:
    site = mirror.site
    text = mirror.config.read_text(encoding="utf-8")
    mirror.config.write_text(f"{text}state_file: state.txt\nrefresh: {{recheck: []}}\n", encoding="utf-8")
    site.pages |= {"/b": Page(status=301, headers=(("Location", "/b2"),), tagged=False), "/b2": article("Beta falls")}
    site.pages["/rss.xml"] = rss(site.base, ("/b", "Beta falls"))
    first = mirror.run(0 * H)
    assert first.ends() == {"/rss.xml": "archived", "/b": "archived"}, first.log
    before = mirror.posts()
    site.pages["/rss.xml"] = rss(site.base, ("/b2", "Beta falls"))
    for hour in (1, 2):  # the second time what the first one told has to be told again
        for part in ("state", "archive"):
            shutil.rmtree(mirror.output / part)
        later = mirror.run(hour * H)
        assert "/b2" not in later.ends(), later.log
        assert mirror.posts() == before
