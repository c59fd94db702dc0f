"""What a robots.txt says to us, by RFC 9309."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.rules import MAX_ROBOTS_BYTES, Robots, robots

URL = "https://news.example/robots.txt"


def forbids(text: str | bytes, path: str = "/page") -> bool:
    body = text.encode() if isinstance(text, str) else text
    return bool(robots(URL, body, "permapress").objection(f"https://news.example{path}"))


@pytest.mark.parametrize(
    "agent",
    [
        *(
            "*",
            "permapress",
            "Permapress",
            "PERMAPRESS",
            "permapress/2.0",
            "permapress 2.0",
            "permapress*",
            "*permapress",
        ),
        *("permapress # ours", "  permapress  "),
    ],
)
def test_the_group_is_ours(agent):
    assert forbids(f"User-agent: {agent}\nDisallow: /")


@pytest.mark.parametrize(
    "agent", ["perma", "p", "press", "permapressbot", "permapress-news", "otherbot", "*bot*", "360Spider", "", "-"]
)
def test_the_group_is_anothers(agent):
    assert not forbids(f"User-agent: {agent}\nDisallow: /")


def test_our_own_group_counts_and_the_one_for_all_does_not():
    text = "User-agent: *\nDisallow: /\n\nUser-agent: permapress\nDisallow: /private\n"
    assert not forbids(text)
    assert forbids(text, "/private/x")


def test_our_own_group_without_a_rule_opens_everything():
    assert not forbids("User-agent: *\nDisallow: /\n\nUser-agent: permapress\nDisallow:\n")
    assert not forbids("User-agent: *\nDisallow: /\n\nUser-agent: permapress\n")


def test_groups_that_name_us_are_one():
    text = (
        "User-agent: permapress\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: Permapress\nDisallow: /b\n"
    )
    assert forbids(text, "/a")
    assert forbids(text, "/b")
    assert not forbids(text, "/c")


def test_several_names_share_a_group():
    assert forbids("User-agent: x\nUser-agent: permapress\n\n# both\nUser-agent: y\nDisallow: /page\n")


def test_a_sitemap_between_names_ends_no_group():
    assert forbids("User-agent: permapress\nSitemap: https://news.example/s.xml\nUser-agent: x\nDisallow: /page\n")


def test_another_directive_ends_the_names():
    """By the letter of §2.2 it would not; sites that write so mean two groups."""
    assert not forbids("User-agent: *\nCrawl-delay: 10\n\nUser-agent: x\nDisallow: /\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(end):
    text = end.join(["User-agent: *", "Disallow: /page", "Allow: /page/open", ""])
    assert forbids(text)
    assert not forbids(text, "/page/open")


def test_a_byte_order_mark_hides_no_group():
    assert forbids(b"\xef\xbb\xbfUser-agent: *\nDisallow: /")


def test_bytes_that_are_no_utf8_spoil_only_their_line():
    assert forbids(b"# \xb9\xf0\nUser-agent: *\nDisallow: /\xb9\xf0\nDisallow: /page\n\xff\xfe\x00")


@pytest.mark.parametrize("written", ["/新闻", "/%E6%96%B0%E9%97%BB", "/%e6%96%b0%e9%97%bb"])
@pytest.mark.parametrize("asked", ["/新闻/1", "/%E6%96%B0%E9%97%BB/1", "/%e6%96%b0%e9%97%bb/1"])
def test_escapes_are_compared_by_what_they_stand_for(written, asked):
    assert forbids(f"User-agent: *\nDisallow: {written}", asked)


@pytest.mark.parametrize(
    ("rules", "path", "forbidden"),
    [
        ("Disallow: /p\nAllow: /page", "/page", False),  # the longest match
        ("Allow: /p\nDisallow: /page", "/page", True),
        ("Allow: /page\nDisallow: /page", "/page", False),  # equal: allow
        ("Disallow: /*.php$", "/a.php", True),
        ("Disallow: /*.php$", "/a.php?x", False),
        ("Disallow: /a/*/c", "/a/b/c/d", True),
        ("Disallow: /?s=", "/?s=x", True),
        ("disallow : /page", "/page", True),
        ("Disallow: /", "/robots.txt", False),
    ],
)
def test_the_longest_match_decides(rules, path, forbidden):
    assert forbids(f"User-agent: *\n{rules}\n", path) is forbidden


@pytest.mark.parametrize(
    "text", ["", "\n\n", "<!DOCTYPE html><title>Not here</title>\n<p>Disallow: /</p>", "Disallow: /"]
)
def test_what_holds_no_group_forbids_nothing(text):
    assert not forbids(text)


def test_only_the_first_500_kib_are_read_and_no_half_rule():
    head = b"User-agent: *\nDisallow: /first\n"
    filler = b"#" * (MAX_ROBOTS_BYTES - len(head) - len(b"\nDisallow: /page")) + b"\n"
    text = head + filler + b"Disallow: /page-that-is-long\nDisallow: /last\n"
    assert len(head + filler + b"Disallow: /page") == MAX_ROBOTS_BYTES  # cut here it would be another rule
    assert forbids(text, "/first")
    assert not forbids(text, "/page")
    assert not forbids(text, "/last")


def test_the_objection_names_the_file_and_the_rule():
    found = robots(URL, b"User-agent: *\nDisallow: /p\nDisallow: /page # no\nAllow: /\nDisallow: /other", "permapress")
    assert found.objection("https://news.example/page") == f"robots.txt forbids it: {URL} says 'Disallow: /page'"


def test_an_unreachable_file_forbids_everything():
    assert Robots(URL, unreachable="HTTP 503").objection("https://news.example/") == (
        f"robots.txt unreachable: {URL}: HTTP 503"
    )


@pytest.mark.parametrize(
    "body",
    [
        b"User-agent: *\n" + b"Disallow: /a*b*c*d*e*f*g*h*i*j$\n" * 16_000,
        b"".join(b"User-agent: a%d\n" % number for number in range(16_000)) + b"Disallow: /x\n" * 16_000,
        b"User-agent: *\nDisallow: /" + b"*a" * 250_000,
        b"\r" * MAX_ROBOTS_BYTES,
        b"user-agent" * 51_200,
    ],
    ids=["wildcards", "names", "one long rule", "empty lines", "no end"],
)
def test_a_hostile_file_costs_little(body):
    began = time.process_time()
    robots(URL, body, "permapress").objection("https://news.example/" + "a" * 7_000)
    assert time.process_time() - began < 2


@given(st.binary(max_size=400))
def test_any_bytes_are_rules_or_none(body):
    robots(URL, body, "permapress").objection("https://news.example/page?x=1")


@given(
    st.lists(
        st.sampled_from(["User-agent: *", "User-agent: permapress", "User-agent: x", "Disallow: /", "", "Allow: /a"])
    )
)
def test_nobody_elses_group_is_obeyed(lines):
    text = "\n".join(lines)
    if not any("x" not in line for line in lines if line.startswith("User-agent")):
        assert not forbids(text)
    without_other_endings = text.replace("\n", "\r\n")
    assert forbids(text) == forbids(without_other_endings)
