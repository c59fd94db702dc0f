"""Bytes are read as browsers read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.decode import decoded
from crawler.extraction.parse import parsed

TEXT = "小河変清了：鎔基、堃、嘅。"


def meta(name: str, text: str, encoding: str) -> bytes:
    return f'<html><head><meta charset="{name}"></head><body><p>{text}</p>'.encode(encoding)


@pytest.mark.parametrize(
    ("body", "header", "expected"),
    [
        ("<p>镕基</p>".encode("gb18030"), "text/html; charset=gb2312", "镕基"),
        (meta("gb2312", "镕基堃", "gb18030"), None, "镕基堃"),
        (meta("big5", "嘅係咗", "big5hkscs"), "text/html", "嘅係咗"),
        ("<p>café</p>".encode(), "text/html; charset=iso-8859-1", "café"),
        ("<p>café</p>".encode("cp1252"), "text/html; charset=iso-8859-1", "café"),
        (b"\xef\xbb\xbf<p>caf\xc3\xa9</p>", "text/html; charset=gbk", "café"),
        ("<p>河</p>".encode("utf-16"), None, "河"),
        (b"<p>" + "河水".encode() * 200 + b"\xff</p>", "text/html; charset=utf-8", "河水\ufffd"),
        ("<p>“It’s”: 河, café</p>".encode().decode("latin-1").encode(), "text/html; charset=utf-8", "“It’s”: 河, café"),
        ("<p>â\x80\x99 Łódź</p>".encode(), "text/html; charset=utf-8", "â\x80\x99 Łódź"),
        ("<p>Ã©tude</p>".encode(), "text/html; charset=utf-8", "Ã©tude"),
        (b"<p>a\0b\x0bc</p>", None, "<p>abc</p>"),
        (b"<p>x</p>", "text/html; charset=no-such-thing", "<p>x</p>"),
        (
            meta(
                "utf-8", "城西有一条不到三公里长的小河，十年前它又黑又臭，住在两岸的人家夏天不敢开窗。" * 9, "gb18030"
            ),
            None,
            "两岸的人家",
        ),
    ],
    ids=[
        "header-gb2312",
        "meta-gb2312",
        "meta-big5",
        "utf8-under-latin1",
        "latin1",
        "bom",
        "utf16",
        "broken-byte",
        "twice",
        "not-all-twice",
        "letters-alone",
        "nul",
        "unknown",
        "a-lie",
    ],
)
def test_the_text_is_what_was_meant(body: bytes, header: str | None, expected: str) -> None:
    assert expected in decoded(body, header).decode()


@given(st.binary(max_size=300), st.none() | st.text(max_size=40))
def test_any_bytes_become_text_without_controls(body: bytes, header: str | None) -> None:
    text = decoded(body, header).decode()
    assert not {"\0", "\ufeff", "\x0b", "\x7f"} & set(text)


@given(st.text(max_size=300))
def test_text_that_came_decoded_loses_what_is_no_character_and_nothing_else(text: str) -> None:
    kept = decoded(text, None).decode()
    assert kept == "".join(one if one != "\f" else " " for one in text if not _is_unwanted(one))


def _is_unwanted(one: str) -> bool:
    control = one < " " and one not in "\t\n\f\r"
    return control or one == "\x7f" or "\ud800" <= one <= "\udfff" or one in "\ufeff\ufffe\uffff"


def test_a_doctype_with_an_address_and_a_closed_html_do_not_end_the_page() -> None:
    page = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/xhtml1.dtd">\n<html lang="en"/><body><p>river'
    root = parsed(page)
    assert not isinstance(root, str)
    assert root.findtext(".//p") == "river"
    assert root.get("lang") == "en"
