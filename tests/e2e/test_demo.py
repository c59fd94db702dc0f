"""The demo site from end to end: archived by the real command, read back by readers that are not ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from lxml import html

from tests.golden import OWN
from tests.site.command import differing, permapress
from tests.site.posts import NOWHERE, POSTS
from tests.site.routes import HOME_OF_GOLDEN, VISITS

if TYPE_CHECKING:
    from tests.e2e.conftest import Archived

ROOT = Path(__file__).resolve().parents[2]
SHOWN = (
    "--dry-run",
    "a version: the post of its URL",
    "3 related articles found by links",
    "0 articles visited again",
    "in all ",
    "+warc_record_id: ",
    "permapress status",
    "related block",
)
GOLDEN = OWN.url.removeprefix(HOME_OF_GOLDEN)


def _front(post: Path) -> dict[str, object]:
    loaded = yaml.load(post.read_text(encoding="utf-8").split("---\n")[1], Loader=yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


def _body(post: Path) -> html.HtmlElement:
    return html.fromstring(post.read_text(encoding="utf-8").partition("------\n")[2])


def test_every_address_ends_once_and_as_the_table_says(archived: Archived) -> None:
    ended = [(told.url.removeprefix(archived.site.base), told.status) for told in archived.ran.told]
    assert Counter(ended) == Counter((visit.path, visit.expected.value) for visit in VISITS)
    assert all(told.reason for told in archived.ran.told)


def test_an_archive_url_without_a_post_is_exit_1(archived: Archived) -> None:
    assert archived.ran.status == 1


def test_the_folder_of_posts_holds_what_the_outcomes_name_and_no_more(archived: Archived) -> None:
    named = {archived.output / told.post for told in archived.ran.told if told.post}
    assert named == set(archived.posts.iterdir())
    assert len(named) == sum(visit.expected == "archived" for visit in VISITS)


def test_what_robots_disallows_is_not_asked_for(archived: Archived) -> None:
    assert "GET /robots.txt HTTP/1.1" in archived.site.seen
    assert not [line for line in archived.site.seen if "/drafts/" in line]


def test_the_warc_files_are_sound_to_fastwarc_and_gzip(archived: Archived) -> None:
    assert archived.warcs
    for judge in ((Path(sys.executable).with_name("fastwarc"), "check", "--quiet"), ("gzip", "--test")):
        for warc in archived.warcs:
            done = subprocess.run([*judge, warc], capture_output=True, text=True, timeout=60, check=False)
            assert done.returncode == 0, done.stdout + done.stderr


def test_the_warc_files_alone_give_every_post_again(archived: Archived, tmp_path: Path) -> None:
    ran = permapress("extract", *archived.warcs, "-o", tmp_path, timeout_s=100)
    assert differing(archived.posts, tmp_path / "_posts") == [], ran.log


def test_the_golden_post_has_title_date_paragraphs_and_links(archived: Archived) -> None:
    post = archived.post(GOLDEN)
    front, body = _front(post), _body(post)
    assert front["title"] == OWN.title
    assert front["date"] == f"{OWN.published:%Y-%m-%dT%H:%M:%S}.000Z"
    text = body.text_content()
    assert [paragraph for paragraph in OWN.paragraphs if paragraph not in text] == []
    links = [link.rpartition("/")[2] for link in body.xpath("//ul//a/@href")]
    assert links == [url.rpartition("/")[2] for url, _ in OWN.related]
    assert body.xpath("//img/@src") == [OWN.image.replace(HOME_OF_GOLDEN, archived.site.base)]


@pytest.mark.parametrize(
    ("path", "title", "words"),
    [
        ("/gb/2025/liang-cang.html", "老粮仓改成图书馆", "镕、喆、堃几个字"),
        ("/gb/2025/yu-dao.html", "河堰上的鱼道今年通水", "第三十级台阶装了一扇玻璃窗"),
    ],
    ids=["silent header", "lying header"],
)
def test_gb18030_is_read_whatever_the_header_says(archived: Archived, path: str, title: str, words: str) -> None:
    post = archived.post(path)
    assert _front(post)["title"] == title
    assert words in _body(post).text_content()


def test_authors_tags_and_dates_of_structured_data_reach_the_front_matter(archived: Archived) -> None:
    front = _front(archived.post("/english/2026/tide-gauge.html"))
    assert front["title"] == "The tide gauge that nobody switched off"
    assert "Marta Lindqvist" in str(front["author"])
    assert "Teo Okafor" in str(front["author"])
    assert front["date"] == "2026-03-14T07:30:00.000Z"
    assert front["tags"] == ["The Harbour Gazette", "Sea level", "Instruments"]


def test_a_redirect_to_a_zipped_page_is_read_to_its_end(archived: Archived) -> None:
    post = archived.post("/go/ferry")
    assert "arrived, all well" in _body(post).text_content()
    assert _front(post)["from"] == f"{archived.site.base}/go/ferry"


def test_lazy_images_are_shown_once_each_and_from_where_they_lie(archived: Archived) -> None:
    body = _body(archived.post("/photo/si-ji.html"))
    shown = [str(src).removeprefix(archived.site.base) for src in body.xpath("//img/@src")]
    assert [source.split("/")[2].split("-")[0].split(".")[0] for source in shown] == [
        "spring",
        "summer",
        "autumn",
        "winter",
    ]
    assert "读者 阿竹 摄" in body.text_content()


@pytest.mark.timeout(240)
def test_the_demo_comes_out_as_it_should_twice_in_a_row(tmp_path: Path) -> None:
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "tests.site.demo"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert OWN.title in done.stdout
        assert [word for word in SHOWN if word not in done.stdout] == []
    kept = {path.name: path.read_bytes() for path in (tmp_path / "output/demo/site/_posts").iterdir()}
    assert kept.keys() == {post.name for post in POSTS} | {NOWHERE}
    assert sum(b"\nwarc_record_id: " in data for data in kept.values()) == 8


def test_posts_point_at_each_visit_that_no_page_leads_to() -> None:
    pointed = {post.path.partition("?")[0] for post in POSTS}
    related = {url.removeprefix(HOME_OF_GOLDEN) for url, _ in OWN.related}
    assert pointed | related == {visit.path for visit in VISITS}
    assert not pointed & related
