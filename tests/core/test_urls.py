from __future__ import annotations

from contextlib import suppress

import ada_url
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from crawler.core import urls
from crawler.core.errors import UrlError

# What URLs are made of, and what breaks them: escapes whole, halved and nested, separators, dots, blanks.
VISIBLE = """/ // \\ . .. %2e %2E % %2 %25 %41 %7e %E4%B8%AD %zz ? & = # @ : ; + " < > [ ] { | } ^ ` ' 中 ß é 😀
    a b utm_source=x fbclid cid=1 ref=2 65 2e"""
PIECES = st.sampled_from([*VISIBLE.split(), " ", "\t", "\n", "\r", "\0", "\u2028", "\udc80"])
TAILS = st.lists(PIECES, max_size=14).map("".join)
WEB_URLS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["http://", "https://", "HTTPS://"]),
    st.sampled_from(["example.org", "例え.jp"]),
    TAILS,
)
ANYTHING = st.one_of(st.text(max_size=60), TAILS, WEB_URLS)


def readable(url: str) -> str:
    try:
        urls.key(url)
    except UrlError:
        assume(condition=False)
    return url


@pytest.mark.parametrize(
    ("found", "sent"),
    [
        ("https://example.org/a/../b?x=[1]|{2}&y=%e4#top", "https://example.org/a/../b?x=[1]|{2}&y=%e4"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org?q=1", "https://example.org/?q=1"),
        ("https://example.org/新闻 一?q=新", "https://example.org/%E6%96%B0%E9%97%BB%20%E4%B8%80?q=%E6%96%B0"),
        ("https://用户:密@例え.jp/x", "https://xn--r8jz45g.jp/x"),
        ("HTTP://EXAMPLE.org:80/A", "http://example.org/A"),
        ("https:\\\\example.org\\a\\b?c=\\d", "https://example.org/a/b?c=\\d"),
        ("  https://exam\nple.org/a\tb\r\n", "https://example.org/ab"),
        ("https://example.org/%25E4%25BD%25A0", "https://example.org/%25E4%25BD%25A0"),
        ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
        ("https:example.org/x", "https://example.org/x"),
        ("https://example.org/a\0b\x7f", "https://example.org/a%00b%7F"),
    ],
)
def test_the_server_gets_the_url_as_found_but_for_what_cannot_be_sent(found: str, sent: str) -> None:
    assert urls.wire(found) == sent


@given(WEB_URLS.map(readable))
def test_what_is_sent_is_printable_ascii_and_goes_where_a_browser_would_go(url: str) -> None:
    sent = urls.wire(url)
    assert sent.isascii()
    assert all("!" <= character <= "~" for character in sent)
    meant = ada_url.URL(url.encode("utf-8", "replace").decode())
    assert ada_url.URL(sent).host == meant.host
    assert "@" not in sent.split("/")[2]
    assert urls.wire(sent) == sent
    assert urls.key(sent) == urls.key(url)


@given(WEB_URLS.map(readable))
@example("https://example.org/%2%65")
@example("https://example.org/?%2%36=%")
def test_a_key_is_its_own_key(url: str) -> None:
    key = urls.key(url)
    assert urls.key(key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a#x", "https://example.org/a"),
        ("https://Example.ORG:443/a", "https://example.org/a"),
        ("https://u:p@example.org/a", "https://example.org/a"),
        ("https://example.org/%e4%bd%a0%7Ex", "https://example.org/%E4%BD%A0~x"),
        ("https://example.org/你", "https://example.org/%e4%bd%a0"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
        ("https://example.org/a?utm_source=x&fbclid=9&id=1", "https://example.org/a?id=1"),
        ("https://example.org/a?source=rss", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/a[1]|{2}", "https://example.org/a%5B1%5D%7C%7B2%7D"),
        ("http://2130706433/", "http://127.0.0.1/"),
    ],
)
def test_spellings_of_one_page_have_one_key(one: str, other: str) -> None:
    assert urls.key(one) == urls.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/a", "https://example.org/a"),
        ("https://www.example.org/a", "https://example.org/a"),
        ("https://example.org/a/", "https://example.org/a"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?cid=1", "https://example.org/a?cid=2"),
        ("https://example.org/a?uid=1", "https://example.org/a"),
        ("https://example.org/a?eid=7", "https://example.org/a?eid=8"),
        ("https://example.org/a?keyword=b", "https://example.org/a?keyword=c"),
        ("https://example.org/a?session=1", "https://example.org/a?session=2"),
        ("https://example.org/?reference=1", "https://example.org/?reference=2"),
        ("https://example.org/?p=1&p=2", "https://example.org/?p=2&p=1"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/%2541", "https://example.org/A"),
        ("https://example.org/a?b=c%26d", "https://example.org/a?b=c&d"),
        ("https://example.org/a?b=1%2B1", "https://example.org/a?b=1+1"),
        ("https://example.org:8443/a", "https://example.org/a"),
    ],
)
def test_two_pages_never_share_a_key(one: str, other: str) -> None:
    assert urls.key(one) != urls.key(other)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "not a URL"),
        ("example.org/a", "not a URL"),
        ("/a", "not a URL"),
        ("https://", "not a URL"),
        ("https://exa mple.org/", "not a URL"),
        ("https://example.org:99999/", "not a URL"),
        ("\ud800", "not a URL"),
        ("javascript:alert(1)", "only http and https are archived, not javascript"),
        ("file:///etc/passwd", "only http and https are archived, not file"),
        ("data:text/html,x", "not data"),
        ("https://example.org/" + "a" * 8_000, "8020 characters"),
    ],
)
def test_what_cannot_be_requested_is_refused_with_the_reason(url: str, says: str) -> None:
    for read in (urls.wire, urls.key, urls.host, urls.domain):
        with pytest.raises(UrlError, match=says):
            read(url)


