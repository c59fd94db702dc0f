from __future__ import annotations

import gzip
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.errors import SourceError
from crawler.sources.opml import read_opml
from crawler.sources.subscription import Subscription, Subscriptions

A = Subscription("https://a.example.org/rss?x=1&y=2", "Q & A")
B = Subscription("https://b.example.org/rss", None)


def opml(inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>x</title></head><body>{inside}</body></opml>'.encode()


def read(inside: str) -> Subscriptions:
    return read_opml(opml(inside), "subscriptions.opml")


ONE = '<outline type="rss" text="x" title="Q &amp;amp; A" xmlUrl="https://a.example.org/rss?x=1&amp;y=2" htmlUrl="https://a.example.org/"/>'
TWO = '<outline xmlurl=" https://ann:secret@b.example.org/rss "/>'


def test_feeds_are_found_however_nested() -> None:
    found = read(f'<outline text="News"><outline text="Asia">{ONE}</outline></outline>{TWO}')
    assert found == Subscriptions((A, B), ())


def test_the_text_is_the_name_where_there_is_no_title() -> None:
    assert read('<outline text="One" xmlUrl="https://b.example.org/rss"/>').feeds == (Subscription(B.url, "One"),)


def test_a_feed_that_stands_there_twice_is_one() -> None:
    assert read(ONE + TWO + ONE).feeds == (A, B)


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(opml(ONE)),
        b"\xef\xbb\xbf\n" + opml(ONE),
        opml(ONE).decode().encode("utf-16"),
        opml(ONE.replace("&amp;y", "&y")),
        b'<!DOCTYPE opml [<!ENTITY a "aaaa">]>' + opml(ONE),
    ],
)
def test_every_shape_of_a_list_is_read(body: bytes) -> None:
    assert read_opml(body, "x.opml") == Subscriptions((A,), ())


def test_broken_xml_is_read_as_far_as_it_can_be() -> None:
    found = read_opml(opml(f'<outline text="News">{ONE}</b>{TWO}')[:-14], "x.opml")
    assert found.feeds == (A, B)
    assert found.problems[0].startswith("not well-formed: read as far as it can be")


def test_an_outline_that_is_no_feed_is_told_with_its_line_and_the_fix() -> None:
    found = read(
        f'{ONE}\n<outline text="Two" htmlUrl="https://b.example.org/"/>\n<outline text="Three" xmlUrl="rss.xml"/>'
    )
    assert found.feeds == (A,)
    assert found.problems == (
        "line 2, 'Two': a page but no feed; write the feed's URL into `xmlUrl`",
        "line 3, 'Three': `xmlUrl`: not a URL: 'rss.xml'; write it in full, as in https://example.org/news",
    )


@pytest.mark.parametrize(
    ("body", "says"), [(b"", "no OPML"), (b"<rss/>", "no OPML"), (opml('<outline text="x"/>'), "no feed in it")]
)
def test_a_file_without_feeds_is_told_by_name(body: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=f"^x.opml: {says}"):
        read_opml(body, "x.opml")


@given(st.text(max_size=30), st.binary(max_size=20))
def test_no_bytes_break_the_reader(text: str, junk: bytes) -> None:
    for body in (
        junk,
        b"<opml>" + junk,
        opml(f'<outline xmlUrl="{text}" title="{text}"/>{ONE}'.encode("utf-8", "replace").decode()),
    ):
        with suppress(SourceError):
            repr(read_opml(body, "x.opml")).encode()
