"""The ends of visits that give no reading, and what the next visit is compared with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scrapy.http import Response

from crawler.core.model import Status
from crawler.core.visit import SCHEDULED, Earlier, Kind, Lease, Named
from crawler.spiders.ends import end, latest, unchanged
from tests.ledger.samples import NOW, RUN, capture, later, seed

URL = "https://a.example/1"
EARLIER = Earlier(URL, "urn:uuid:1", NOW, "sha256:X", '"1"', "yesterday")
LEASE = Lease(1, 1, seed(URL, title="T", via="feed"), SCHEDULED, RUN, 0, 0, later(120), source="Daily", earlier=EARLIER)


def taken(status=200, digest="sha256:X", url=URL):
    return replace(capture(url, 5, status=status, payload_digest=digest), date=later(60))


def answer(**headers):
    return Response(URL, headers=headers)


def test_an_end_tells_whose_visit_it_was_and_where_it_was_led():
    captures = (taken(301), taken(404, url=URL + "/new"))
    found = end(replace(LEASE, kind=Kind.FEED), Status.GONE, "HTTP 404", captures, answered=True, named=Named(1, 0))
    assert found.outcome.url == URL
    assert found.outcome.final_url == URL + "/new"
    assert found.outcome.capture == captures[-1]
    assert (found.outcome.via, found.outcome.title, found.outcome.source) == ("feed", "T", "Daily")
    assert (found.outcome.kind, found.outcome.named) == (Kind.FEED, Named(1, 0))
    assert (found.captures, found.links, found.next, found.latest) == (captures, (), None, None)


def test_an_end_without_an_answer_was_led_nowhere():
    assert end(LEASE, Status.FAILED, "refused", (taken(None),)).outcome.final_url is None
    assert end(LEASE, Status.EXCLUDED, "robots.txt").outcome.capture is None


@pytest.mark.parametrize(
    ("lease", "found", "reason"),
    [
        (LEASE, taken(304, None), "HTTP 304 Not Modified"),
        (LEASE, taken(), "the same bytes as on 2026-11-23 12:00 UTC"),
        (LEASE, taken(digest="sha256:Y"), ""),
        (LEASE, taken(digest=None), ""),
        (LEASE, taken(404), ""),
        (LEASE, taken(url=URL + "/new"), ""),
        (LEASE, taken(304, None, URL + "/new"), ""),
        (replace(LEASE, earlier=None), taken(304, None), ""),
        (replace(LEASE, earlier=replace(EARLIER, etag=None, modified=None)), taken(304, None), ""),
    ],
)
def test_why_a_page_is_unchanged(lease, found, reason):
    assert unchanged(lease, found) == reason


def test_a_new_answer_is_what_the_next_visit_is_compared_with():
    found = taken(digest="sha256:Y", url=URL + "/new")
    assert latest(LEASE, found, answer(ETag='"2"')) == Earlier(
        URL + "/new", "urn:uuid:5", later(60), "sha256:Y", '"2"', None
    )


def test_an_unchanged_answer_leaves_the_record_that_holds_the_page_and_takes_new_validators():
    assert latest(LEASE, taken(304, None), answer()) == EARLIER
    assert latest(LEASE, taken(), answer(ETag='"2"')) == replace(EARLIER, etag='"2"')


@pytest.mark.parametrize("status", [None, 203, 206, 301, 404, 500])
def test_what_is_no_page_leaves_the_earlier_answer_as_it_is(status):
    assert latest(LEASE, taken(status), answer(ETag='"2"')) is None


def test_an_unasked_not_modified_is_nothing_to_compare_with():
    bare = replace(LEASE, earlier=None)
    assert latest(bare, taken(304, None), answer(ETag='"2"')) is None


def test_only_scheduled_visits_are_compared():
    assert latest(replace(LEASE, job="archive"), taken(), answer()) is None