def test_a_url_that_grows_too_long_when_it_is_encoded_is_refused() -> None:
    fits = "https://example.org/" + "新" * 886 + "abcdef"
    assert len(urls.wire(fits)) == urls.MAX_URL_CHARACTERS
    with pytest.raises(UrlError, match="8001 characters"):
        urls.wire(fits + "g")


@given(ANYTHING)
def test_no_text_breaks_the_reading_of_urls(text: str) -> None:
    for read in (urls.wire, urls.key, urls.host, urls.domain):
        with suppress(UrlError):
            assert read(text)
    joined = urls.join("https://example.org/a/", text)
    assert joined is None or urls.key(joined)
    assert isinstance(urls.without_userinfo(text), str)


def test_a_link_leads_where_a_browser_goes() -> None:
    base = "https://example.org/a/b.html?x=1"
    assert urls.join(base, "c.html") == "https://example.org/a/c.html"
    assert urls.join(base, "//other.org/x") == "https://other.org/x"
    assert urls.join(base, "?y=2") == "https://example.org/a/b.html?y=2"
    assert urls.join(base, " /d\n") == "https://example.org/d"
    assert urls.join(base, "https://example.org/slug/https://example.org/slug/") is not None


@pytest.mark.parametrize(
    "href",
    ["mailto:a@example.org", "javascript:void(0)", "file:///c:/x", "http://", "http://[::1", "tel:1", "http://a b/"],
)
def test_a_link_that_leads_nowhere_is_none(href: str) -> None:
    assert urls.join("https://example.org/", href) is None


PARTS = "a b1 - . / /. /.. %41 ? & = : @ ~ _ ; + ' # xn-- é .example .0x1 /a ?b=1"
NEARLY_NORMAL = st.lists(st.sampled_from(PARTS.split()), max_size=9).map("".join)


@given(st.sampled_from(["http://", "https://", "https://a.example", "https://b-1.co/a"]), NEARLY_NORMAL)
@example("https://", "xn--a.example/")
@example("https://", "a.example/b/../c")
@example("https://", "1.example.0x1/")
def test_a_link_that_looks_normal_is_what_the_browser_makes_of_it(beginning: str, rest: str) -> None:
    base, href = "https://example.org/a/", beginning + rest
    try:
        joined = ada_url.join_url(base, href)
    except ValueError:
        joined = None
    assert urls.join(base, href) == joined


def test_a_link_of_a_page_without_a_url_is_none() -> None:
    assert urls.join("not a url", "a.html") is None


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://News.Example.CO.UK:8443/x", "news.example.co.uk"),
        ("http://0x7f.1/", "127.0.0.1"),
        ("http://0177.0.0.1/", "127.0.0.1"),
        ("http://[::FFFF:127.0.0.1]/", "[::ffff:7f00:1]"),
        ("http://ｅｘａｍｐｌｅ。org/", "example.org"),
        ("http://a@b@example.org/", "example.org"),
        ("http://example.org\\@evil.org/", "example.org"),
    ],
)
def test_a_host_is_the_one_a_browser_connects_to(url: str, host: str) -> None:
    assert urls.host(url) == host


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://news.example.co.uk/", "example.co.uk"),
        ("https://example.org/", "example.org"),
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://[::1]/", "[::1]"),
        ("http://localhost/", "localhost"),
    ],
)
def test_a_domain_is_the_registered_one_or_the_host(url: str, domain: str) -> None:
    assert urls.domain(url) == domain


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://user:secret@example.org/a?b=c@d#e@f", "https://example.org/a?b=c@d#e@f"),
        ("https://a@b@example.org/", "https://example.org/"),
        ("https:user@example.org/", "https:example.org/"),
        ("https:\\\\user@example.org/", "https:\\\\example.org/"),
        ("\x01ht\ntps://user:se\tcret@example.org/", "https://example.org/"),
        ("https://example.org/@user", "https://example.org/@user"),
        (" https://example.org/%e4\n", " https://example.org/%e4\n"),
        ("no url: a@b", "no url: a@b"),
    ],
)
def test_userinfo_goes_and_nothing_else_changes(url: str, bare: str) -> None:
    assert urls.without_userinfo(url) == bare


@given(
    st.lists(st.sampled_from(["/", "\\", "@", ":", "u", "p", "\t", "\n", "example.org", "?", "#", " "]), max_size=10)
)
def test_no_spelling_keeps_its_userinfo(pieces: list[str]) -> None:
    url = readable("https:" + "".join(pieces))
    bare = urls.without_userinfo(url)
    parsed = ada_url.URL(bare)
    assert not parsed.username
    assert not parsed.password
    assert urls.key(bare) == urls.key(url)


_PARTS = st.tuples(
    st.sampled_from(["http:", "HTTPS:", "ftp:", ""]),
    st.sampled_from(["//", "/\\", "", "///"]),
    st.sampled_from(["", "user@", "u:p@", "a@b:c@", "%40@"]),
    st.sampled_from(["a.example", "[::1]", "127.1", "bücher.example", "A.EXAMPLE.", ""]),
    st.sampled_from(["", ":", ":80", ":443", ":8080"]),
    st.text(st.sampled_from("/?#@:[]%2f.\\a \t"), max_size=12),
)


@given(_PARTS.map("".join) | st.text(max_size=30).map("https://a.example/".__add__))
def test_a_url_has_the_parts_that_a_browser_sees(url: str) -> None:
    try:
        seen = ada_url.URL(url)
        found = urls._parsed(url)
    except (ValueError, UrlError):
        return
    parts = (seen.protocol, seen.hostname, seen.host, seen.pathname, seen.search)
    assert (found.protocol, found.hostname, found.host, found.pathname, found.search) == parts
