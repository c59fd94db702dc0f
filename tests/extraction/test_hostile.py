"""A page made to break its reader is read, or stopped at its limit with a reason: never more, and the same each time.

`test_workers` has the pages that take the whole limit; these must not.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from lxml.html import document_fromstring

from crawler.core.model import Article, Capture, NoArticle, Page
from crawler.extraction import extract
from crawler.extraction.processes.workers import Extractor
from tests.extraction.pages import PROSE, URL, article
from tests.site.command import busy

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT_S = 2.0  # of a page on a quiet machine
CAPTURE = Capture(URL, "x.warc.gz", 0, 1, "urn:uuid:0", datetime(2024, 5, 6, tzinfo=UTC))
DAYS = [f"{1990 + number % 30}-{number % 12 + 1:02}-{number % 28 + 1:02}" for number in range(40_000)]
LINKS = "".join(
    f'<a href="/2024/05/06/story-number-{number}.html">Story number {number} of them all</a> '
    for number in range(50_000)
)
LONG = {
    "40,000 dates": f"<p>{' '.join(DAYS)}</p>",
    "40,000 times": "".join(f'<time datetime="{day}">then</time>' for day in DAYS),
    "40,000 times that nobody can read": '<time datetime="once upon a time">then</time>' * 40_000,
    "100,000 empty spans": f"<p>{'<span></span>' * 100_000}</p>",
    "50,000 links": f"<p>{LINKS}</p>",
    "50,000 links in a related box": f'<div class="related">{LINKS}</div>',
    "10,000 boxes of related articles": "<h4>Related</h4><p><a href='/2024/1/2/a-b-c'>One more</a></p>" * 10_000,
    "200 related boxes in each other": '<div class="related"><a href="/2024/1/2/a-b-c">One more</a>' * 200,
    "a line of 5 MB": f"<p>{'word ' * 1_000_000}</p>",
    "a word of 5 MB": f"<p>{'x' * 5_000_000}</p>",
    "a class of 2 MB": f'<p class="{"related " * 250_000}">x</p>',
    "100,000 nested inline elements": f"<p>{'<b>' * 100_000}deep",
    "tables that do not end": "<table><tr><td>a" * 50_000,
    "links that do not end": f"<p>{'<a href=/2024/1/2/a-b-c>a ' * 10_000}",
    "10,000 lazy images": '<img src="/a.jpg" data-src="/b.jpg">' * 10_000,
    "10,000 slides": f'<div class="slider">{"<div class=slide><img src=/a.jpg><p>The old bridge</p></div>" * 10_000}</div>',
    "10,000 pictures in 200 galleries in each other": '<div class="gallery">' * 200
    + "<img src=/a.jpg><p>x</p>" * 10_000,
    "10,000 cards": "<div><img src=/a.jpg><h3><a href=/x/y>The other bridge is old</a></h3></div>" * 10_000,
    "a srcset of 200,000": f'<img srcset="{"/a.jpg 1w, " * 200_000}">',
    "comments that do not end": "<!--" * 200_000,
    "half a million escapes": f"<p>&{'amp;' * 500_000}</p>",
    "a million brackets": "<" * 1_000_000,
    "JSON-LD of 50,000 levels": f'<script type="application/ld+json">{"{" + chr(34) + "a" + chr(34) + ":"}' * 50_000,
}
BROKEN = {
    "no UTF-8": article().encode().replace(b"river", b"\xff\xfe\x80river", 1),
    "UTF-16 that nobody announces": article().encode("utf-16-le"),
    "UTF-16 with its mark": article().encode("utf-16"),
    "NULs between the letters": article().encode().replace(b" ", b" \0\0\0"),
    "noise": bytes((number * 7_919 + number // 251) % 256 for number in range(300_000)),
    "controls": article("<p>" + "".join(map(chr, range(1, 32))) * 1_000 + "</p>").encode(),
    "halves of surrogates": article("<p>&#xD800;&#xDFFF;&#x110000;&#0;</p>").encode(),
    "cut in a tag": article().encode()[: -len("<footer><p>All rights") - 100],
}


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor(1, timeout_s=LIMIT_S * max(2.0, busy())) as one:
        one.read(_page(article().encode())).result(60)
        yield one


def _page(body: bytes) -> Page:
    return Page(URL, body, "text/html; charset=utf-8", CAPTURE)


@pytest.mark.parametrize("name", LONG)
def test_a_long_page_is_read_or_refused_within_the_limit(extractor: Extractor, name: str) -> None:
    load = max(2.0, busy())
    began = time.monotonic()
    found = extractor.read(_page(article(LONG[name]).encode())).result(60)
    assert time.monotonic() - began < (LIMIT_S + 1.5) * load
    assert isinstance(found, Article) or found.reason


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_page_reads_the_same_here_and_in_a_worker(extractor: Extractor, name: str) -> None:
    here = extract(BROKEN[name], URL, "text/html; charset=utf-8")
    assert here == extract(BROKEN[name], URL, "text/html; charset=utf-8")
    assert here == extractor.read(_page(BROKEN[name])).result(60)
    assert isinstance(here, Article) or here.reason


@pytest.mark.parametrize(
    "name", ["NULs between the letters", "no UTF-8", "UTF-16 with its mark", "cut in a tag", "controls"]
)
def test_what_can_be_read_of_a_broken_page_is(name: str) -> None:
    found = extract(BROKEN[name], URL, "text/html; charset=utf-8")
    assert isinstance(found, Article)
    assert PROSE[3] in found.text


@pytest.mark.parametrize("levels", [100, 240, 5_000])
def test_depth_ends_in_a_reading_or_a_reason(levels: int) -> None:
    deep = "<div>" * levels + "".join(f"<p>{line}</p>" for line in PROSE)
    found = extract(f"<title>Deep</title>{deep}", URL)
    assert isinstance(found, NoArticle if levels > 250 else Article)
    assert not isinstance(found, NoArticle) or found.reason == "nested too deep"


def test_many_attributes_cost_little_more_than_the_parser_takes() -> None:
    html = article(f"<p {' '.join(f'a{number}=1' for number in range(20_000))}>x</p>")
    start = time.process_time()
    document_fromstring(html)
    parsed = time.process_time()
    assert isinstance(extract(html, URL), Article)
    assert time.process_time() - parsed < 4 * (parsed - start)  # 2.3; 6.6 where lxml copies all of them
