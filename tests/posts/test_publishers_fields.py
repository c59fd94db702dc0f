"""What a post's front matter says, asked of Jekyll and of Hugo (go-yaml) themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from crawler.core.model import Post
from crawler.posts import write_post
from tests import publishers
from tests.judges import need
from tests.posts.words import TITLES

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.core.model import FrontValue

KINDS = ("title", "author", "description")
ASKED = {
    "jekyll": '{"title": {{ page.title | jsonify }}, "author": {{ page.author | jsonify }}, '
    '"description": {{ page.description | jsonify }}, "related": {{ page.related | jsonify }}, '
    '"comments": {{ page.comments | jsonify }}, "date": {{ page.date | date_to_xmlschema | jsonify }}}',
    "hugo": '{{ jsonify (dict "title" .Params.title "author" .Params.author "description" .Params.description '
    '"related" .Params.related "comments" .Params.comments "date" (.Date.Format "2006-01-02T15:04:05-07:00")) }}',
}


SITES = {
    "jekyll": (publishers._JEKYLL, "_layouts/post.html", publishers.build_jekyll),
    "hugo": (publishers._HUGO, "layouts/_default/single.html", publishers.build_hugo),
}


@pytest.mark.judge
@pytest.mark.parametrize("program", SITES)
def test_every_nasty_text_reaches_the_publisher_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    need(program)
    files, layout, build = SITES[program]
    monkeypatch.setitem(files, layout, ASKED[program])  # the site says what it read instead of showing the post
    said: dict[str, dict[str, object]] = {}
    for number, text in enumerate(TITLES):
        fields: tuple[tuple[str, FrontValue], ...] = (
            ("layout", "post"),
            *((kind, text) for kind in KINDS),
            ("date", "2026-01-02T03:04:05.000Z"),
            ("related", (text, "and", text)),
            ("comments", True),
        )
        name = write_post(Post(path=f"2026-01-02-{number:03}.md", fields=fields, body=""), tmp_path / "posts").name
        others = {"related": [text, "and", text], "comments": True, "date": "2026-01-02T03:04:05+00:00"}
        said[name] = dict.fromkeys(KINDS, text) | others
    pages = publishers.built(build(tmp_path / "posts", tmp_path / program))
    heard = {name: json.loads(page.read_text(encoding="utf-8")) for name, page in pages.items()}
    assert {name: (said[name], heard.get(name)) for name in said if heard.get(name) != said[name]} == {}
