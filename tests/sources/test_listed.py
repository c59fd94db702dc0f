from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Seed
from crawler.sources import listed
from crawler.sources.listed import Listed, read_list

A, B = "https://example.org/a", "https://example.org/b#top"


def read(body: bytes) -> Listed:
    return read_list(body, "urls.txt", "泡泡")


def test_a_line_is_a_url() -> None:
    assert read(b"https://ann:secret@example.org/a?utm_source=x\n") == Listed(
        (Seed(url=A + "?utm_source=x", key=A, via="urls.txt", label="泡泡"),), ()
    )


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbfhttps://example.org/a\r\nhttps://example.org/b#top\r\n",
        b"# mine\n\n  https://example.org/a  \n\thttps://example.org/b#top # later\n #x",
        b"https://example.org/a\rhttps://example.org/b#top",
        "https://example.org/a\nhttps://example.org/b#top".encode("utf-16"),
        b"https://example.org/a\nhttps://example.org/a?utm_source=x\nhttps://example.org/b#top\nhttps://example.org/b",
    ],
)
def test_every_shape_of_a_list_is_read(body: bytes) -> None:
    found = read(body)
    assert ([one.url for one in found.seeds], found.problems) == ([A, B], ())


def test_a_line_that_is_no_url_is_told_with_its_number_and_the_fix() -> None:
    found = read("https://example.org/a\n\nexample.org/b\nftp://example.org/\nпример".encode())
    assert [one.url for one in found.seeds] == [A]
    assert found.problems == (
        "line 3: not a URL: 'example.org/b'; write it in full, as in https://example.org/news",
        "line 4: only http and https are archived, not ftp: 'ftp://example.org/'",
        "line 5: not a URL: 'пример'; write it in full, as in https://example.org/news",
    )


def test_a_file_that_is_no_list_is_told_in_a_hundred_lines() -> None:
    found = read(b"word\n" * 1_000)
    assert len(found.problems) == 101
    assert found.problems[-1] == "900 more lines that cannot be used"


BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1">News</H3>
    <DL><p>
        <DT><A HREF="https://example.org/a?x=1&amp;y=2" ADD_DATE="1721965120" ICON="data:image/png;base64,AA">水 &amp; <b>Q</b></A>
        <DD>said of it
        <DT><A HREF="javascript:alert(1)">a bookmarklet</A>
        <DT><A HREF="place:sort=8">recent</A>
    </DL><p>
    <DT><A HREF="ftp://example.org/">files</A>
</DL>"""


def test_bookmarks_bring_their_title_and_date() -> None:
    found = read(BOOKMARKS.encode())
    assert found.seeds == (
        Seed(
            url="https://example.org/a?x=1&y=2",
            key="https://example.org/a?x=1&y=2",
            via="urls.txt",
            title="水 & Q",
            date=datetime(2024, 7, 26, 3, 38, 40, tzinfo=UTC),
            label="泡泡",
        ),
    )
    assert found.problems == ("line 12: only http and https are archived, not ftp: 'ftp://example.org/'",)


@given(
    st.binary(max_size=60)
    | st.text(max_size=60).map(lambda text: f"<a href='{text}' add_date='{text}'>{text}".encode("utf-8", "replace"))
)
def test_no_bytes_break_the_reader(body: bytes) -> None:
    repr(read(body)).encode()


def test_bookmarks_are_read_to_the_last() -> None:
    rows = "".join(f'<DT><A HREF="https://example.org/{number}">x</A>\n<DD>said of it\n' for number in range(2_000))
    assert len(read(f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>{rows}</DL>".encode()).seeds) == 2_000


def test_a_list_is_read_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "MAX_LINES", 1)
    found = read(b"https://example.org/a\nhttps://example.org/b")
    assert len(found.seeds) == 1
    assert found.problems == ("line 2: more than 1 lines; put the rest into another file",)
