"""Addresses of mail that Cloudflare hides are read as its script shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article
from crawler.extraction import extract
from tests.extraction.pages import URL, article


def hidden(address: str, key: int = 0x5A) -> str:
    return bytes([key, *(one ^ key for one in address.encode())]).hex()


def read(markup: str) -> Article:
    found = extract(article(f"<p>Write to {markup} if you see a fish in the river, or two of them.</p>"), URL)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="{0}">[email&#160;protected]</a>',
        '<a href="/cdn-cgi/l/email-protection#{0}"><span class="__cf_email__" data-cfemail="{0}">[email&#160;protected]</span></a>',
        '<a href="/cdn-cgi/l/email-protection#{0}">fish@river.example</a>',
    ],
)
def test_a_hidden_address_is_read(markup: str) -> None:
    found = read(markup.format(hidden("fish@river.example")))
    assert "Write to fish@river.example if you see" in found.text
    assert 'href="mailto:fish@river.example"' in found.html


def test_mail_is_written_to_as_before() -> None:
    assert 'href="MAILTO:fish@river.example"' in read("<a href=' MAILTO:fish@river.example'>the fish</a>").html


@pytest.mark.parametrize(
    "code", ["", "5", "zz", "5a", "5a5a", hidden("no address"), hidden("a@b\n<script>"), "5a" * 999]
)
def test_what_is_broken_stays(code: str) -> None:
    found = read(f'<span class="__cf_email__" data-cfemail="{code}">[email&#160;protected]</span>')
    assert "Write to [email protected] if you see" in found.text


def test_no_code_speaks_in_mark_up() -> None:
    found = read(f'<span data-cfemail="{hidden("<b>a@b</b>")}">x</span><a href="/cdn-cgi/l/email-protection#00">y</a>')
    assert "&lt;b&gt;a@b&lt;/b&gt;" in found.html


@given(st.binary(max_size=40).map(bytes.hex) | st.text(max_size=20))
def test_no_code_breaks_it(code: str) -> None:
    quoted = code.replace("&", "").replace('"', "")
    read(f'<span data-cfemail="{quoted}">[x]</span><a href="/cdn-cgi/l/email-protection#{quoted}">y</a>')
