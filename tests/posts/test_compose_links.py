"""The link line: any title between `[` and `]`, any address between `(` and `)`, and each publisher shows just that."""

from __future__ import annotations

import json
import os
import random
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

import ada_url
import pytest
from lxml import html

from crawler.posts import PostFields, compose, write_post
from tests.judges import need
from tests.publishers import build_hugo, built

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.core.model import Post

TITLE_PIECES = (
    *"[](){}<>|*_`\\!#:;.-=~^$&'\"@+%/? 字aB1é😀　",
    *("{{", "{%", "{{<", "&amp;", "&lt;", "&#123;", "&copy;", "](", "](javascript:x)", "<script>", "</script>", "<!--", "-->"),
    *("--", "---", "...", "\n", "\t", "http://x.y/", "www.x.y", "a@b.c", ":smile:", "[^1]", "{:toc}", "*[a]: b", "1. ", "- "),
    *("# ", "\\[", "(c)", "(tm)", "<<", ">>", "'s", "H~2~O", "$$", "==", "~~"),
)  # fmt: skip
ADDRESS_PIECES = (
    *"()[]{}<>|*_`!:;.-=~^$&'\"@+%? /a字",
    *("%20", "&copy=", "&copy;", "&amp;b", "{{x}}", "{%", "javascript:", "#f", "?q=", "--", "..."),
)
LINKS = 400
AT = datetime(2026, 1, 2, tzinfo=UTC)
SHOWN_BY_KRAMDOWN = (
    "puts JSON.generate(JSON.parse(STDIN.read).map { |text| Kramdown::Document.new(text, input: 'GFM').to_html })"
)


def links() -> list[tuple[str, str]]:
    draw = random.Random(1)  # the same on every run: a failure can be looked at
    texts = ["x".join(draw.choices(TITLE_PIECES, k=draw.randint(2, 4))) for _ in range(LINKS // 2)]
    texts += ["字" + "".join(draw.choices(TITLE_PIECES, k=draw.randint(1, 12))) + "字" for _ in range(LINKS // 2)]
    return [
        (text, "https://example.org/" + "".join(draw.choices(ADDRESS_PIECES, k=draw.randint(0, 12))) + "/")
        for text in texts
    ]


def post(title: str, url: str) -> Post:
    fields = PostFields(title=title, date=AT, author="a", url=url, labels=("源",), is_dated=True)
    return compose(fields, "<p>甲</p>")


def as_requested(url: str) -> str:
    """The address as a browser takes it; publishers may percent-encode more of it."""
    return unquote(ada_url.URL(url).href)


def assert_is_the_link(page: str, title: str, url: str) -> None:
    main = html.document_fromstring(f"<html><body><main>{page}</main></body></html>").find(".//main")
    assert main is not None
    (link,) = main.findall(".//a")
    assert "".join(link.itertext()).split() == title.split(), title
    assert list(link.attrib) == ["href"]
    assert as_requested(link.get("href", "")) == as_requested(url), url
    assert {str(one.tag) for one in main.iter() if isinstance(one.tag, str)} <= {"main", "h2", "p", "br", "a", "div"}, (
        title
    )


@pytest.mark.judge
def test_kramdown_shows_every_title_as_one_link_to_its_address() -> None:
    need("jekyll")  # kramdown comes with it
    done = subprocess.run(
        ["ruby", "-rjson", "-rkramdown", "-rkramdown-parser-gfm", "-e", SHOWN_BY_KRAMDOWN],
        input=json.dumps([post(*link).body for link in links()]).encode(),
        stdout=subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        timeout=100,
        check=True,
    )
    for link, page in zip(links(), json.loads(done.stdout), strict=True):
        assert_is_the_link(page, *link)


@pytest.mark.judge
def test_hugo_shows_every_title_as_one_link_to_its_address(tmp_path: Path) -> None:
    need("hugo")
    named = {f"2026-01-02-{number:03}.md": link for number, link in enumerate(links())}
    for name, link in named.items():
        write_post(replace(post(*link), path=name), tmp_path / "posts")
    pages = built(build_hugo(tmp_path / "posts", tmp_path / "hugo"))
    assert pages.keys() == named.keys()
    for name, link in named.items():
        page = pages[name].read_text(encoding="utf-8")
        assert_is_the_link(page.partition("<main>")[2].rpartition("</main>")[0], *link)
