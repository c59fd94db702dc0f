"""Every kind of source in one run, and what a run is to those who start it: alone, bounded, interrupted, told."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from crawler.core.errors import LockedError
from crawler.run.alone import alone
from tests.site.changing import ChangingSite, Page, article, changing, rss
from tests.site.command import PERMAPRESS, permapress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMON = "output: output\npoliteness: {delay: 0, per_host: 4}\nlimits: {disk_free: 0}\n"


@pytest.fixture
def site() -> Iterator[ChangingSite]:
    with changing() as served:
        yield served


def configured(folder: Path, text: str) -> Path:
    path = folder / "crawl.yaml"
    path.write_text(COMMON + text, encoding="utf-8")
    return path


def run(config: Path, *options: str):
    return permapress("run", config, "--allow-private", "--json", *options)


def ends(ran) -> dict[str, str]:
    return {"/" + told.url.split("/", 3)[3]: told.status for told in ran.told}


def report(folder: Path) -> dict:
    (path,) = (folder / "output" / "state" / "runs").glob("*.json")
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_kind_of_source_leads_to_its_articles(tmp_path: Path, site: ChangingSite) -> None:
    for name in ("feed", "map", "news", "post", "list", "mark", "opml", "subs", "seen"):
        site.pages[f"/{name}/1"] = article(f"Title of {name}")
    site.pages["/rss.xml"] = rss(site.base, ("/feed/1", "Title of feed"), ("/seen/1", "Title of seen"))
    site.pages["/index.xml"] = Page(
        f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{site.base}/map.xml.gz</loc></sitemap></sitemapindex>".encode(), "application/xml"
    )  # fmt: skip
    site.pages["/map.xml.gz"] = Page(
        gzip.compress(
            f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            f"<url><loc>{site.base}/map/1</loc><lastmod>2099-01-01</lastmod></url>"
            f"<url><loc>{site.base}/map/old</loc><lastmod>2001-01-01</lastmod></url></urlset>".encode()
        ),
        "application/gzip",
    )
    site.pages["/home"] = Page(
        b'<html><head><link rel="alternate" type="application/rss+xml" href="/found.xml"></head><body></body></html>'
    )
    site.pages["/found.xml"] = rss(site.base, ("/news/1", "Title of news"))
    site.pages["/opml.xml"] = rss(site.base, ("/opml/1", "Title of opml"))
    site.pages["/subs.xml"] = rss(site.base, ("/subs/1", "Title of subs"))
    (tmp_path / "posts").mkdir()
    old = f'---\nlayout: post\ntitle: "Old"\ndate: 2020-01-02\nauthor: A\nfrom: {site.base}/post/1\ntags: [ x ]\n---\n<div>\n</div>\n'
    (tmp_path / "posts" / "2020-01-02-old.md").write_text(old, encoding="utf-8")
    (tmp_path / "urls.txt").write_text(f"# mine\n{site.base}/list/1\nnonsense\n", encoding="utf-8")
    (tmp_path / "bookmarks.html").write_text(
        f'<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF="{site.base}/mark/1">M</A></DL>', encoding="utf-8"
    )
    (tmp_path / "feeds.opml").write_text(
        f'<opml version="2.0"><body><outline text="O" xmlUrl="{site.base}/opml.xml"/></body></opml>', encoding="utf-8"
    )
    (tmp_path / "subs.json").write_text(json.dumps([{"site": "S", "url": f"{site.base}/subs.xml"}]), encoding="utf-8")
    (tmp_path / "allurls.dat").write_text(f"{site.base}/seen/1\n", encoding="utf-8")
    config = configured(
        tmp_path,
        f"""seen: allurls.dat
sources:
  - feed: {site.base}/rss.xml
    name: Daily
  - feed: {site.base}/home
    name: Found
  - sitemap: {site.base}/index.xml
    name: Map
    since: 30d
  - posts: posts
  - list: urls.txt
    name: Mine
  - list: bookmarks.html
  - opml: feeds.opml
  - subs: subs.json
  - list: missing.txt
