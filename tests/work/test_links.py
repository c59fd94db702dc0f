"""Links of a page: which are followed, and what is said of the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import Follow
from crawler.core import urls
from crawler.core.model import Article, Link, Seed
from crawler.core.visit import FoundLink
from crawler.work.links import found_links

PAGE = "https://news.example.org/2024/tide.html"
SEED = Seed(PAGE, urls.key(PAGE), via="a.md", title="The Tide", author="Ann", label="泡泡")


def links(*addresses: str, lease_depth: int = 0, seed: Seed = SEED, **follow: object) -> tuple[FoundLink, ...]:
    related = tuple(Link(url, "text", "related block") for url in addresses)
    article = Article(url=PAGE, title="t", html="", text="", related=related)
    return found_links(article, lease_depth, seed, PAGE, Follow.model_validate(follow))


def test_a_link_is_a_seed_as_found_that_its_page_pointed_at():
    url = "https://www.example.org/%e6%b0%b4?utm_source=x#top"
    assert links(url) == (
        FoundLink(Seed(url, "https://www.example.org/%E6%B0%B4", via=PAGE, label="泡泡"), "related block", follow=True),
    )


@pytest.mark.parametrize(("steps", "allowed"), [(0, 0), (1, 1), (3, 2)])
def test_without_depth_left_a_link_is_known_and_not_followed(steps, allowed):
    (link,) = links("https://example.org/a", lease_depth=steps, depth=allowed)
    assert not link.follow
    why = f"its page is {steps} steps from what was named, and {allowed} are allowed (--depth)"
    assert link.reason == f"related block; not followed: {why}"


def test_a_step_that_is_left_is_taken():
    assert [link.follow for link in links("https://example.org/a", lease_depth=1, depth=2)] == [True]


def test_another_site_is_known_and_not_followed_unless_that_is_wished():
    (other,) = links("https://example.com/a")
    assert (other.follow, other.seed.label) == (False, None)
    assert other.reason == "related block; not followed: it leaves the page's site (--off-site would follow it)"
    (other,) = links("https://example.com/a", same_site=False)
    assert (other.follow, other.reason, other.seed.label) == (True, "related block", None)


def test_of_many_links_the_first_of_the_site_are_followed():
    told = links(
        "https://example.com/x",
        "https://example.org/1",
        "https://example.org/2",
        "https://example.org/3",
        per_article=2,
    )
    assert [link.follow for link in told] == [False, True, True, False]
    assert told[3].reason == "related block; not followed: 2 links of its page are followed already (--per-article)"


def test_related_articles_can_be_left_alone_altogether():
    (link,) = links("https://example.org/1", related=False)
    assert not link.follow
    assert "follow.related" in link.reason


def test_the_page_itself_and_what_was_found_before_are_left_out():
    redirected = Seed("https://example.org/short", "https://example.org/short")
    told = links(
        PAGE + "#comments",
        "https://example.org/short",
        "https://example.org/a?utm_source=x",
        "https://example.org/a",
        seed=redirected,
    )
    assert [link.seed.url for link in told] == ["https://example.org/a?utm_source=x"]


@pytest.mark.parametrize(
    "url", ["", "javascript:x", "ftp://example.org/a", "http://[", "https://example.org/" + "水" * 2000]
)
def test_what_no_server_can_be_asked_for_is_left_out(url):
    assert [link.seed.url for link in links(url, "https://example.org/a")] == ["https://example.org/a"]


def test_a_password_does_not_leave_the_page():
    (link,) = links("https://ann:secret@example.org/a")
    assert link.seed.url == "https://example.org/a"


def test_a_trap_is_known_and_not_followed_and_takes_no_articles_place():
    told = links("https://example.org/?m=202407", "https://example.org/1", "https://example.org/2", per_article=1)
    why = "trap: calendar: a day, a month or a year, no article"
    assert told[0].reason == f"related block; not followed: {why}"
    assert [link.follow for link in told] == [False, True, False]


def test_a_trap_is_called_one_at_any_depth_but_not_where_nothing_is_followed_at_all():
    (deep,) = links("https://example.org/a/?replytocom=5", lease_depth=9)
    assert "trap: comment" in deep.reason
    (off,) = links("https://example.org/a/?replytocom=5", related=False)
    assert "follow.related" in off.reason


def test_a_sessions_number_is_no_part_of_a_link():
    told = links(
        "https://example.org/a.html;jsessionid=0A1B2C",
        "https://example.org/a.html",
        "https://example.org/b?PHPSESSID=1f2e",
    )
    assert [link.seed.url for link in told] == ["https://example.org/a.html", "https://example.org/b"]
    assert all(link.follow for link in told)


def test_a_path_that_grows_from_page_to_page_is_a_trap():
    seed = Seed(PAGE, urls.key(PAGE), via="https://news.example.org/2024")
    (link,) = links(f"{PAGE}/next-part-of-it", lease_depth=1, depth=5, seed=seed)
    assert "trap: growing" in link.reason


@given(st.lists(st.text(max_size=30) | st.text(max_size=20).map("https://example.org/{}".format)), st.integers(0, 3))
def test_no_link_breaks_a_visit_and_each_key_comes_once(addresses, per_article):
    told = links(*addresses, per_article=per_article)
    keys = [link.seed.key for link in told]
    assert len(keys) == len(set(keys))
    assert sum(link.follow for link in told) <= per_article
    assert all(urls.wire(link.seed.url) and urls.key(link.seed.url) == link.seed.key for link in told)
