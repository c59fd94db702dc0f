"""What sources may name: what is taken, what is left alone, and which feed carries a text."""

from __future__ import annotations

import pytest

from crawler.core.model import Status
from crawler.core.visit import SCHEDULED, Entry, Finish, FoundLink, Kind, Next
from crawler.ledger import Added
from tests.ledger.samples import NOW, RUN, add, capture, later, lease, outcome, rows, seed

FEED, URL = "https://a.example/rss", "https://b.example/1"
CARRIED = "carries its text"
SPARING = Entry(source="Daily", sparing=True)
WELL = [Status.ARCHIVED, Status.UNCHANGED, Status.UPDATED]


def name(ledger, url=URL, entry=SPARING, run=RUN, at=NOW, **terms):
    return add(ledger, [seed(url)], job=SCHEDULED, entry=entry, run=run, at=at, **terms)


def source(ledger, run=RUN, kind=Kind.FEED, url=FEED, at=NOW):
    """A leased visit of a source."""
    name(ledger, url, Entry(kind, "Daily"), run, at)
    return next(one for one in lease(ledger, jobs=[SCHEDULED], at=at, run=run) if one.seed.url == url)


def end(ledger, one, *links, status=Status.ARCHIVED, at=NOW, captures=(), **fields):
    made = Finish(one, outcome(one, status, at, **fields), tuple(captures), tuple(links))
    assert ledger.finish_many([made], at=at) == [True]


def link(url=URL, reason=CARRIED, kind=Kind.ARTICLE):
    return FoundLink(seed(url, via=FEED), reason, follow=True, kind=kind)


def waiting(ledger, at=NOW):
    return [one.seed.url for one in lease(ledger, jobs=[SCHEDULED], at=at)]


def test_what_is_taken_leads_to_no_visit_where_a_list_or_a_feed_names_it(ledger):
    ledger.take([URL])
    assert name(ledger) == Added(0, 1)
    end(ledger, source(ledger), link(), link("https://b.example/2"))
    assert waiting(ledger) == ["https://b.example/2"]


def test_what_is_taken_is_visited_where_a_post_or_a_person_names_it(ledger):
    ledger.take([URL])
    assert name(ledger, entry=Entry(source="posts")) == Added(1, 0)
    assert add(ledger, [seed(URL)]) == Added(1, 0)


def test_a_source_is_visited_though_its_url_is_taken(ledger):
    ledger.take([FEED])
    assert source(ledger).kind is Kind.FEED


def test_only_the_last_list_of_what_is_taken_counts_and_may_name_one_twice(ledger, path):
    ledger.take([URL])
    ledger.take(["https://c.example/", "https://c.example/"])
    assert rows(path, "SELECT key FROM taken") == [("https://c.example/",)]
    assert name(ledger) == Added(1, 0)


@pytest.mark.parametrize("status", Status)
def test_the_address_that_an_article_was_led_to_is_left_alone_where_it_ended_well(ledger, status):
    name(ledger, "https://b.example/old")
    end(ledger, *lease(ledger, jobs=[SCHEDULED]), status=status, final_url=URL)
    assert name(ledger, run="next") == (Added(0, 1) if status in WELL else Added(1, 0))
    assert add(ledger, [seed(URL)], run="next") == Added(1, 0)  # a person may


@pytest.mark.parametrize("status", Status)
def test_a_source_is_visited_by_every_run_once_however_it_ended(ledger, status):
    end(ledger, source(ledger), status=status)
    assert name(ledger, FEED, Entry(Kind.FEED, "Daily")) == Added(0, 1)
    assert source(ledger, "next", at=later(1))


