"""A site that repeats itself, crawled: its boilerplate goes from later posts, and each post comes again byte for byte."""

from __future__ import annotations

from html import escape, unescape
from typing import TYPE_CHECKING

import pytest

from tests.site.changing import Page, changing
from tests.site.command import differing, permapress
from tests.site.repeating import LETTER, MORE, PAGES, RepeatingPage, repeating

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(400)

SITE = [repeating(number) for number in range(PAGES)]
REPEATED = (LETTER, MORE)  # what no page gives away by itself


def archive(output: Path, *urls: str):
    config = output.parent / "crawl.yaml"
    config.write_text("politeness: {delay: 0, per_host: 2}\nfollow: {depth: 0}\nlimits: {disk_free: 0}\n")
    return permapress("archive", *urls, "-o", output, "--allow-private", "--config", config, "--json")


def posts(output: Path) -> dict[str, str]:
    """By title."""
    found = (path.read_text(encoding="utf-8") for path in (output / "_posts").iterdir())
    return {unescape(text.split('title: "', 1)[1].split('"', 1)[0]): text for text in found}


def is_whole(page: RepeatingPage, post: str) -> bool:
    return all(escape(text, quote=False) in post for text in page.true)


def test_boilerplate_goes_from_later_posts_and_extract_gives_every_post_again(tmp_path):
    output = tmp_path / "out"
    with changing() as site:
        site.pages |= {page.path: Page(page.html.encode()) for page in SITE}
        for pages in (SITE[:15], SITE[15:]):  # what the one run learned the other knows
            ran = archive(output, *(site.base + page.path for page in pages))
            assert {told.status for told in ran.told} == {"archived"}, ran.log
        assert {told.reason for told in ran.told} == {"a new post; what its site repeats is left out"}
        made = posts(output)
        first, last = made[SITE[0].title], [made[page.title] for page in SITE[20:]]
        assert all(text in first for text in REPEATED)
        assert not any(text in post for text in REPEATED for post in last)
        assert all(is_whole(page, made[page.title]) for page in SITE)
        some = [SITE[0], *SITE[12:18], SITE[24]]
        again = archive(output, *(site.base + page.path for page in some))  # read as they were the first time
        assert {told.status for told in again.told} == {"unchanged"}, [told.reason for told in again.told]
        assert posts(output) == made
    extracted = permapress("extract", output / "archive", "-o", tmp_path / "again", "--json")
    assert extracted.status == 0, extracted.log
    assert differing(output / "_posts", tmp_path / "again/_posts") == []
    assert permapress("verify", output).status == 0
