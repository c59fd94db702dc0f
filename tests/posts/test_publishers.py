"""Jekyll and Hugo build the worst posts that we write, and show them inert."""

import re
import subprocess
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from lxml import etree, html

from crawler.core.model import Article, Seed
from crawler.posts import Additions, PostFields, compose, fields_of, file_name, render, sanitise
from tests.judges import need
from tests.posts.words import BODIES, TITLES
from tests.publishers import build_hugo, build_jekyll, built

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
URL = "https://example.org/a_b*c/(x)'{{y}}|z\"?q=1&copy;2&lt=3"
DECODED = "https://example.org/a_b*c/(x)'{{y}}|z\"?q=1&copy;2&lt=3"
SHOWN = tuple(title for title in TITLES if title.strip() and title.isprintable())
OPTIONS = (Additions(), Additions(render_with_liquid=False))  # Jekyll 3 does not know the key


def address(name: str) -> str:
    """A name as both publishers fold it into an address: "a, b" and "a b" are one."""
    return re.sub(r"\W+", "-", name.casefold())


def wrote(folder: Path, names: set[str], title: str, body: str, additions: Additions) -> str:
    fields = PostFields(title=title, date=AT, author=title, url=URL, labels=("源",), is_dated=True)
    name = file_name(title, AT, f"{title}{body}", lambda name: address(name) in names)
    names.add(address(name))
    (folder / name).write_bytes(render(compose(fields, sanitise(body), additions)))
    return name


def written(folder: Path, additions: Additions) -> dict[str, tuple[str, str]]:
    """File name → title and body of every nasty post."""
    folder.mkdir()
    names: set[str] = set()
    posts = {wrote(folder, names, title, "<p>甲</p>", additions): (title, "<p>甲</p>") for title in SHOWN}
    return posts | {wrote(folder, names, name, body, additions): (name, body) for name, body in BODIES.items()}


def main_of(page: Path) -> html.HtmlElement:
    main = html.document_fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8")).find(".//main")
    assert main is not None
    etree.strip_tags(main, etree.Comment)
    return main


def shape(element: html.HtmlElement) -> list[tuple[str, dict[str, str]]]:
    return [(str(one.tag), dict(one.attrib)) for one in element.iter(etree.Element)]


def assert_inert(main: html.HtmlElement, title: str, body: str) -> None:
    head, shown = main  # kramdown takes the line under the link for a dash, not for a heading: it follows a comment
    (link,) = head
    assert head.text_content().removesuffix("\n——").strip() == title.strip()
    assert (link.text_content().strip(), len(link)) == (title.strip(), 0)
    assert link.get("href") in (
        DECODED,
        DECODED.replace('"', "%22").replace("{", "%7B").replace("}", "%7D").replace("|", "%7C"),
    )
    assert dict(link.attrib).keys() == {"href"}
    given = html.fragment_fromstring(sanitise(body), create_parent="div")
    assert shape(shown) == shape(given), title
    assert shown.text_content().strip() == given.text_content().strip(), title


def assert_all_inert(pages: dict[str, Path], posts: dict[str, tuple[str, str]]) -> None:
    assert pages.keys() == posts.keys()
    assert [page for page, times in Counter(pages.values()).items() if times > 1] == []
    for name, (title, body) in posts.items():
        assert_inert(main_of(pages[name]), title, body)


@pytest.mark.judge
@pytest.mark.parametrize("additions", OPTIONS, ids=["jekyll 3", "jekyll 4"])
def test_jekyll_shows_every_post_inert(tmp_path, additions):
    need("jekyll")
    posts = written(tmp_path / "posts", additions)
    assert_all_inert(built(build_jekyll(tmp_path / "posts", tmp_path / "jekyll")), posts)


@pytest.mark.judge
def test_hugo_shows_every_post_inert(tmp_path):
    need("hugo")
    posts = written(tmp_path / "posts", OPTIONS[1])
    pages = built(build_hugo(tmp_path / "posts", tmp_path / "hugo"))
    assert_all_inert(
        {unescape(name): Path(unescape(str(page))) for name, page in pages.items()}, posts
    )  # the listing is HTML


@pytest.mark.judge
def test_jekyll_makes_addresses_of_the_worst_categories(tmp_path):
    need("jekyll")
    (tmp_path / "posts").mkdir()
    tags = (
        "../../../x",
        "..",
        "/",
        "a\x00b",
        "字" * 66,
        "字" * 500,
        "{{ x }}",
        "a" * 300,
        "👨\u200d👩",
        "?#%",
        *("b" * 190 + str(n) for n in range(30)),
    )
    page = Article(url=URL, title="题目", html="", text="", tags=tags)
    fields = fields_of(page, Seed(url=URL, key=URL, label="源"), AT)
    (tmp_path / "posts" / "2026-01-02-a.md").write_bytes(render(compose(fields, "<p>甲</p>")))
    site = build_jekyll(tmp_path / "posts", tmp_path / "jekyll")
    source = tmp_path / "jekyll" / "source"
    (source / "_config.yml").write_text("permalink: date\n", encoding="utf-8")  # Jekyll's own default: /:categories/…
    subprocess.run(
        ["jekyll", "build", "--source", str(source), "--destination", str(site), "--disable-disk-cache"],
        capture_output=True, check=True, timeout=120, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "JEKYLL_NO_BUNDLER_REQUIRE": "true"},
    )  # fmt: skip
    (built_page,) = site.rglob("a.html")
    assert re.search("甲", built_page.read_text(encoding="utf-8"))
    assert sorted(path.name for path in (tmp_path / "jekyll").iterdir()) == ["site", "source"]
