from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.errors import SourceError
from crawler.sources.seen import seen_keys

A, B = "https://example.org/a", "https://example.org/b"


def keys(body: bytes) -> list[str]:
    return list(seen_keys(body, "allurls.dat"))


@pytest.mark.parametrize(
    "body",
    [
        b"https://example.org/a\nhttps://example.org/b",
        b"\xef\xbb\xbfhttps://example.org/a\r\n\r\n  https://ann:secret@example.org/b#x \r\n",
        b"https://example.org/a?utm_source=rss\nnot a url\n# comment\nhttps://example.org/b",
        json.dumps([A, B]).encode(),
        json.dumps([A, None, 3, [B], B], indent=2).encode(),
        b'["https://example.org/a",\n"https://example.org/b",\n',
        b"'https://example.org/a',\n'https://example.org/b',",
        "https://example.org/a\nhttps://example.org/b\n".encode("utf-16"),
    ],
)
def test_every_shape_of_the_list_gives_its_keys(body: bytes) -> None:
    assert keys(body) == [A, B]


def test_a_url_is_not_seen_because_it_is_part_of_another() -> None:
    assert A not in keys(
        b"https://example.org/ab\nhttps://example.org/a/b\nhttp://example.org/a\nhttps://www.example.org/a"
    )


def test_an_empty_list_has_seen_nothing() -> None:
    assert keys(b"") == keys(b"\n \n") == keys(b"[]") == []


def test_a_list_in_which_nothing_is_a_url_is_told_by_name() -> None:
    with pytest.raises(SourceError, match=r"^allurls.dat: none of its 2 lines is a URL; write one a line"):
        keys(b"example.org\n<html>")


@given(st.binary(max_size=60) | st.lists(st.text(max_size=9)).map(lambda found: json.dumps(found).encode()))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    with suppress(SourceError):
        repr(keys(body)).encode()
