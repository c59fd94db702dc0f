"""The text that a feed carries, in the place of a page that cannot be had."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.core.model import Article, NoArticle, Status
from crawler.core.visit import SCHEDULED, Finding, Finish, Kind, Lease, Outcome
from crawler.work.rescue import carried, lost
from tests.extraction.pages import PROSE
from tests.ledger.samples import NOW, RUN, capture, later, seed

URL, FEED = "https://a.example/1", "https://a.example/rss"
TEXT = "".join(f"<p>{text}</p>" for text in PROSE)
LEASE = Lease(1, 1, seed(URL), SCHEDULED, RUN, 0, 0, later(120), source="Daily")


def finish(status, lease=LEASE, wait=None):
    return Finish(lease, Outcome(URL, status, "HTTP 404 Not Found", NOW), wait_until=wait)


def finding(result, lease=LEASE):
    return Finding(seed(URL), (capture(URL),), URL, result, lease=lease)


def rss(html: str, url: str = URL, title: str = "Tom &amp; Jerry") -> bytes:
    content = f"<c:encoded><![CDATA[{html}]]></c:encoded>"
    head = '<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel>'
    return f"{head}<item><title>{title}</title><link>{url}</link>{content}</item></channel></rss>".encode()


@pytest.mark.parametrize("status", [Status.GONE, Status.REFUSED, Status.FAILED, Status.NO_ARTICLE])
def test_a_page_that_cannot_be_had_is_lost(status):
    assert lost(finish(status)) == f"{status}: HTTP 404 Not Found"


@pytest.mark.parametrize("status", [Status.ARCHIVED, Status.UNCHANGED, Status.UPDATED, Status.RESCUED, Status.EXCLUDED])
def test_a_page_that_was_had_or_that_we_may_not_have_is_not_lost(status):
    assert lost(finish(status)) == ""


def test_a_page_that_gave_no_article_is_lost_and_one_that_gave_one_is_not():
    assert lost(finding(NoArticle(URL, "too short"))) == "no_article: too short"
    assert lost(finding(Article(URL, "T", "<p>x", "x"))) == ""
    assert lost(finding(NoArticle(URL, "too short"), lease=None)) == ""


@pytest.mark.parametrize(
    "changes", [{"source": None}, {"depth": 1}, {"depth": -1, "kind": Kind.FEED}, {"kind": Kind.SITEMAP}]
)
def test_only_what_a_source_itself_named_has_a_feed_that_may_help(changes):
    lease = replace(LEASE, **changes)
    assert lost(finish(Status.GONE, lease)) == ""
    assert lost(finding(NoArticle(URL, "too short"), lease)) == ""


def test_a_host_that_asks_for_time_has_lost_nothing():
    assert lost(finish(Status.REFUSED, wait=NOW + timedelta(hours=1))) == ""


def test_the_text_of_the_entry_is_the_article():
    found = carried(rss(TEXT), FEED, "text/xml", URL)
    assert isinstance(found, Article)
    assert found.url == URL
    assert found.title == "Tom & Jerry"
    assert PROSE[3] in found.text
    assert found.inert


def test_an_entry_is_found_by_its_key_and_no_other_is_taken_for_it():
    body = rss(TEXT, URL + "?utm_source=rss")
    assert isinstance(carried(body, FEED, None, URL), Article)
    assert carried(body, FEED, None, "https://a.example/2") == NoArticle(FEED, "the feed carries no text for it")


@pytest.mark.parametrize(
    "body", [b"", b"<html>no feed", b"\xff\x00", rss("")], ids=["empty", "html", "noise", "no text"]
)
def test_a_feed_that_carries_nothing_gives_no_article(body):
    assert isinstance(carried(body, FEED, None, URL), NoArticle)


def test_nothing_that_a_feed_carries_runs_in_the_reader_s_browser():
    evil = f"{TEXT}</article></body><script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a>"
    found = carried(rss(evil, title="&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"), FEED, None, URL)
    assert isinstance(found, Article)
    assert not any(word in found.html for word in ("<script", "onerror", "javascript:"))
