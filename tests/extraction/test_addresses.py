"""Which addresses are an article's: by their own path, and as siblings of the page that links to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.links.addresses import ELSEWHERE, address, is_article, is_sibling

SITE = "https://news.example"
OWN = address(f"{SITE}/magazine/weekly/the-long-way-home")


def judged(target: str, text: str = "a link", own: str = "") -> bool:
    return is_article(address(SITE + target), text, address(SITE + own) if own else ELSEWHERE)


@pytest.mark.parametrize(
    "target",
    [
        "/2024/05/06/river.html",
        "/2024-05/06/c_1126.htm",
        "/world/20240506/river/",
        "/a-new-drain-opens/",
        "/news/a_new_drain_opens",
        "/%E6%B2%B3%E6%B5%81%E6%81%A2%E5%A4%8D%E6%B8%85%E6%BE%88/",
        "/河流恢复清澈的十年/",
        "/world/river-clear.html",
        "/node/167",
        "/article/31",
        "/story/60adf50d70dac06ba8624299",
        "/?p=123",
        "/show.php?id=45",
        "/news.asp?aid=1234&from=home",
        "/@ann/the-river-is-clear-350db93d5c9c",
        "/news/the-river-is-clear/amp",
        "/about-the-river-and-its-fish",
        "/legal/terms-of-the-truce-in-the-valley",
    ],
)
def test_these_are_articles_wherever_they_are_linked(target: str) -> None:
    assert judged(target)


@pytest.mark.parametrize(
    "target",
    [
        *("/", "", "/world", "/world/", "/middle-east", "/news/", "/index.html", "/news/index.shtml", "/world.html"),
        *("/tag/rivers-and-lakes-2024", "/topics/c302m85q1z2t", "/authors/ann-o-hara-jones", "/author/739", "/@ann"),
        *("/category/knowledge-node-of-rivers", "/section/world/middle-east-and-africa", "/user/691319", "/~ann"),
        *("/comment/24376", "/comment/reply/1001/24452", "/the-river-is-clear/comments", "/?replytocom=12345"),
        *("/the-river-is-clear/?share=twitter", "/?p=5163&preview=true", "/wp-admin/post.php?post=11058&action=edit"),
        *("/files/report-of-the-year-2024.pdf", "/images/2024/05/06/river.jpg", "/data/2024-the-river-in-figures.csv"),
        *("/the-river-is-clear/https://news.example/the-river-is-clear/", "/a-story-of-old/www.example.org/"),
        *(
            "/login?next=/2024/05/06/river.html",
            "/subscribe/our-weekly-letter-2024",
            "/about-us",
            "/conversation/undefined",
        ),
        *("/column/199", "/volume/12", "/?s=the+river", "/cdn-cgi/l/email-protection"),
        *("/2024/", "/list/1234_2.html", "/calendar/2024-05", "/list.php?author=1234", "/like/12345", "/out/12345"),
        *("/advertise-with-us", "/terms-of-service", "/cookie-policy", "/privacy-and-cookies.html", "/legal-notice"),
    ],
)
def test_these_are_none(target: str) -> None:
    assert not judged(target)


@pytest.mark.parametrize(
    ("target", "own"),
    [
        ("/magazine/weekly/hybrid-vigour", "/magazine/daily/the-long-way-home"),
        ("/magazine/weekly/cw884e", "/magazine/daily/the-long-way-home"),
        ("/magazine/weekly/metamorphosis", "/magazine/weekly/the-long-way-home"),
        ("/report/167", "/report/9"),
        ("/讨论的终结/", "/我们为什么要保护一条河/"),
        ("/t/deep-water/167", "/t/the-long-way/9"),
        ("/view.php?idx=167", "/view.php?idx=9"),
        ("/index.php?option=show&item=167:river", "/index.php?option=show&item=9:home"),
    ],
)
def test_what_stands_where_the_page_stands_is_an_article(target: str, own: str) -> None:
    assert not judged(target)
    assert judged(target, own=own)


@pytest.mark.parametrize(
    ("target", "own"),
    [
        ("/magazine/weekly", "/magazine/weekly/the-long-way-home"),
        ("/other/weekly/metamorphosis", "/magazine/weekly/the-long-way-home"),
        ("/volume/12", "/report/9"),
        ("/world", "/the-long-way-home"),
        ("/news/world", "/news/12345"),
        ("/view.php?page=2", "/view.php?page=1"),
        ("/view.php?idx=9", "/view.php?idx=9"),
        ("/view.php?idx=9&lang=en", "/view.php?idx=9"),
        ("/the-long-way-home", "/the-long-way-home/"),
        ("/the-long-way-home?share=x", "/the-long-way-home"),
        ("/the-long-way-home?view=full", "/the-long-way-home"),
    ],
)
def test_what_stands_elsewhere_and_the_page_itself_are_not(target: str, own: str) -> None:
    assert not judged(target, own=own)


def test_two_words_deep_in_the_site_are_an_article_under_a_headline() -> None:
    assert judged("/news/europe/deep-water", "Deep water, or what the pupils saw")
    assert not judged("/news/europe/deep-water", "Deep Water")


def test_a_sibling_says_a_headline() -> None:
    one = address(f"{SITE}/magazine/weekly/the-short-way-out")
    assert is_sibling(one, "The short way out of town", OWN)
    assert not is_sibling(one, "more", OWN)
    assert not is_sibling(address(f"{SITE}/2024/05/06/river.html"), "The short way out of town", OWN)


@given(st.text(max_size=60) | st.text(max_size=40).map("https://news.example/{}".format), st.text(max_size=20))
def test_no_address_breaks_a_reading(url: str, text: str) -> None:
    assert is_article(address(url), text, OWN) in {True, False}
    assert is_sibling(address(url), text, OWN) in {True, False}