""",
    )
    ran = run(config)
    articles = {path: status for path, status in ends(ran).items() if path.endswith("/1")}
    assert articles == dict.fromkeys(
        [f"/{name}/1" for name in ("feed", "map", "news", "post", "list", "mark", "opml", "subs")], "archived"
    ), ran.log
    assert "/map/old" not in ends(ran)
    assert ran.status == 1, "a source that is missing is told"
    sources = {each["name"]: each for each in report(tmp_path)["sources"]}
    assert {name: each["new"] for name, each in sources.items() if each["new"]} == {
        "Daily": 1, "Found": 1, "Map": 1, str(tmp_path / "posts"): 1, "Mine": 1, str(tmp_path / "bookmarks.html"): 1,
        "O": 1, "S": 1,
    }  # fmt: skip
    assert sources["Daily"]["found"] == 2
    assert sources["Map"]["found"] == 1
    assert "missing.txt" in sources[str(tmp_path / "missing.txt")]["failure"]
    assert "nonsense" in sources["Mine"]["examples"][0]
    posts = [path.read_text(encoding="utf-8") for path in (tmp_path / "output" / "_posts").iterdir()]
    assert sum("tags: [ Daily ]" in post for post in posts) == 1
    assert len(posts) == 8
    assert (tmp_path / "output" / "state" / "metrics.om").read_text(encoding="utf-8").endswith("# EOF\n")

    again = run(config)  # nothing is new: no article is asked for
    assert set(ends(again)) <= {
        "/rss.xml",
        "/home",
        "/found.xml",
        "/index.xml",
        "/map.xml.gz",
        "/opml.xml",
        "/subs.xml",
    }
    assert again.status == 1


def test_two_processes_share_a_run(tmp_path: Path, site: ChangingSite) -> None:
    titles = [(f"/story/{number}", f"Story {number}") for number in range(12)]
    site.pages |= {path: article(title) for path, title in titles}
    site.pages["/rss.xml"] = rss(site.base, *titles)
    ran = run(configured(tmp_path, f"sources:\n  - feed: {site.base}/rss.xml\n"), "--workers", "2")
    assert ran.status == 0, ran.log
    assert ends(ran) == {"/rss.xml": "archived"} | dict.fromkeys(dict(titles), "archived")
    assert sum(each["new"] for each in report(tmp_path)["sources"]) == 12
    assert len([each for each in site.asked if each.path == "/rss.xml"]) == 1


def test_a_second_run_in_the_same_output_is_refused(tmp_path: Path, site: ChangingSite) -> None:
    site.pages["/rss.xml"] = rss(site.base)
    config = configured(tmp_path, f"sources:\n  - feed: {site.base}/rss.xml\n")
    with alone(tmp_path / "output" / "state"):
        ran = run(config)
    assert (ran.status, ran.told) == (5, ())
    assert "another run holds" in ran.log
    assert run(config).status == 0
    with alone(tmp_path / "x"), pytest.raises(LockedError), alone(tmp_path / "x"):
        pass


@pytest.mark.parametrize(("limit", "told"), [("pages: 4", "4 pages"), ("bytes: 20000", "20000 bytes")])
def test_a_limit_ends_a_run_and_the_next_goes_on(tmp_path: Path, site: ChangingSite, limit: str, told: str) -> None:
    titles = [(f"/story/{number}", f"Story {number}") for number in range(60)]
    site.pages |= {path: article(title) for path, title in titles}
    site.pages["/rss.xml"] = rss(site.base, *titles)
    config = configured(tmp_path, f"sources:\n  - feed: {site.base}/rss.xml\n")
    text = config.read_text(encoding="utf-8").replace("delay: 0, per_host: 4", "delay: 0.2, per_host: 1")
    config.write_text(text.replace("disk_free: 0", f"disk_free: 0, {limit}"), encoding="utf-8")
    first = run(config)
    assert first.status == 0, first.log
    assert f"the limit of {told} is reached" in first.log
    assert 4 <= len(first.told) < 40
    assert report(tmp_path)["end"] == "limit"
    config.write_text(text.replace("delay: 0.2, per_host: 1", "delay: 0, per_host: 4"), encoding="utf-8")
    second = run(config)
    assert len(ends(first) | ends(second)) == 61
    stories = [each.path for each in site.asked if each.path.startswith("/story") and each.status == 200]
    assert len(stories) == len(set(stories)) == 60


def test_what_shall_stay_free_on_the_disk_ends_a_run_as_a_full_disk_does(tmp_path: Path, site: ChangingSite) -> None:
    site.pages["/rss.xml"] = rss(site.base)
    config = configured(tmp_path, f"sources:\n  - feed: {site.base}/rss.xml\n")
    config.write_text(
        config.read_text(encoding="utf-8").replace("disk_free: 0", "disk_free: 9999TiB"), encoding="utf-8"
    )
    ran = run(config)
    assert ran.status == 3
    assert "limits.disk_free" in ran.log


def test_a_run_that_is_interrupted_says_so_and_the_next_goes_on(tmp_path: Path, site: ChangingSite) -> None:
    titles = [(f"/story/{number}", f"Story {number}") for number in range(40)]
    site.pages |= {path: article(title) for path, title in titles}
    site.pages["/rss.xml"] = rss(site.base, *titles)
    config = configured(tmp_path, f"sources:\n  - feed: {site.base}/rss.xml\n")
    slow = config.read_text(encoding="utf-8").replace("delay: 0", "delay: 0.3").replace("per_host: 4", "per_host: 1")
    config.write_text(slow, encoding="utf-8")
    process = subprocess.Popen(
        [*PERMAPRESS, "run", str(config), "--allow-private", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while sum(each.path.startswith("/story") for each in site.asked) < 3:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, log = process.communicate(timeout=30)
    assert process.returncode == 130, log
    config.write_text(slow.replace("delay: 0.3", "delay: 0"), encoding="utf-8")
    assert run(config).status == 0
    assert len(list((tmp_path / "output" / "_posts").iterdir())) == 40
    stories = [each.path for each in site.asked if each.path.startswith("/story")]
    assert len(stories) <= 43  # those under way at the stop may be asked for again


def test_a_host_that_fails_again_and_again_is_left_alone(tmp_path: Path, site: ChangingSite) -> None:
    titles = [(f"/story/{number}", f"Story {number}") for number in range(30)]
    site.pages |= {path: Page(status=500, tagged=False) for path, _ in titles}
    site.pages["/rss.xml"] = rss(site.base, *titles)
    config = configured(tmp_path, f"sources:\n  - feed: {site.base}/rss.xml\n")
    text = config.read_text(encoding="utf-8").replace("per_host: 4", "per_host: 1")
    config.write_text(text, encoding="utf-8")
    run(config)
    asked = {each.path for each in site.asked if each.path.startswith("/story")}
    assert 5 <= len(asked) <= 8, asked
    mark = len(site.asked)
    run(config)
    assert {path for path, _ in site.since(mark)} == {"/rss.xml"}


def test_without_sources_and_without_a_file_a_run_says_what_to_do(tmp_path: Path) -> None:
    nowhere = permapress("run", tmp_path / "crawl.yaml")
    assert (nowhere.status, "permapress init" in nowhere.log) == (4, True)
    empty = permapress("run", configured(tmp_path, "sources: []\n"))
    assert (empty.status, "no sources" in empty.log) == (4, True)


def test_a_state_file_that_cannot_be_written_ends_the_run_as_a_full_disk_does_and_its_report_is_there(
    tmp_path: Path, site: ChangingSite
) -> None:
    site.pages["/rss.xml"] = rss(site.base)
    config = configured(tmp_path, f"sources:\n  - feed: {site.base}/rss.xml\n")
    assert run(config).status == 0
    (tmp_path / "state.txt").mkdir()
    config.write_text(config.read_text(encoding="utf-8") + "state_file: state.txt\n", encoding="utf-8")
    ran = run(config)
    assert ran.status == 3, ran.log
    assert "state.txt" in ran.log
    assert len(list((tmp_path / "output" / "state" / "runs").glob("*.json"))) == 2
