"""The sources of crawl.yaml → what enters a run."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.config import Config
from crawler.core.errors import SourceError
from crawler.core.visit import Entry, Kind
from crawler.work import intakes as module
from crawler.work.intakes import intakes, taken

if TYPE_CHECKING:
    from pathlib import Path

POST = "---\ntitle: T\nfrom: {}\n---\nx\n"


def config(folder: Path, *sources: dict, **fields) -> Config:
    return Config(output=folder / "output", sources=sources, **fields)


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def seeds(found):
    return [(seed.url, seed.label, intake.entry) for intake in found.intakes for seed in intake.seeds]


def test_a_feed_and_a_sitemap_are_visits_named_as_in_the_file_or_by_their_url(tmp_path):
    found = intakes(
        config(
            tmp_path,
            {"feed": "https://a.example/rss", "name": "Daily"},
            {"sitemap": "https://a.example/map", "since": timedelta(days=30)},
        )
    )
    assert seeds(found) == [
        ("https://a.example/rss", "Daily", Entry(Kind.FEED, "Daily")),
        ("https://a.example/map", None, Entry(Kind.SITEMAP, "https://a.example/map")),
    ]
    assert found.kinds == {"Daily": Kind.FEED, "https://a.example/map": Kind.SITEMAP}
    assert found.since == {"https://a.example/map": timedelta(days=30)}
    assert found.locals == []


def test_two_sources_of_one_name_stay_two_and_each_keeps_its_own_span(tmp_path):
    found = intakes(
        config(
            tmp_path,
            {"feed": "https://a.example/rss", "name": "Daily"},
            {"sitemap": "https://a.example/map", "name": "Daily", "since": timedelta(days=30)},
        )
    )
    assert found.kinds == {"Daily": Kind.FEED, "Daily (https://a.example/map)": Kind.SITEMAP}
    assert found.since == {"Daily (https://a.example/map)": timedelta(days=30)}
    assert [label for _, label, _ in seeds(found)] == ["Daily", "Daily"]


def test_the_feeds_of_a_list_are_sources_of_their_own(tmp_path):
    subs = written(
        tmp_path / "subs.json",
        json.dumps([{"site": "One", "url": "https://a.example/1"}, {"url": "https://a.example/2"}]),
    )
    opml = written(
        tmp_path / "s.opml",
        '<opml><body><outline text="One" xmlUrl="https://b.example/1"/><outline xmlUrl="no url"/></body></opml>',
    )
    found = intakes(config(tmp_path, {"subs": subs}, {"opml": opml, "name": "Mine"}))
    assert list(found.kinds) == ["One", "https://a.example/2", "One (https://b.example/1)"]
    assert [(one.name, one.kind, one.found, len(one.problems), one.failed) for one in found.locals] == [
        (str(subs), "subs", 2, 0, None),
        ("Mine", "opml", 1, 1, None),
    ]
    assert {seed.via for intake in found.intakes for seed in intake.seeds} == {str(subs), str(opml)}


def test_one_feed_that_cannot_be_asked_for_keeps_no_other_of_its_list_out(tmp_path):
    long = f"https://a.example/{'標' * 3_000}"  # each character is nine when it is sent
    opml = written(
        tmp_path / "s.opml",
        f'<opml><body><outline xmlUrl="{long}"/><outline xmlUrl="https://b.example/"/></body></opml>',
    )
    found = intakes(config(tmp_path, {"opml": opml}))
    assert list(found.kinds) == ["https://b.example/"]
    (local,) = found.locals
    assert (local.found, len(local.problems), local.failed) == (1, 1, None)


def test_a_password_in_a_feed_s_url_is_neither_a_seed_nor_a_name(tmp_path):
    subs = written(
        tmp_path / "subs.json", json.dumps([{"site": "One", "url": f"https://me:secret@a.example/{n}"} for n in "12"])
    )
    found = intakes(config(tmp_path, {"subs": subs}))
    assert "secret" not in repr((seeds(found), found.kinds, found.locals))


def test_a_list_is_taken_sparingly_and_its_bad_lines_are_told(tmp_path):
    listed = written(tmp_path / "urls.txt", "# mine\nhttps://a.example/1\nnowhere\n")
    found = intakes(config(tmp_path, {"list": listed, "name": "Mine"}))
    assert seeds(found) == [("https://a.example/1", "Mine", Entry(source="Mine", sparing=True))]
    (local,) = found.locals
    assert (local.found, len(local.problems), local.failed) == (1, 1, None)


def test_posts_are_counted_while_they_are_drawn(tmp_path):
    folder = tmp_path / "old"
    for number in range(3):
        written(folder / f"{number}.md", POST.format(f"https://a.example/{number % 2}"))
    found = intakes(config(tmp_path, {"posts": folder}))
    (local,) = found.locals
    assert local.found == 0
    assert [url for url, _, _ in seeds(found)] == ["https://a.example/0", "https://a.example/1"]
    assert (local.found, local.failed) == (2, None)


@pytest.mark.parametrize("kind", ["list", "opml", "subs", "posts"])
@pytest.mark.parametrize("what", ["missing", "folder", "empty"])
def test_a_source_that_cannot_be_read_is_told_and_keeps_no_other_out(tmp_path, kind, what):
    path = tmp_path / "source"
    if what == "folder":
        path.mkdir()
    elif what == "empty":
        path.write_text("")
    found = intakes(config(tmp_path, {kind: path}, {"feed": "https://a.example/rss"}))
    if (kind, what) not in {
        ("list", "empty"),
        ("posts", "empty"),
    }:  # a list may be empty; a file that is no post is told when it is drawn
        (local,) = found.locals
        assert (local.name, local.kind, local.found) == (str(path), kind, 0)
        assert local.failed
        assert str(path) in local.failed
    assert list(found.kinds) == ["https://a.example/rss"]


def test_a_file_that_is_too_large_is_told_and_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MAX_FILE_BYTES", 10)
    path = written(tmp_path / "urls.txt", "https://a.example/1\n")
    (local,) = intakes(config(tmp_path, {"list": path})).locals
    assert "larger than 10 bytes" in local.failed


def test_taken_is_what_has_a_post_and_what_the_list_says(tmp_path):
    seen = written(tmp_path / "allurls.dat", "https://b.example/1?utm_source=x\nno url\n")
    written(tmp_path / "output" / "_posts" / "2026-01-01-a.md", POST.format("https://a.example/1#top"))
    assert taken(config(tmp_path)) == {"https://a.example/1"}
    assert taken(config(tmp_path, seen=seen)) == {"https://a.example/1", "https://b.example/1"}


@pytest.mark.parametrize("text", [None, "no url\nat all\n"])
def test_a_list_of_what_is_taken_that_cannot_be_used_ends_the_run(tmp_path, text):
    seen = tmp_path / "allurls.dat"
    if text:
        written(seen, text)
    with pytest.raises(SourceError, match="allurls"):
        taken(config(tmp_path, seen=seen))


def test_nothing_is_taken_where_there_is_nothing(tmp_path):
    assert taken(config(tmp_path)) == set()
