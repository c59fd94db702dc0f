from __future__ import annotations

import pytest

from crawler.core.errors import UrlError
from crawler.core.model import Ending, Status
from crawler.core.visit import FoundLink
from crawler.ledger.explained import MOST, explained
from tests.ledger.samples import JOB, NOW, RUN, add, capture, finish, later, lease, pages, seed

URL = "https://a.example/1?utm_source=x"
KEY = "https://a.example/1"


def test_everything_that_is_recorded_of_a_url_is_told(ledger, path):
    add(ledger, [seed(URL, via="_posts/a.md", title="题", date=NOW)])
    (mine,) = lease(ledger)
    ledger.release(mine, not_before=later(5), captures=[capture(URL, 1, status=503, truncated=Ending.TIME)])
    (mine,) = lease(ledger, at=later(5))
    ledger.reserve_name("x-md", KEY, "_posts/x.md")
    finish(ledger, mine, at=later(6), captures=[capture(URL, 2)], post="_posts/x.md", post_digest="0",
           final_url="https://a.example/one", title="一")  # fmt: skip
    add(ledger, [seed(KEY, via="list")], again=True, run="next", due=later(99))
    found = explained(path, URL)
    assert (found.asked, found.key, found.url, found.is_known) == (KEY, KEY, URL, True)
    assert (found.aliases, found.led_here, found.near) == (("https://a.example/one",), (), ())
    assert found.posts == (("_posts/x.md", "0"),)
    waiting, done = found.visits
    assert (waiting.state, waiting.due, waiting.seed, waiting.outcome) == (
        "waiting",
        later(99),
        seed(KEY, via="list"),
        None,
    )
    assert (done.run, done.job, done.attempts, done.holder, done.expires) == (RUN, JOB, 1, "me", None)
    assert done.seed == seed(URL, via="_posts/a.md", title="题", date=NOW)
    assert [(each.record_id, each.status, each.truncated) for each in done.captures] == [
        ("urn:uuid:1", 503, Ending.TIME),
        ("urn:uuid:2", 200, None),
    ]
    assert (done.outcome.status, done.outcome.at, done.outcome.title) == (Status.ARCHIVED, later(6), "一")
    assert (done.outcome.capture, done.post_digest) == (done.captures[-1], "0")
    assert (found.host.name, found.host.next_at, found.host.active) == ("a.example", later(5), 0)


def test_where_a_visit_was_led_to_is_explained_by_where_it_began(ledger, path):
    add(ledger, [seed(URL)])
    finish(ledger, lease(ledger)[0], final_url="https://b.example/")
    found = explained(path, "https://b.example/#top")
    assert (found.asked, found.key, found.led_here) == ("https://b.example/", KEY, (KEY,))
    assert len(found.visits) == 1


def test_who_links_to_it_is_told_with_the_reason_and_a_url_that_was_never_visited_is_known(ledger, path):
    add(ledger, [seed(URL)])
    link = FoundLink(seed("https://b.example/2"), "in the body", follow=False)
    finish(ledger, lease(ledger)[0], links=[link])
    found = explained(path, "https://b.example/2")
    assert (found.is_known, found.visits, found.pointers) == (True, (), ((KEY, "in the body"),))


def test_a_lease_is_told_and_a_name_without_a_visit(ledger, path):
    add(ledger, pages(1))
    lease(ledger)
    (visit,) = explained(path, "https://a.example/0").visits
    assert (visit.state, visit.holder, visit.expires) == ("leased", "me", later(120))
    ledger.reserve_name("y-md", "https://c.example/", "_posts/y.md")
    found = explained(path, "https://c.example/")
    assert (found.is_known, found.url, found.posts, found.host) == (True, None, (("_posts/y.md", None),), None)


def test_what_is_not_known_has_neighbours_of_the_same_host_and_path(ledger, path):
    near = ["http://a.example/n", "https://a.example/n/", "https://www.a.example/n?id=2", "https://a.example/n?id=1"]
    far = ["https://a.example/news", "https://b.example/n", "https://a.example/n/x", "https://a.example/"]
    add(ledger, map(seed, near + far))
    found = explained(path, "https://www.a.example/n")
    assert not found.is_known
    assert sorted(found.near) == sorted(near)


def test_a_page_that_everyone_links_to_is_cut_short(ledger, path):
    add(ledger, pages(MOST + 9))
    for one in lease(ledger, most=MOST + 9, per_host=MOST + 9):
        finish(ledger, one, links=[FoundLink(seed("https://b.example/"), "in the body", follow=False)])
    assert len(explained(path, "https://b.example/").pointers) == MOST


def test_a_url_that_is_none_is_told(ledger, path):
    with pytest.raises(UrlError):
        explained(path, "nowhere")