def test_an_article_that_a_source_named_is_one_step_from_it_and_of_its_name(ledger):
    feed = source(ledger)
    assert (feed.depth, feed.source) == (-1, "Daily")
    end(ledger, feed, link())
    (article,) = lease(ledger, jobs=[SCHEDULED])
    assert (article.depth, article.source, article.kind, article.seed.via) == (0, "Daily", Kind.ARTICLE, FEED)
    end(ledger, article, link("https://b.example/2"))
    (related,) = lease(ledger, jobs=[SCHEDULED], at=later(1))
    assert (related.depth, related.source) == (1, "Daily")


def test_a_source_that_a_source_named_is_as_deep_as_that_one(ledger):
    end(ledger, source(ledger, kind=Kind.SITEMAP), link("https://a.example/2.xml", kind=Kind.SITEMAP))
    (below,) = lease(ledger, jobs=[SCHEDULED])
    assert (below.depth, below.kind, below.source) == (-1, Kind.SITEMAP, "Daily")


def test_a_sitemap_that_names_itself_is_visited_once_a_run(ledger):
    one = source(ledger, kind=Kind.SITEMAP)
    end(ledger, one, link(FEED, kind=Kind.SITEMAP))
    assert waiting(ledger) == []


def test_sources_go_before_articles(ledger):
    name(ledger, "https://a.example/article")
    name(ledger, FEED, Entry(Kind.FEED, "Daily"))
    assert waiting(ledger) == [FEED, "https://a.example/article"]


def test_of_what_a_source_names_only_what_waits_is_kept_as_a_link(ledger, path):
    ledger.take(["https://b.example/2"])
    end(ledger, source(ledger), link(), link("https://b.example/2"))
    assert rows(path, "SELECT key FROM links JOIN urls ON id = links.url") == [(URL,)]


def test_what_was_read_and_is_looked_at_again_is_no_link_once_more(ledger, path):
    end(ledger, source(ledger), link(), link("https://b.example/2"))
    for one in lease(ledger, jobs=[SCHEDULED]):
        step = 1 if one.seed.url == URL else -1
        made = Finish(one, outcome(one), next=Next(later(3600), step))
        ledger.finish_many([made], at=NOW)
    end(ledger, source(ledger, "next", at=later(9)), link(), link("https://b.example/2"), at=later(9))
    found = rows(path, "SELECT key, count(*) FROM links JOIN urls ON id = links.url GROUP BY key ORDER BY key")
    assert found == [(URL, 1), ("https://b.example/2", 2)]  # of the latter, which was not to be had, a text may come


def carried_by(ledger, **visit):
    """The visit of an article that a feed named, and the feed's record."""
    feed = source(ledger, **visit)
    record = capture(FEED, 7)
    end(ledger, feed, link(), captures=[capture(FEED, 6, status=302), record])
    (article,) = lease(ledger, jobs=[SCHEDULED])
    return article, record


def test_the_feed_that_carries_the_text_is_told_by_its_last_record(ledger):
    article, record = carried_by(ledger)
    assert ledger.carrier(article, CARRIED) == record
    assert ledger.carrier(article, "another reason") is None


def test_a_sitemap_carries_nothing(ledger):
    article, _ = carried_by(ledger, kind=Kind.SITEMAP)
    assert ledger.carrier(article, CARRIED) is None


def test_where_a_post_is_there_no_feed_is_asked_for_its_text(ledger):
    article, _ = carried_by(ledger)
    ledger.reserve_name("1.md", URL, "_posts/1.md")
    assert ledger.carrier(article, CARRIED) is None


def test_of_two_feeds_the_last_is_asked(ledger):
    article, _ = carried_by(ledger)
    ledger.release(article, not_before=NOW)
    other = source(ledger, url="https://c.example/rss", at=later(1))
    record = capture("https://c.example/rss", 9)
    end(ledger, other, link(), captures=[record], at=later(1))
    assert ledger.carrier(article, CARRIED) == record


def test_what_nobody_named_has_no_carrier(ledger):
    name(ledger)
    (one,) = lease(ledger, jobs=[SCHEDULED])
    assert ledger.carrier(one, CARRIED) is None
