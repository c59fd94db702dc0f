"""A page gives an article or the reason why not; nothing raises, and nothing is remembered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.core.model import Article, NoArticle
from crawler.extraction import bench, extract
from tests.extraction.pages import PROSE, URL, article, page

HOSTILE = [
    "<",
    ">",
    "<p>",
    "</div>",
    "<table>",
    "<img srcset=',,,'>",
    "<a href='http://[::1'>x",
    "<svg><p>",
    "&#0;",
    "\ud800",
    "\0",
    "<!--",
]
WORDS = st.sampled_from(
    [*HOSTILE, "河水", " ", "word ", "<button>", "<noscript><img>", "<meta property='og:image' content='http://['>"]
)


@pytest.mark.parametrize(
    ("html", "content_type", "reason"),
    [
        ("", None, "empty"),
        (b"%PDF-1.7 ...", "application/pdf", "not HTML: application/pdf"),
        ("just words, not a page", None, "not HTML"),
        (page("<p>Hi.</p>"), None, "too few"),
        ("<html><body>" + "<div>" * 60_000 + "x", "text/html", "nested too deep"),
        ("<html><body><p>" + "x" * 11_000_000, "text/html", "too large"),
    ],
    ids=["empty", "pdf", "text", "short", "deep", "one text of 11 MB"],
)
def test_a_page_without_an_article_gives_the_reason(html: str | bytes, content_type: str | None, reason: str) -> None:
    found = extract(html, URL, content_type)
    assert isinstance(found, NoArticle)
    assert found.url == URL
    assert reason in found.reason


LINKS = "".join(
    f'<p><a href="/2024/{one}">The headline of story {one}, and it is a long one</a></p>' for one in range(30)
)
CONSENT = "<h1>Before you continue</h1><p>We use cookies to keep the lanterns lit and to count those who pass by.</p><form><button>Reject</button><button>Accept all</button></form>"
WALL = '<h1>Log in to read on</h1><p>Readers of the example news log in here with their address and their word.</p><form><input type="password"></form>'


@pytest.mark.parametrize(
    ("html", "url", "reason"),
    [
        (page(LINKS + f"<p>{PROSE[0]}</p>" * 12), "https://news.example/", "a home page of 30 links"),
        (page(LINKS), "https://news.example/world", "a list of 2"),
        (page(WALL), URL, "a login form"),
        (page(CONSENT), URL, "a wall that asks for consent"),
    ],
    ids=["home", "list", "login wall", "consent wall"],
)
def test_a_page_with_text_that_is_no_article_gives_the_reason(html: str, url: str, reason: str) -> None:
    found = extract(html, url)
    assert isinstance(found, NoArticle)
    assert reason in found.reason


def test_what_says_that_it_is_an_article_may_be_a_list() -> None:
    head = '<title>River</title><meta property="og:type" content="article">'
    assert isinstance(extract(page(LINKS, head=head), "https://news.example/world"), Article)
    assert isinstance(extract(article(), "https://news.example/"), Article)


@pytest.mark.parametrize(
    "html",
    [
        "<!DOCTYPE html><html lang=en><title>The river is clear</title>{}",
        "<!DOCTYPE html><title>The river is clear</title><meta charset=utf-8><link rel=x href=/x><header>News</header>{}",
        "<head><title>The river is clear</title><x-app>{}</x-app>",
    ],
    ids=["no body", "a header first", "an element of the page's own"],
)
def test_a_page_may_leave_out_the_tags_of_head_and_body(html: str) -> None:
    """libxml2 then takes what HTML 4 did not know for a part of the head: the article was one line of it all."""
    _reads_whole(html)


@pytest.mark.parametrize(
    "html",
    [
        "<html><head><title>The river is clear</title></head></html></html><body>{}</body></html>",
        "<HTML><HEAD><TITLE>The river is clear</TITLE></HEAD></HTML><BODY>{}</BODY></HTML>",
        "<html><head><title>The river is clear</title></head><body><div>News</div></body></html>{}",
        "<html><head><title>The river is clear</title></head><body><div>News</div></body >{}</html><script>x</script>",
    ],
    ids=["html ends with the head", "in capitals", "body ends before the text", "body alone"],
)
def test_a_page_goes_on_behind_its_end(html: str) -> None:
    """libxml2 stops there, browsers do not: a theme that closes html with its head had no article at all."""
    _reads_whole(html)


def test_a_noscript_that_holds_the_page_is_read() -> None:
    _reads_whole("<title>The river is clear</title><body><script>x</script><noscript><p>News</p>{}</noscript></body>")
    page = f"<article><h1>The river is clear</h1><p>{'</p><p>'.join(PROSE)}</p></article>"
    found = extract(
        page.replace("</article>", "<noscript><p>Turn</p><p>your</p><p>scripts on</p></noscript></article>"), URL
    )
    assert isinstance(found, Article)
    assert "Turn" not in found.text


def _reads_whole(html: str) -> None:
    body = f"<article><h1>The river is clear</h1><p>{'</p><p>'.join(PROSE)}</p></article>"
    found = extract(html.format(body), URL)
    assert isinstance(found, Article)
    assert found.text.splitlines() == list(PROSE)
    assert found.html.count("<p>") == len(PROSE)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40).map("".join), st.sampled_from([URL, "", "hard::x", "https://[", "ftp://x/"]))
def test_no_page_and_no_url_raises(html: str, url: str) -> None:
    assert isinstance(extract(article(html), url), Article | NoArticle)
    assert isinstance(extract(html, url), Article | NoArticle)


def test_text_and_bytes_read_alike() -> None:
    assert extract(article(), URL) == extract(article().encode(), URL, "text/html")


def test_a_hint_is_the_title_of_a_page_that_has_none() -> None:
    found = extract(article(head="").replace("h1>", "b>"), URL, hints=("From the feed",))
    assert isinstance(found, Article)
    assert found.title == "From the feed"


def test_earlier_pages_do_not_change_the_answer() -> None:
    first = extract(article(), URL)
    for _ in range(5):
        assert extract(article(), URL) == first


def test_another_process_with_another_hash_seed_gives_the_same_article() -> None:
    program = (
        "from tests.extraction.pages import URL, article; from crawler.extraction import extract;"
        "print(ascii(extract(article('<ul><li><a href=\"/2024/a-b-c-d.html\">A b c</a></li></ul>'), URL)))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert b"related block" in said.pop()


def test_the_benchmark_gets_the_fields_it_asks_for() -> None:
    fields = bench.extract(article().encode(), URL)
    assert fields["title"] == "The river is clear"
    assert {"title", "date", "authors", "text", "image", "tags", "images", "captions"} <= fields.keys()
    assert bench.extract(b"", URL) == {}


@pytest.mark.parametrize("heading", ["<h2>The river is clear</h2>", "<p><b>The river is clear</b></p>"])
def test_a_title_that_stands_over_the_text_again_is_not_of_it(heading: str) -> None:
    found = extract(page(heading + "".join(f"<p>{one}</p>" for one in PROSE * 2)), URL)
    assert isinstance(found, Article)
    assert found.title == "The river is clear"
    assert found.text.startswith(PROSE[0])
    assert "The river is clear" not in found.html


@pytest.mark.parametrize(
    "box",
    [
        "<my-story><template shadowrootmode='open'>{}</template></my-story>",
        "<div><template shadowroot='open'>{}</template></div>",
        "<div id='app'></div><noscript>{}</noscript>",
    ],
)
def test_what_a_browser_shows_of_a_template_and_without_scripts_is_read(box: str) -> None:
    prose = "".join(f"<p>{text}</p>" for text in PROSE * 3)
    found = extract(page(f"<h1>The river is clear</h1>{box.format(prose)}"), URL)
    assert isinstance(found, Article)
    assert all(text in found.text for text in PROSE)
    assert PROSE[0] in found.html


@pytest.mark.parametrize(
    "box",
    [
        "<template><p>{0}</p><p>{0}</p><p>{0}</p></template>",
        "<noscript><p>Please allow JavaScript.</p><p>{0}</p></noscript>",
        "<noscript>{0} {0} {0}</noscript>",
    ],
)
def test_a_template_for_scripts_and_a_note_about_them_are_not(box: str) -> None:
    unseen = "The hills are steep, and whoever climbs them is tired in the evening, say the shepherds. " * 5
    found = extract(article(box.format(unseen)), URL)
    assert isinstance(found, Article)
    assert "shepherds" not in found.text
