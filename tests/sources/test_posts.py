from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import FrontValue, Post, Seed
from crawler.sources.posts import Skipped, seeds


def post(*fields: tuple[str, FrontValue], path: str = "posts/a.md") -> Post:
    return Post(path=path, fields=fields, body="")


def seed(*fields: tuple[str, FrontValue], path: str = "posts/a.md") -> Seed:
    (found,) = seeds([post(*fields, path=path)])
    assert isinstance(found, Seed)
    return found


def test_a_post_gives_a_seed_with_all_it_says() -> None:
    url = "https://news.example.org/%e6%b0%b4/%25E6?source=rss#top"
    assert seed(
        ("title", "水壶 &#38; &quot;co&quot;"),
        ("date", "2014-03-10T11:24:20+01:00"),
        ("author", "Ann &amp; Ben"),
        ("from", url),
        ("tags", ("泡泡", "b")),
    ) == Seed(
        url=url,
        key="https://news.example.org/%E6%B0%B4/%25E6",
        via="posts/a.md",
        title='水壶 & "co"',
        date=datetime(2014, 3, 10, 10, 24, 20, tzinfo=UTC),
        author="Ann & Ben",
        label="泡泡",
    )


def test_what_a_post_does_not_say_is_none() -> None:
    found = seed(("title", ""), ("date", "NaN"), ("author", ()), ("from", "https://example.org/"))
    assert found == Seed(url="https://example.org/", key="https://example.org/", via="posts/a.md")


def test_several_authors_are_one_text() -> None:
    assert seed(("from", "https://example.org/"), ("author", ("Ann", "Ben"))).author == "Ann, Ben"


def test_a_password_does_not_leave_the_post() -> None:
    found = seed(("from", "https://ann:secret@example.org/a@b"))
    assert found.url == "https://example.org/a@b"
    assert "secret" not in repr(found)


def test_an_undecodable_path_is_told_in_text_that_any_record_can_hold() -> None:
    found = seed(("from", "https://example.org/"), path="posts/\udcff水.md")
    assert found.via == "posts/\\xff水.md"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ((), "no URL in `from`; write the article's there"),
        ((("from", " "),), "no URL in `from`"),
        ((("from", ("https://example.org/",)),), "no URL in `from`"),
        ((("from", True),), "no URL in `from`"),
        ((("from", "https://example.org/\ufffd"),), "`from` is not UTF-8; save the post as UTF-8"),
        ((("from", "ftp://example.org/"),), "`from`: only http and https are archived, not ftp"),
        ((("from", "example.org"),), "`from`: not a URL: 'example.org'; write it in full"),
        ((("from", "https://example.org/" + "a" * 8_000),), "`from`: URL of 8020 characters"),
    ],
)
def test_a_post_that_points_nowhere_is_skipped_with_the_reason(
    fields: tuple[tuple[str, FrontValue], ...], says: str
) -> None:
    skipped, found = seeds([post(*fields), post(("from", "https://example.org/"))])
    assert isinstance(skipped, Skipped)
    assert skipped.path == "posts/a.md"
    assert skipped.reason.startswith(says)
    assert isinstance(found, Seed)


def test_a_url_of_500_characters_is_kept_to_the_last() -> None:
    url = "https://example.org/" + "%e6%b0%b4" * 60 + "/?p=1"
    assert seed(("from", url)).url == url


def test_a_password_is_not_told_in_a_reason_either() -> None:
    (found,) = seeds([post(("from", "https://ann:secret@exa mple.org/"))])
    assert isinstance(found, Skipped)
    assert "secret" not in found.reason


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_no_text_breaks_the_source(url: str, title: str, date: str) -> None:
    for address in (url, f"https://example.org/{url}"):
        (found,) = seeds([post(("from", address), ("title", title), ("date", date), ("tags", title))])
        assert isinstance(found, Seed | Skipped)
