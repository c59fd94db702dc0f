"""Jekyll and Hugo as judges: they build what we write and show it; first, that they would notice what they cannot take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html

from tests.golden import OWN
from tests.judges import need
from tests.publishers import BuildError, build_hugo, build_jekyll, built
from tests.site.routes import HOME_OF_GOLDEN

if TYPE_CHECKING:
    from tests.e2e.conftest import Archived

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
    assert built(site).keys() == {"2026-01-02-甲.md", "2026-01-02-乙.md"}
    page = built(site)["2026-01-02-甲.md"].read_text(encoding="utf-8")
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
    assert built(site).keys() == {"2026-01-02-甲.md", "2026-01-02-乙.md"}
    page = built(site)["2026-01-02-甲.md"].read_text(encoding="utf-8")
    assert "<p>正文</p>" in page


@pytest.mark.judge
def test_hugo_stops_at_a_live_shortcode(tmp_path: Path) -> None:
    need("hugo")
    with pytest.raises(BuildError, match="nope"):
        build_hugo(_posts(tmp_path, 甲=POST + "{{< nope >}}"), tmp_path / "hugo")


GOLDEN = OWN.url.removeprefix(HOME_OF_GOLDEN)
HOSTILE = "/english/2026/templates.html"


def _main(page: bytes) -> html.HtmlElement:
    main = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8")).find(".//main")
    assert main is not None
    return main


def _page(build: Build, archived: Archived, path: str, folder: Path) -> html.HtmlElement:
    pages = built(build(archived.posts, folder))
    assert pages.keys() == {post.name for post in archived.posts.iterdir()}
    return _main(pages[archived.post(path).name].read_bytes())


Build = Callable[[Path, Path], Path]
BUILDERS = pytest.mark.parametrize(
    ("program", "build"), [("jekyll", build_jekyll), ("hugo", build_hugo)], ids=["jekyll", "hugo"]
)


@BUILDERS
@pytest.mark.judge
def test_the_built_golden_post_shows_paragraphs_image_caption_and_links(
    archived: Archived, tmp_path: Path, program: str, build: Build
) -> None:
    need(program)
    main = _page(build, archived, GOLDEN, tmp_path / program)
    text = main.text_content()
    assert [paragraph for paragraph in (*OWN.paragraphs, OWN.caption, OWN.credit) if paragraph not in text] == []
    assert [image.rpartition("/")[2] for image in main.xpath(".//img/@src")] == [OWN.image.rpartition("/")[2]]
    assert [link.text_content().strip() for link in main.xpath(".//ul//a")] == [text for _, text in OWN.related]


@BUILDERS
@pytest.mark.judge
def test_the_built_hostile_post_is_inert(archived: Archived, tmp_path: Path, program: str, build: Build) -> None:
    need(program)
    main = _page(build, archived, HOSTILE, tmp_path / program)
    elements = list(main.iter(etree.Element))
    assert {element.tag for element in elements} & {
        "script",
        "iframe",
        "object",
        "embed",
        "form",
        "svg",
        "style",
        "base",
    } == set()
    assert [
        name for element in elements for name in element.attrib if name.lower().startswith("on") or name == "style"
    ] == []
    addresses = [value for element in elements for value in element.attrib.values()]
    assert [address for address in addresses if "script:" in address.lower() or address.startswith("data:")] == []
    text = main.text_content()
    for printed in (
        "{{ unclosed or {{ closed }}",
        "{% unknown_tag %} or {% endraw %}",
        "{{< shortcode >}}",
        "{% for x in site.posts %}",
    ):
        assert printed in text
