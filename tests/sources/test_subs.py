from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.errors import SourceError
from crawler.sources.subs import read_subs
from crawler.sources.subscription import Subscription, Subscriptions

ONE = {"site": "泡泡 &amp; co", "url": "https://ann:secret@example.org/rss?x=1"}


def read(*entries: object) -> Subscriptions:
    return read_subs(json.dumps(entries).encode(), "subs.json")


def test_an_entry_is_a_feed() -> None:
    assert read(ONE) == Subscriptions((Subscription("https://example.org/rss?x=1", "泡泡 & co"),), ())


def test_a_mark_before_the_list_does_no_harm() -> None:
    assert len(read_subs(b"\xef\xbb\xbf" + json.dumps([ONE]).encode(), "subs.json").feeds) == 1


def test_an_entry_without_a_site_has_no_name_and_an_empty_list_no_feeds() -> None:
    assert read({"url": "https://example.org/"}).feeds[0].name is None
    assert read() == Subscriptions((), ())


def test_a_feed_that_stands_there_twice_is_told() -> None:
    found = read(ONE, ONE)
    assert len(found.feeds) == 1
    assert found.problems == ("entry 2: https://example.org/rss?x=1 stands there twice; take one out",)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'[\n{"site": "x",}]', r"subs.json, line 2: .*; mend the JSON there"),
        (b"", r"subs.json, line 1: Expecting value; mend the JSON there"),
        (b"[" * 100_000, r"subs.json: nested too deep; write it as \[\{"),
        (b"[" + b"9" * 10_000 + b"]", r"subs.json: Exceeds the limit"),
        (b'{"site": "x"}', r"subs.json: no list; write it as \[\{"),
        (b'[{"url": "https://example.org/"}, "x"]', r"subs.json, entry 2: no object; write it as \{\"site\""),
        (b'[{"site": "x"}]', r"subs.json, entry 1: no `url`; write the feed's there"),
        (b'[{"url": 3}]', r"subs.json, entry 1: no `url`"),
        (b'[{"url": "example.org"}]', r"subs.json, entry 1: `url`: not a URL: 'example.org'; write it in full"),
        (b'[{"url": "https://example.org/", "site": []}]', r"subs.json, entry 1: `site` is no text"),
    ],
)
def test_what_cannot_be_used_is_told_with_file_entry_and_fix(body: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=f"^{says}"):
        read_subs(body, "subs.json")


@given(
    st.binary(max_size=30) | st.text(max_size=30).map(lambda text: json.dumps([{"url": text, "site": text}]).encode())
)
def test_no_bytes_break_the_reader(body: bytes) -> None:
    with suppress(SourceError):
        repr(read_subs(body, "subs.json")).encode()
