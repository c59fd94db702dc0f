"""`permapress archive`, read back: posts, WARC, outcomes, exit statuses."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from scrapy.exceptions import UsageError

from crawler.spiders.archive import ArchiveSpider
from tests.site.command import PERMAPRESS, differing, permapress
from tests.site.routes import VISITS
from tests.site.server import Answer, serve


def polite_enough(folder: Path) -> Path:
    """A crawl.yaml without waits: the host is ours."""
    path = folder / "crawl.yaml"
    path.write_text("politeness: {delay: 0, per_host: 4}\n")
    return path


def archive(output: Path, *urls: str, json: bool = True, extra: tuple = ()):
    flags = ("--json",) if json else ()
    config = polite_enough(output.parent)
    return permapress("archive", *urls, "-o", output, "--allow-private", "--config", config, *flags, *extra)


def records(archive: Path, kind: WarcRecordType):
    for path in sorted(archive.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=kind, parse_http=False):
                yield dict(record.headers), record.reader.read()


def test_every_visit_ends_in_its_outcome_and_each_post_comes_again_from_the_warc_alone(site, tmp_path):
    ran = archive(tmp_path / "out", *(site.base + visit.path for visit in VISITS))
    assert {told.url.removeprefix(site.base): told.status for told in ran.told} == {
        visit.path: visit.expected for visit in VISITS
    }
    assert ran.status == 1  # some gave no post
    again = permapress("extract", tmp_path / "out/archive", "-o", tmp_path / "again", "--json")
    assert again.status == 0, again.log
    assert differing(tmp_path / "out/_posts", tmp_path / "again/_posts") == []
    assert len(list((tmp_path / "again/_posts").iterdir())) == sum(told.post is not None for told in ran.told)
    checked = permapress("verify", tmp_path / "out")
    assert checked.status == 0, checked.output


def test_the_order_of_records_is_request_response_article_reading(site, tmp_path):
    archive(tmp_path / "out", site.base + VISITS[0].path)
    kinds = [(headers["WARC-Type"], headers.get("WARC-Target-URI", "").rpartition("/")[2]) for headers, _ in
             records(tmp_path / "out/archive", WarcRecordType.any_type)]  # fmt: skip
    page = VISITS[0].path.rpartition("/")[2]
    assert kinds == [
        ("warcinfo", ""),
        ("request", "robots.txt"),
        ("response", "robots.txt"),
        ("request", page),
        ("response", page),
        ("conversion", page),
        ("metadata", page),
    ]


def test_the_reading_record_keeps_what_the_post_relied_on(site, tmp_path):
    ran = archive(tmp_path / "out", site.base + VISITS[0].path)
    ((_, block),) = records(tmp_path / "out/archive", WarcRecordType.metadata)
    reading = json.loads(block)
    assert reading["seed"]["url"] == ran.told[0].url
    assert "_posts/" + reading["post"] == ran.told[0].post
    assert dict(reading["versions"])["trafilatura"]


def test_a_second_archive_of_an_unchanged_page_leaves_the_post_alone(site, tmp_path):
    first = archive(tmp_path / "out", site.base + VISITS[0].path)
    before = (tmp_path / "out" / first.told[0].post).read_bytes()
    second = archive(tmp_path / "out", site.base + VISITS[0].path)
    assert second.told[0].status == "unchanged"
    assert second.told[0].post == first.told[0].post
    assert second.status == 0
    assert (tmp_path / "out" / first.told[0].post).read_bytes() == before
    assert permapress("verify", tmp_path / "out").status == 0
    again = permapress("extract", tmp_path / "out/archive", "-o", tmp_path / "again")
    assert again.status == 0
    assert differing(tmp_path / "out/_posts", tmp_path / "again/_posts") == []


def _tide(change: str = "") -> Answer:
    visit = next(visit for visit in VISITS if "tide" in visit.path)
    return Answer(visit.answer.body.replace(b"</article>", change.encode() + b"</article>"), visit.answer.headers)


CHANGE = "<p>Corrected: the gauge was moved to the north pier in spring, and its readings have been checked twice.</p>"


def test_a_changed_page_rewrites_its_post_under_the_same_name(tmp_path):
    answers = {"/tide.html": _tide()}
    with serve(answers) as site:
        first = archive(tmp_path / "out", site.base + "/tide.html")
        answers["/tide.html"] = _tide(CHANGE)
        second = archive(tmp_path / "out", site.base + "/tide.html")
    assert second.told[0].status == "updated"
    assert second.told[0].post == first.told[0].post
    text = (tmp_path / "out" / second.told[0].post).read_text()
    assert "north pier in spring" in text
    assert "\nlast_modified_at: " in text
    permapress("extract", tmp_path / "out/archive", "-o", tmp_path / "again")
    assert differing(tmp_path / "out/_posts", tmp_path / "again/_posts") == []


def test_a_post_that_a_person_edited_is_kept_and_the_new_reading_stands_beside_it(tmp_path):
    answers = {"/tide.html": _tide()}
    with serve(answers) as site:
        first = archive(tmp_path / "out", site.base + "/tide.html")
        post = tmp_path / "out" / first.told[0].post
        edited = post.read_bytes() + b"\nA note of mine.\n"
        post.write_bytes(edited)
        answers["/tide.html"] = _tide(CHANGE)
        second = archive(tmp_path / "out", site.base + "/tide.html")
        third = archive(tmp_path / "out", site.base + "/tide.html")
    assert post.read_bytes() == edited
    assert second.told[0].post != first.told[0].post
    assert re.search(r"-[0-9a-f]{8}\.md$", second.told[0].post)
    assert third.told[0].status == "unchanged"
    assert third.told[0].post == second.told[0].post


def test_loopback_is_excluded_unless_it_is_allowed(site, tmp_path):
    ran = permapress("archive", site.base + "/", "-o", tmp_path / "out", "--json")
    assert ran.status == 1
    assert [told.status for told in ran.told] == ["excluded"]
    assert "--allow-private" in ran.told[0].reason
    assert site.seen == []


def test_a_url_named_twice_is_visited_once(site, tmp_path):
    ran = archive(tmp_path / "out", site.base + VISITS[0].path, site.base + VISITS[0].path + "?utm_source=x#top")
    assert len(ran.told) == 1


def test_a_person_is_told_where_things_are(site, tmp_path):
    ran = archive(tmp_path / "out", site.base + VISITS[0].path, json=False)
    assert ran.status == 0
    assert "_posts/" in ran.output
    assert ".warc.gz" in ran.output
    assert ran.log == ""


def test_quiet_says_nothing(site, tmp_path):
    ran = archive(tmp_path / "out", site.base + VISITS[0].path, json=False, extra=("--quiet",))
    assert (ran.status, ran.output, ran.log) == (0, "", "")


def test_the_file_is_closed_under_its_name_and_in_the_manifest(site, tmp_path):
    archive(tmp_path / "out", site.base + VISITS[0].path)
    (warc,) = (tmp_path / "out/archive").glob("permapress-*.warc.gz")
    assert not list((tmp_path / "out/archive").glob("*.open"))
    subprocess.run(
        ["sha256sum", "--check", "--strict", "manifest-sha256.txt"],
        cwd=warc.parent,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def test_extract_diff_writes_nothing_and_shows_what_would_change(site, tmp_path):
    ran = archive(tmp_path / "out", site.base + VISITS[0].path)
    post = tmp_path / "out" / ran.told[0].post
    post.write_bytes(post.read_bytes().replace(b"layout: post", b"layout: page"))
    edited = post.read_bytes()
    shown = permapress("extract", tmp_path / "out/archive", "-o", tmp_path / "out", "--diff")
    assert post.read_bytes() == edited
    assert len(list(post.parent.iterdir())) == 1
    assert "layout: post" in shown.output


def test_verify_finds_a_flipped_byte_and_a_missing_post(site, tmp_path):
    ran = archive(tmp_path / "out", *(site.base + visit.path for visit in VISITS[:2]))
    (tmp_path / "out" / ran.told[0].post).unlink()
    assert permapress("verify", tmp_path / "out").status == 6
    (warc,) = (tmp_path / "out/archive").glob("*.warc.gz")
    data = bytearray(warc.read_bytes())
    data[len(data) // 2] ^= 0xFF
    warc.write_bytes(data)
    ran = permapress("verify", tmp_path / "out")
    assert ran.status == 6
    assert "DAMAGE" in ran.output


def scrapy(folder: Path, *arguments: str, status: int = 0) -> str:
    settings = {
        "PERMAPRESS_OUTPUT": folder,
        "PERMAPRESS_POSTS_DIR": folder / "_posts",
        "PERMAPRESS_ARCHIVE_DIR": folder / "archive",
        "PERMAPRESS_ALLOW_PRIVATE": 1,
        "DOWNLOAD_DELAY": 0,
    }
    flags = [flag for name, value in settings.items() for flag in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", "archive", *arguments, *flags]
    root = Path(__file__).parents[2]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == status, ran.stderr
    return ran.stderr


def test_the_scrapy_way_works_too(site, tmp_path):
    scrapy(tmp_path, "-a", f"url={site.base}{VISITS[0].path}")
    assert len(list((tmp_path / "_posts").glob("*.md"))) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name either a page, -a url=https://…, or posts, -a posts=PATH"),
        (("-a", "url=", "-a", "posts="), "name either"),
        (("-a", "url=https://example.invalid/", "-a", "posts=."), "name either"),
        (("-a", "url=foo"), "write it in full"),
        (("-a", "posts=nowhere"), "check the path"),
        (("-a", "posts=crawler"), "no posts (*.md, *.markdown) are in it"),
    ],
)
def test_scrapy_arguments_that_ask_for_nothing_say_what_to_write_and_exit_2(tmp_path, arguments, words):
    said = scrapy(tmp_path, *arguments, status=2)
    assert words in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_the_spider_itself_refuses_to_do_nothing():
    with pytest.raises(UsageError, match="name either"):
        ArchiveSpider()


def test_posts_are_followed_by_their_from_and_each_reading_comes_again_from_the_warc(site, tmp_path):
    posts = tmp_path / "site"
    posts.mkdir()
    for number, visit in enumerate(VISITS[:3]):
        head = f'title: "An older title {number}"\nfrom: {site.base}{visit.path}\ntags: [ A source ]'
        (posts / f"2020-01-0{number + 1}-older.md").write_text(f"---\n{head}\n---\nbody\n")
    (posts / "broken.md").write_text("no front matter")
    scrapy(tmp_path / "out", "-a", f"posts={posts}")
    made = sorted((tmp_path / "out/_posts").iterdir())
    assert len(made) == 3
    assert all("tags: [ A source" in post.read_text() for post in made)
    permapress("extract", tmp_path / "out/archive", "-o", tmp_path / "again")
    assert differing(tmp_path / "out/_posts", tmp_path / "again/_posts") == []


@pytest.mark.parametrize("most_bytes", [600, 12_000, 90_000, 110_000, 150_000])
def test_a_full_disk_ends_the_run_with_3_and_leaves_nothing_half_written(site, tmp_path, most_bytes):
    """A limit on file sizes stands for the disk: too small for the ledger, for its log at the start and later."""
    urls = [site.base + visit.path for visit in VISITS[:4]]
    ran = subprocess.run(
        [*PERMAPRESS, "archive", *urls, "-o", str(tmp_path), "--allow-private", "--json"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 3, ran.stderr
    assert str(tmp_path) in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not list((tmp_path / "_posts").glob(".*"))
    for warc in (tmp_path / "archive").glob("*.warc.gz"):
        subprocess.run(["gzip", "-t", warc], check=True)
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    posts = {Path(row["post"]).name for row in told if row["status"] == "archived"}
    assert {post.name for post in (tmp_path / "_posts").iterdir()} >= posts
    again = permapress("archive", *urls, "-o", tmp_path, "--allow-private", "--json")
    assert {row.url for row in again.told} == set(urls)
    assert len(list((tmp_path / "_posts").iterdir())) == len(urls)


def test_a_crash_between_record_and_rename_leaves_a_post_that_is_still_ours(tmp_path):
    answers = {"/tide.html": _tide()}
    with serve(answers) as site:
        first = archive(tmp_path / "out", site.base + "/tide.html")
        post = tmp_path / "out" / first.told[0].post
        before = post.read_bytes()
        answers["/tide.html"] = _tide(CHANGE)
        archive(tmp_path / "out", site.base + "/tide.html")
        post.write_bytes(before)  # what lies there where the second run died before its rename
        assert permapress("verify", tmp_path / "out").status == 6
        third = archive(tmp_path / "out", site.base + "/tide.html")
    assert third.told[0].status == "updated"
    assert [path.name for path in post.parent.iterdir()] == [post.name]
    assert "north pier in spring" in post.read_text()


def test_an_edited_post_of_an_unchanged_page_gets_none_beside_it(site, tmp_path):
    first = archive(tmp_path / "out", site.base + VISITS[0].path)
    post = tmp_path / "out" / first.told[0].post
    post.write_bytes(post.read_bytes() + b"\nA note of mine.\n")
    second = archive(tmp_path / "out", site.base + VISITS[0].path)
    assert second.told[0].status == "unchanged"
    assert [path.name for path in post.parent.iterdir()] == [post.name]


def test_a_part_that_was_not_asked_for_makes_no_post_neither_now_nor_from_the_warc(tmp_path):
    part = Answer(_tide().body, (*_tide().headers, ("Content-Range", "bytes 0-999/9999")), status=206)
    with serve({"/tide.html": part}) as site:
        first = archive(tmp_path / "out", site.base + "/tide.html")
    again = permapress("extract", tmp_path / "out/archive", "-o", tmp_path / "again", "--json")
    assert [(told.status, told.post) for told in first.told] == [("failed", None)]
    assert "HTTP 206 Partial Content" in first.told[0].reason
    assert (first.status, again.status, again.told) == (1, 0, ())
    assert not list(tmp_path.rglob("*.md"))


def test_two_pages_recorded_under_one_name_are_both_made_again(tmp_path):
    other = _tide().body.replace(b"</article>", CHANGE.encode() + b"</article>")
    with serve({"/a.html": _tide(), "/b.html": Answer(other, _tide().headers)}) as site:
        first = archive(tmp_path / "out", site.base + "/a.html")
        (tmp_path / "out" / first.told[0].post).unlink()
        shutil.rmtree(tmp_path / "out/state")  # the ledger would keep the name
        second = archive(tmp_path / "out", site.base + "/b.html")
    assert first.told[0].post == second.told[0].post
    again = permapress("extract", tmp_path / "out/archive", "-o", tmp_path / "again")
    assert again.status == 0
    made = [path.read_text() for path in (tmp_path / "again/_posts").iterdir()]
    assert sorted(text.count("/a.html") > 0 for text in made) == [False, True]
