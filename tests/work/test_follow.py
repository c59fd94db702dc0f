"""What would be done with each post, and why; nothing is fetched, nothing written."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import Config
from crawler.core.errors import PostError
from crawler.core.model import Seed, Status
from crawler.ledger import Ledger
from crawler.work.follow import Decision, Kind, as_json, as_text, captured_in, plan
from crawler.work.seeds import seeds_under
from tests.judges import need_shared
from tests.ledger.samples import NOW, add, finish, lease, seed
from tests.site.command import PERMAPRESS, permapress

KEYS = ["post", "from", "url", "key", "title", "date", "author", "label", "decision", "reason"]
URL = "https://news.example.org/%e6%b0%b4?utm_source=rss#top"
KEY = "https://news.example.org/%E6%B0%B4"
WHOLE = (
    f'---\ntitle: "水 &amp; 米"\ndate: 2014-02-18T09:13:20+01:00\nauthor: Ann\nfrom: {URL}\ntags: [ 泡泡, b ]\n---\n'
)


def never(_: str) -> None:
    return None


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def written(name: str, text: str | bytes = WHOLE) -> Path:
        path = Path("posts") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return written


def pointing(url: str) -> str:
    return f"---\nfrom: {url}\n---\n"


def decided(*paths: str, captured=never, config: Config | None = None) -> list[Decision]:
    return list(plan([Path(path) for path in paths or ("posts",)], config or Config(), captured))


def test_a_post_is_visited_with_all_that_it_says(write):
    write("a.md")
    (told,) = decided()
    date = datetime(2014, 2, 18, 8, 13, 20, tzinfo=UTC)
    assert told.seed == Seed(URL, KEY, via="posts/a.md", title="水 & 米", date=date, author="Ann", label="泡泡")
    line = as_json(told)
    assert list(json.loads(line)) == KEYS
    assert json.loads(line) == {
        "post": "posts/a.md", "from": URL, "url": URL, "key": KEY, "title": "水 & 米", "date": "2014-02-18T08:13:20.000Z",
        "author": "Ann", "label": "泡泡", "decision": "visit", "reason": "not captured yet; a post will be made of its article",
    }  # fmt: skip
    assert as_text(told).splitlines()[0] == "visit      posts/a.md"


def test_further_posts_of_a_url_are_versions_that_name_the_first(write):
    write("a.md")
    write("b.md", pointing(KEY))
    write("c.md", pointing("https://news.example.org/"))
    told = decided()
    assert [(each.decision, bool(each.seed)) for each in told] == [
        (Kind.VISIT, True), (Kind.VERSION, False), (Kind.VISIT, True),
    ]  # fmt: skip
    assert told[1].reason == "a version: the post of its URL that is followed is posts/a.md"
    assert told[1].key == KEY


def test_a_post_that_is_named_twice_is_followed_once(write):
    write("a.md")
    assert [(each.decision, each.reason) for each in decided("posts", "posts/a.md")][1] == (Kind.VERSION, "named twice")


def test_what_was_captured_is_not_visited_again(write):
    write("a.md")
    write("b.md", pointing(KEY))
    told = decided(captured={KEY: NOW}.get)
    assert [each.decision for each in told] == [Kind.CAPTURED] * 2
    assert told[0].reason == "captured before, at 2026-11-23T12:00:00.000Z; `archive` would fetch it again"
    assert told[0].seed is None


def test_a_post_where_posts_are_written_stays(write):
    write("a.md")
    (told,) = decided(config=Config(posts_dir=Path("./posts/../posts")))
    assert "it stays, no second one is made" in told.reason
    assert told.decision is Kind.VISIT


@pytest.mark.parametrize(
    ("text", "says", "written"),
    [
        ("---\ntitle: a\n---\n", "no URL in `from`", None),
        (pointing("ftp://example.org/"), "only http and https", "ftp://example.org/"),
        (pointing("example.org/a"), "write it in full", "example.org/a"),
        (pointing("[ a, b ]"), "no URL in `from`", "a, b"),
        (pointing("https://example.org/" + "水" * 2000), "URL of ", "https://example.org/" + "水" * 2000),
        (pointing("https://ann:secret@exa mple.org/"), "not a URL", "https://exa mple.org/"),
        ("no post at all", "no front matter", None),
        (b"\0\0", "binary", None),
    ],
)
def test_what_points_nowhere_is_skipped_with_the_reason_and_the_rest_goes_on(write, text, says, written):
    write("a.md", text)
    write("b.md")
    skipped, visited = decided()
    assert (skipped.decision, skipped.url, skipped.key, skipped.seed) == (Kind.SKIPPED, None, None, None)
    assert says in skipped.reason
    assert skipped.from_ == written
    assert "secret" not in as_json(skipped) + as_text(skipped)
    assert visited.decision is Kind.VISIT


def test_a_skipped_post_still_tells_what_it_is(write):
    write("a.md", WHOLE.replace("from", "form"))
    (told,) = decided()
    assert (told.title, told.author, told.label, told.from_) == ("水 & 米", "Ann", "泡泡", None)


def test_mended_posts_are_followed_with_a_warning(write, caplog):
    write("a.md", WHOLE.replace("Ann", "@Ann"))
    assert decided()[0].decision is Kind.VISIT
    assert "posts/a.md: front matter is not YAML" in caplog.text


def test_a_file_that_may_not_be_read_or_is_none_is_skipped(write):
    write("a.md")
    os.mkfifo("posts/b.md")
    Path("posts/c.md").symlink_to("nowhere")
    assert [each.decision for each in decided()] == [Kind.VISIT, Kind.SKIPPED, Kind.SKIPPED]


def test_files_folders_and_patterns_are_named(write):
    for name in ("a/1.md", "a/b/2.markdown", "a/no.txt", "c/3.md", "c/4.md"):
        write(name, pointing(f"https://example.org/{name}"))
    assert [each.post for each in decided("posts/a", "posts/c/[4]*", "posts/a/no.txt")] == [
        "posts/a/1.md", "posts/a/b/2.markdown", "posts/c/4.md", "posts/a/no.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["nowhere", "posts/*.txt", "posts/empty", "a\0b", "posts/\x1b[2J"])
def test_a_path_that_leads_to_no_post_is_an_error_before_anything_else(write, path):
    write("a.md")
    Path("posts/empty").mkdir()
    with pytest.raises(PostError, match=r"check the path|name posts or their folder") as caught:
        plan([Path("posts/a.md"), Path(path)], Config(), never)
    assert "\x1b" not in str(caught.value)


def test_undecodable_names_are_told_in_text_that_any_reader_takes(write):
    write("a\udcff\n.md")
    (told,) = decided()
    assert told.post == "posts/a\\xff\n.md"
    assert as_json(told).encode()
    assert len(as_text(told).splitlines()) == 3


def test_seeds_under_gives_every_seed_and_warns_of_the_rest(write, caplog):
    write("a.md")
    write("b.md")
    write("c.md", "nothing")
    with caplog.at_level(logging.WARNING):
        assert [each.via for each in seeds_under([Path("posts")])] == ["posts/a.md", "posts/b.md"]
    assert "posts/c.md: not followed: no front matter" in caplog.text


def test_posts_go_by_one_at_a_time(write):
    write("a.md")
    write("b.md")
    told = plan([Path("posts")], Config(), never)
    next(told)
    write("b.md", "not a post any more")
    assert next(told).decision is Kind.SKIPPED


@given(st.text(max_size=40), st.text(max_size=20))
def test_no_text_breaks_the_plan(tmp_path_factory, url, title):
    folder = tmp_path_factory.mktemp("posts")
    text = f"---\ntitle: {title}\nfrom: https://example.org/{url}\n---\n"
    (folder / "a.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    (told,) = plan([folder], Config(), never)
    assert len(as_json(told).splitlines()) == 1
    assert list(json.loads(as_json(told))) == KEYS
    assert "\x1b" not in as_text(told)


def test_the_ledger_tells_what_was_captured_and_none_is_made(tmp_path):
    config = Config(output=tmp_path / "out")
    with captured_in(config) as captured:
        assert captured(KEY) is None
    assert not config.output.exists()
    with Ledger(config.state / "permapress.db") as ledger:
        add(ledger, [seed(KEY), seed(KEY + "/gone")])
        for held in lease(ledger):
            finish(ledger, held, Status.GONE if held.seed.key.endswith("gone") else Status.ARCHIVED)
    with captured_in(config) as captured:
        assert captured(KEY) == NOW
        assert captured(KEY + "/gone") is None


def tree(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_command_shows_the_plan_and_touches_nothing(write, tmp_path):
    write("a.md")
    write("b.md", "no post")
    with Ledger(Path("out/state/permapress.db")) as ledger:
        add(ledger, [seed(KEY)])
        finish(ledger, lease(ledger)[0])
    before = tree(tmp_path)
    ran = planned("posts", "-o", "out")
    assert [json.loads(line)["decision"] for line in ran.stdout.splitlines()] == ["captured", "skipped"]
    assert ran.returncode == 0
    told = permapress("follow", "posts", "-o", "new", "--dry-run", "--depth", "0", "--off-site")
    assert told.output.startswith("visit      posts/a.md\n")
    assert permapress("follow", "posts", "-o", "new", "--dry-run", "--quiet").output == ""
    assert tree(tmp_path) == before
    assert not Path("new").exists()


def planned(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [*PERMAPRESS, "follow", *map(str, arguments), "--dry-run", "--json"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("nowhere",), 1, "nowhere: there is no such file or folder"),
        ((), 2, "Missing argument"),
        (("posts", "--depth", "11"), 2, "--depth"),
        (("posts", "--per-article", "201"), 2, "--per-article"),
        (("posts", "--workers", "17"), 2, "--workers"),
        (("posts", "--config", "nowhere.yaml"), 4, "nowhere.yaml"),
    ],
)
def test_wrong_arguments_are_told(write, arguments, status, says):
    write("a.md")
    ran = permapress("follow", *arguments, "--dry-run")
    assert ran.status == status
    assert says in ran.log


def test_a_damaged_ledger_is_told_and_not_mended(write):
    write("a.md")
    Path("out/state").mkdir(parents=True)
    Path("out/state/permapress.db").write_bytes(b"no database" * 99)
    ran = permapress("follow", "posts", "-o", "out", "--dry-run")
    assert ran.status == 3
    assert "verify --rebuild" in ran.log


@pytest.mark.shared
def test_every_real_post_is_decided_on_within_5_s(tmp_path, record_property):
    folder = need_shared("posts")
    began = time.monotonic()
    ran = planned(folder, "-o", tmp_path / "out")
    took_s = time.monotonic() - began
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    record_property("seconds for 643 posts", f"{took_s:.2f}")
    record_property("decisions", dict(Counter(row["decision"] for row in rows)))
    assert (ran.returncode, ran.stderr, len(rows)) == (0, "", len(list(folder.iterdir())))
    assert took_s < 5
    assert all(list(row) == KEYS and row["url"] and row["date"] and row["label"] for row in rows)
    assert len({row["key"] for row in rows}) == sum(row["decision"] == "visit" for row in rows)
    assert list(tmp_path.iterdir()) == []
