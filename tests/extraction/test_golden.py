"""The golden page gives the golden article."""

from __future__ import annotations

import pytest

from crawler.core.model import Article
from crawler.extraction import extract
from tests.golden import OWN, Golden, golden_of_post, golden_page
from tests.judges import need_shared

variants = pytest.mark.parametrize(
    ("structured", "dated"), [(True, True), (True, False), (False, True), (False, False)]
)


def check(golden: Golden, *, structured: bool, dated: bool) -> None:
    page = golden_page(golden, structured=structured, dated=dated).encode()
    article = extract(page, golden.url, "text/html; charset=utf-8")
    assert isinstance(article, Article)
    assert article.title == golden.title
    assert article.published == golden.published
    assert article.authors == ()  # the 责编 is no author
    assert article.language == "zh-hans"
    assert article.image is not None
    assert (article.image.url, article.image.caption, article.image.credit) == (
        golden.image,
        golden.caption,
        golden.credit,
    )
    assert (article.image.width, article.image.height) == (620, 413)
    assert article.images == (article.image,)
    assert [(link.url, link.text, link.reason) for link in article.related] == [
        (url, text, "related block") for url, text in golden.related
    ]
    check_body(article.html, golden)


def check_body(html: str, golden: Golden) -> None:
    where = [html.index(f"<p>{paragraph}</p>") for paragraph in golden.paragraphs]
    assert where == sorted(where)
    links = [html.index(f'href="{url}"') for url, _ in golden.related]
    assert where[0] < links[0] < links[1] < links[2] < where[1]
    assert html.index(golden.image) < html.index(golden.caption) < html.index(golden.credit) < where[0]
    assert html.startswith("<img ")
    assert html.endswith(f"<p>{golden.paragraphs[-1]}</p>")
    for furniture in (
        "icon-zoom",
        "icon-share",
        "评论",
        "最多人阅读",
        "订阅",
        "脸书",
        "版权所有",
        "面包屑",
        "<h1",
        "ET<",
    ):
        assert furniture not in html


@variants
def test_the_golden_page_gives_title_date_image_paragraphs_related_and_sign_off(
    *, structured: bool, dated: bool
) -> None:
    check(OWN, structured=structured, dated=dated)


@variants
def test_the_seeds_body_comes_out_of_its_page(*, structured: bool, dated: bool) -> None:
    (seed,) = need_shared("seed").glob("*.md")
    check(golden_of_post(seed.read_text(encoding="utf-8")), structured=structured, dated=dated)
