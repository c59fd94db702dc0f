"""File names: one of three systems, of Jekyll, and of nobody else's post."""

import hashlib
import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathvalidate import validate_filename

from crawler.core.errors import PostError
from crawler.posts import file_name
from tests.posts.words import TITLES

AT = datetime(2024, 7, 26, 19, 35, tzinfo=UTC)
KEY = "https://example.org/a"
DIGEST = hashlib.sha256(KEY.encode()).hexdigest()


def named(title: str, *taken: str, date: datetime = AT) -> str:
    return file_name(title, date, KEY, lambda name: name in taken)


def test_a_plain_title_is_the_name():
    assert named("一条小河") == "2024-07-26-一条小河.md"


def test_the_day_is_that_of_utc():
    assert named("a", date=datetime(2024, 7, 27, 1, tzinfo=timezone(timedelta(hours=8)))) == "2024-07-26-a.md"
    assert named("a", date=datetime(987, 1, 2, tzinfo=UTC)) == "0987-01-02-a.md"


def test_fifty_characters_are_kept():
    assert named("字" * 51) == f"2024-07-26-{'字' * 50}.md"


def test_no_character_is_torn():
    family = "👨\u200d👩\u200d👧"
    assert named("字" * 49 + "e\u0301x") == f"2024-07-26-{'字' * 49}\u00e9.md"
    assert named("a" + family * 60) == f"2024-07-26-a{family * 10}.md"


@given(st.text(max_size=300) | st.sampled_from(TITLES))
def test_every_title_gives_a_name_that_three_systems_take(title):
    name = named(title)
    validate_filename(name, platform="universal")
    assert len(name.encode()) <= 200
    assert unicodedata.normalize("NFC", name) == name
    assert re.fullmatch(r"2024-07-26-[^\s.\-][^/\\:*?\"<>|{}%#\x00-\x1f\x7f]*\.md", name)
    assert not re.search(r"[ .-]\.md$", name)


@pytest.mark.parametrize("title", ["", "   ", "...", "---", "\x00\x01", "/", "?:|", "\u202e", "？！", "😀", "\u200d"])
def test_a_title_of_nothing_is_untitled(title):
    assert named(title) == "2024-07-26-untitled.md"


def test_what_a_path_or_a_shell_takes_is_gone():
    assert named('a/b\\c?d:e|f<g>h*i"j') == "2024-07-26-a b c d e f g h i j.md"
    assert named("../../etc/passwd") == "2024-07-26-etc passwd.md"


def test_what_nobody_sees_is_gone():
    assert named("a\u202eb\u200bc\ufeff") == "2024-07-26-a b c.md"


def test_a_name_cut_for_its_bytes_ends_in_no_blank():
    assert named(f"a{'😀' * 46} x") == f"2024-07-26-a{'😀' * 46}.md"


def test_a_taken_name_gets_the_digest_of_the_key():
    assert named("a", "2024-07-26-a.md") == f"2024-07-26-a-{DIGEST[:8]}.md"


def test_a_third_version_gets_a_name_of_its_own():
    assert named("a", "2024-07-26-a.md", f"2024-07-26-a-{DIGEST[:8]}.md") == f"2024-07-26-a-{DIGEST[8:16]}.md"


def test_a_long_name_has_room_for_the_digest():
    name = named("a" + "😀" * 50, f"2024-07-26-a{'😀' * 46}.md")
    assert name.endswith(f"-{DIGEST[:8]}.md")
    assert len(name.encode()) <= 200


def test_names_without_end_are_refused():
    with pytest.raises(PostError, match="taken"):
        file_name("a", AT, KEY, lambda _: True)
