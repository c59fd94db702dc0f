"""Which links are traps, told by their URL alone."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.traps import is_endless, kind, trap, without_noise
from crawler.posts import read_post
from tests.judges import need_shared

SITE = "https://news.example.org"
HEX = "0123456789abcdef0123456789abcdef"

TRAPS = {
    "calendar": (
        *("/events/2031-05-17", "/calendar/2031/05/", "/2024/07/26/", "/2024/07/", "/archive/2024-07", "/events/day/2024-07-26/"),
        *("/list?month=5&year=2031", "/?m=202407", "/events?date=2031-05-17", "/2031/05/17/story-of-the-day/", "/日历/2024-07-26"),
    ),
    "session": (
        *(f"/s/{HEX}/story.html", f"/{HEX}/story.html", f"/story;jsessionid={HEX}", "/(S(lit3py55t21z5v55vlm25s55))/story.html"),
        *(f"/story.html?PHPSESSID={HEX}", f"/story?sid={HEX}", f"/story?s={HEX}", f"/sid-{HEX}/story.html", "/story?CFID=1&CFTOKEN=2"),
        f"/index/session-id/{HEX}",
    ),
    "repeating": ("/a/b/a/b/story-of-the-day", "/x/x/x/story", "/en/news/en/sport/en/story", "/a/b/c/a/b/c"),
    "address": (
        *("/story/https://other.example.org/story/", "/story/https%3A//other.example/", "/2024/slug/www.example.com/page"),
        "/story/http:/example.org",
    ),
    "comment": (
        *("/story/?replytocom=12", "/story/comment-page-3/", "/comments/123", "/2024/07/slug/comments", "/story.html?showComment=139"),
        *("/story/reply/55", "/story/@@comments/1", "/node/3?comment=5"),
    ),
    "facets": (
        *("/list?sort=price", "/list?orderby=date&order=asc", "/list?filter[color]=red", "/list?f[0]=a&f[1]=b", "/list?color=red&size=xl"),
        *("/filter/color-red/size-xl", "/list?x[]=1&x[]=2", "/sort/price/asc", "/list?a=1,2&b=3,4"),
    ),
    "variant": (
        *("/story/print/", "/print/2024/story", "/story?print=1", "/story?share=twitter", "/wiki?action=edit&title=x", "/wp-login.php"),
        "/story?action=print&id=3",
    ),
    "pagination": ("/list?page=37", "/news/page/2/", "/index_12.html", "/list?offset=40", "/story.html?page=2", "/list?cursor=abc0123456789"),
    "growing": ("/" + "/".join(f"p{n}" for n in range(20)), "/list?" + "&".join(f"k{n}=1" for n in range(20)), "/l?t=1&t=2&t=3&t=4"),
    "token": ("/story?rnd=0.3421", "/story?_=1719999999", "/story?nonce=a8b7"),
}  # fmt: skip

ARTICLES = (
    *("/2024/07/26/slug/", "/2024/07/26/slug", "/?p=123", "/article.php?id=123", "/a/123456_789", "/slug?source=rss", "/1234567.html"),
    *("/2024/07/07/the-seventh", "/2011/11/11/11-11-11", "/news/news/detail/76066-erfurt-run", "/archives/2146078", "/archives/2014607"),
    *("/新闻/2024/关于-https-的连接", "/%E6%96%B0%E9%97%BB/%E4%B8%80.html", f"/article/{HEX}", f"/politics/20240726/{HEX}/c.html"),
    *("/s/AbCdEf0123456789abcdef", "/s?__biz=Mz&mid=22&idx=1&sn=ab12", "/2013/python-http-https-request", "/story?sid=12345"),
    *("/index.php?option=com_content&view=article&id=5:slug&catid=3", "/leadership/why-not/2025/11", "/r/news/comments/1abcd/slug/"),
    *("/web/20200101000000/https://example.org/slug", "/2024/07/26/print-is-dead", "/share-prices-fall-again", "/page/a-life-in-print.html"),
    *("/events/the-night-of-the-flood", "/1969/07/21/archives/men-walk-on-moon.html", "/story.html?page=1", "/comments-are-closed-now"),
    *("/calendar-of-the-revolution", "/2024/sessions-of-parliament-2024", "/story?date=2024-07-26&id=5", "/?page=about", "/2007/08/wiretap?currentPage=all", "/show_news_detail.php?k=202407268", "/login-for-all-citizens"),
    *("/filters-and-how-to-use-them/part/2", "/", "", "/a/b/c/d/e/f/g/h/i/j/slug", "/2026/12/31/next-year", "/story?lang=zh&section=china&id=1"),
)  # fmt: skip


def told(target: str, *trail: str) -> str:
    return trap(SITE + target, year=2026, trail=[SITE + page for page in trail]).partition(":")[0]


@pytest.mark.parametrize(("what", "target"), [(what, target) for what, found in TRAPS.items() for target in found])
def test_a_trap_is_told_by_its_kind(what, target):
    assert told(target) == what


@pytest.mark.parametrize("target", ARTICLES)
def test_an_article_is_none(target):
    assert told(target) == ""


def test_what_grows_from_page_to_page_is_told_by_three_of_them():
    assert told("/a/b/c", "/a/b", "/a") == "growing"
    assert told("/l?a=1&b=2&c=3", "/l?a=1&b=2", "/l?a=1") == "growing"
    assert told("/series/part-one", "/series") == ""
    assert told("/series/part-one", "/series", "/other") == ""
    assert told("/news/a", "/news", "/") == ""


def test_the_kind_is_read_back_from_the_reason_of_a_link():
    assert kind("in the body; not followed: trap: calendar: a day") == "calendar"
    assert kind("in the body; not followed: it leaves the page's site") == ""


@pytest.mark.parametrize(
    ("found", "bare"),
    [
        (f"/story.html;jsessionid={HEX}.node1?id=5", "/story.html?id=5"),
        (f"/story?PHPSESSID={HEX}", "/story"),
        (f"/story?a=%e6&sid={HEX}&b=#top", "/story?a=%e6&b="),
        ("/(S(lit3py55t21z5v55vlm25s55))/story.aspx", "/story.aspx"),
        ("/story?sid=12345", "/story?sid=12345"),
        ("/p/inside-the-long-story?token=eyJ1c2VyX2lk&x=1", "/p/inside-the-long-story?x=1"),
        ("/ann/status/1768002769313530069?s=46&t=o97I1VQRWdCDqRAIXhBjYQ", "/ann/status/1768002769313530069?s=46"),
        ("/a-story-of-three.html?_=1719999999", "/a-story-of-three.html"),
        ("/show_news_detail.php?k=202407268", "/show_news_detail.php?k=202407268"),
        ("/watch?v=dQw4w9WgXcQ", "/watch?v=dQw4w9WgXcQ"),
        ("/story?a&&b#c", "/story?a&&b#c"),
    ],
)
def test_what_is_another_each_time_is_taken_out_and_nothing_else(found, bare):
    assert without_noise(SITE + found) == SITE + bare


@pytest.mark.parametrize(
    "steps",
    [
        ["/a", "/b", "/a"],
        ["/a", "/a"],
        ["/go/1", "/go/2", "/go/3"],
        ["/r/0a1b", "/r/99", "/r/ff00f1"],
        ["/a", "/a/x", "/a/x/y", "/a/x/y/z"],
    ],
)
def test_redirects_without_end_are_seen(steps):
    assert is_endless([SITE + step for step in steps])


@pytest.mark.parametrize(
    "steps",
    [
        ["/a/123", "/a/456"],
        ["/", "/en/", "/en/home"],
        ["/old-slug", "/new-slug", "/newer-slug", "/2024/newest-slug/"],
    ],
)
def test_redirects_that_lead_somewhere_are_none(steps):
    assert not is_endless([SITE + step for step in steps])
    assert not is_endless(
        ["http://a.example/1", "https://a.example/1", "https://www.a.example/1", "https://www.a.example/1/"]
    )


@given(
    st.text(max_size=60) | st.text(max_size=40).map("https://a.example/{}".format),
    st.lists(st.text(max_size=30), max_size=3),
)
def test_any_text_is_a_trap_or_none(url, trail):
    assert isinstance(trap(url, year=2026, trail=trail), str)
    assert isinstance(without_noise(url), str)


@pytest.mark.parametrize(
    "piece", ["a/", "a-", "?a=&", "/;sess", "?f[", "/s/a", "1", "/www.a", "archive/a/", "2024/07/", "(s(", "http"]
)
def test_a_hostile_url_costs_little(piece):
    url = f"{SITE}/{piece * 8000}"[:8000]
    began = time.process_time()
    trap(url, year=2026)
    without_noise(url)
    assert time.process_time() - began < 0.1


@pytest.mark.shared
def test_no_real_article_is_a_trap():
    """Further pages of an article (`?page=2`) are none of its own; a session's number is no part of a URL."""
    posts = need_shared("posts").glob("*.md")
    lines = need_shared("bench", "data", "manifest.jsonl").read_text(encoding="utf-8").strip().split("\n")
    pages = [url for line in lines if (url := json.loads(line)["url"]) and "?page=" not in url]
    urls = [str(read_post(post).get("from")) for post in posts] + pages
    assert len(urls) > 2_000
    assert {url: why for url in urls if (why := trap(without_noise(url), year=2026))} == {}
