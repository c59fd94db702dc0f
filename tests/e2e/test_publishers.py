"""The judges themselves: a publisher's build shows the posts, and stops at what it cannot take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.judges import need
from tests.publishers import BuildError, build_hugo, build_jekyll, built

if TYPE_CHECKING:
    from pathlib import Path

POST = '---\nlayout: post\ntitle: "一则\\"短讯\\""\ndate: 2026-01-02T03:04:05.000Z\n---\n<div>\n<p>正文</p>\n</div>\n'


def _posts(folder: Path, **posts: str) -> Path:
    (folder / "posts").mkdir()
    for name, text in posts.items():
        (folder / "posts" / f"2026-01-02-{name}.md").write_text(text, encoding="utf-8")
    return folder / "posts"


@pytest.mark.judge
def test_jekyll_builds_a_page_a_post(tmp_path: Path) -> None:
    need("jekyll")
    site = build_jekyll(_posts(tmp_path, 甲=POST, 乙=POST), tmp_path / "jekyll")
    assert built(site) == {"2026-01-02-甲.md", "2026-01-02-乙.md"}
    page = (site / "2026-01-02-甲.html").read_text(encoding="utf-8")
    assert "<h1>一则&quot;短讯&quot;</h1>" in page
    assert "<p>正文</p>" in page


@pytest.mark.judge
def test_jekyll_stops_at_a_live_template(tmp_path: Path) -> None:
    need("jekyll")
    with pytest.raises(BuildError, match="nope"):
        build_jekyll(_posts(tmp_path, 甲=POST + "{% nope %}"), tmp_path / "jekyll")


@pytest.mark.judge
def test_hugo_builds_a_page_a_post(tmp_path: Path) -> None:
    need("hugo")
    site = build_hugo(_posts(tmp_path, 甲=POST, 乙=POST), tmp_path / "hugo")
    assert built(site) == {"2026-01-02-甲.md", "2026-01-02-乙.md"}
    page = (site / "posts" / "2026-01-02-甲" / "index.html").read_text(encoding="utf-8")
    assert "<p>正文</p>" in page


@pytest.mark.judge
def test_hugo_stops_at_a_live_shortcode(tmp_path: Path) -> None:
    need("hugo")
    with pytest.raises(BuildError, match="nope"):
        build_hugo(_posts(tmp_path, 甲=POST + "{{< nope >}}"), tmp_path / "hugo")
