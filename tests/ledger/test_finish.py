from __future__ import annotations

import pytest

from crawler.core.model import Ending, Status
from crawler.core.visit import Finish, FoundLink
from crawler.ledger import Counts
from tests.ledger.samples import JOB, NOW, RUN, add, capture, finish, later, lease, outcome, pages, rows, seed


def found(url, *, follow=True, reason="in the body", **fields):
    return FoundLink(seed(url, **fields), reason, follow=follow)


def test_an_outcome_is_recorded_with_all_that_belongs_to_it(ledger, path):
    add(ledger, pages(1))
    (mine,) = lease(ledger)
    captures = [
        capture(mine.seed.url, 0, status=302),
        capture("https://a.example/there", 900, payload_digest="sha256:P", truncated=Ending.TIME),
    ]
    assert finish(
        ledger,
        mine,
        at=later(3),
        final_url="https://a.example/there",
        title="题\ud800",
        post="_posts/x.md",
        captures=captures,
        post_digest="sha256:0",
    )
    at = int(later(3).timestamp() * 1_000_000)
    assert rows(path, "SELECT * FROM outcomes") == [
        (mine.visit, "archived", "as it is", at, "https://a.example/there", "题\ufffd", "_posts/x.md", "sha256:0"),
    ]
    day = int(NOW.timestamp() * 1_000_000)
    assert rows(path, "SELECT * FROM captures ORDER BY rowid") == [
        (mine.visit, mine.seed.url, "permapress-1.warc.gz", 0, 900, "urn:uuid:0", day, 302, "", None, None),
        (
            mine.visit,
            "https://a.example/there",
            "permapress-1.warc.gz",
            900,
            900,
            "urn:uuid:900",
            day,
            200,
            "",
            "sha256:P",
            "time",
        ),
    ]
    assert rows(path, "SELECT alias, key FROM aliases") == [("https://a.example/there", mine.seed.key)]


def test_a_visit_has_one_outcome(ledger, path):
    add(ledger, pages(1))
    (mine,) = lease(ledger)
    assert finish(ledger, mine, Status.GONE)
    assert not finish(ledger, mine)
    assert rows(path, "SELECT status FROM outcomes") == [("gone",)]


def test_links_to_follow_are_visits_a_step_deeper_and_all_are_on_record(ledger, path):
    add(ledger, pages(1), priority=4)
    (mine,) = lease(ledger)
    links = [
        found("https://b.example/1", title="一", via="a"),
        found("https://b.example/2", follow=False),
        found(mine.seed.url),
        found("https://b.example/1", reason="again"),
    ]
    finish(ledger, mine, links=links, at=later(2))
    (got,) = lease(ledger, at=later(2))
    assert (got.seed, got.depth, got.job, got.run) == (links[0].seed, 1, JOB, RUN)
    assert rows(path, "SELECT priority FROM visits WHERE id = ?", got.visit) == [(4,)]
    assert rows(path, "SELECT l.visit, u.key, l.reason FROM links l JOIN urls u ON u.id = l.url ORDER BY u.id") == [
        (mine.visit, mine.seed.key, "in the body"),
        (mine.visit, "https://b.example/1", "in the body"),
        (mine.visit, "https://b.example/2", "in the body"),
    ]


def test_a_dead_link_on_many_pages_is_asked_for_once_a_run(ledger):
    add(ledger, pages(3))
    first, *others = lease(ledger)
    finish(ledger, first, links=[found("https://b.example/dead")])
    finish(ledger, *lease(ledger), Status.GONE)
    for other in others:
        finish(ledger, other, links=[found("https://b.example/dead")])
    assert not lease(ledger)


def test_of_many_ends_a_stale_one_does_not_keep_the_others_out(ledger):
    add(ledger, pages(3))
    one, two, three = lease(ledger)
    ledger.release(two, not_before=NOW)
    ends = [Finish(lease, outcome(lease)) for lease in (one, two, three, one)]
    assert ledger.finish_many(ends, at=NOW) == [True, False, True, False]


def test_what_fails_halfway_leaves_nothing(ledger, path):
    add(ledger, pages(2))
    one, two = lease(ledger)
    before = rows(path, "SELECT * FROM visits, hosts, tallies")
    with pytest.raises(OverflowError):
        ledger.finish_many([Finish(one, outcome(one)), Finish(two, outcome(two), [capture("u", 2**70)])], at=NOW)
    assert rows(path, "SELECT * FROM visits, hosts, tallies") == before
    assert ledger.is_held(one, NOW)


def test_counts_add_up(ledger):
    assert ledger.counts(JOB) == Counts(0, 0, {})
    add(ledger, pages(6))
    add(ledger, pages(2), job="other")
    held = lease(ledger, most=4)
    finish(ledger, held[0])
    finish(ledger, held[1], Status.GONE)
    finish(ledger, held[2], Status.GONE)
    assert ledger.counts(JOB) == Counts(2, 1, {Status.ARCHIVED: 1, Status.GONE: 2})
    ledger.release(held[3], not_before=NOW)
    assert ledger.counts(JOB) == Counts(3, 0, {Status.ARCHIVED: 1, Status.GONE: 2})
    assert ledger.counts("other") == Counts(2, 0, {})


def test_a_hosts_failures_in_a_row_are_counted(ledger, path):
    statuses = [Status.FAILED, Status.FAILED, Status.EXCLUDED, Status.REFUSED, Status.FAILED]
    add(ledger, pages(5))
    failures = []
    for held, status in zip(lease(ledger), statuses, strict=True):
        finish(ledger, held, status)
        failures += rows(path, "SELECT failures, active FROM hosts")
    assert failures == [(1, 4), (2, 3), (2, 2), (0, 1), (1, 0)]


def test_aliases_are_the_keys_of_other_names_and_never_the_own(ledger, path):
    add(ledger, pages(2))
    one, two = lease(ledger)
    finish(ledger, one, final_url=one.seed.url + "#part")
    ledger.finish(
        two,
        outcome(two, final_url="about:blank"),
        [],
        [],
        None,
        at=NOW,
        aliases=["https://a.example/canonical", two.seed.key],
    )
    assert rows(path, "SELECT alias, key FROM aliases") == [("https://a.example/canonical", two.seed.key)]


def test_a_name_belongs_to_the_key_that_took_it_first(ledger):
    assert ledger.reserve_name("x.md", "https://a.example/1", "_posts/X.md")
    assert ledger.reserve_name("x.md", "https://a.example/1", "_posts/X.md")
    assert not ledger.reserve_name("x.md", "https://a.example/2", "_posts/x.md")
    assert not ledger.reserve_name("x.md", "https://a.example/1", "_posts/x.md")
    assert ledger.name_of("https://a.example/1") == "_posts/X.md"
    assert ledger.name_of("https://a.example/2") is None


def test_of_several_names_of_a_key_the_last_counts(ledger):
    assert ledger.reserve_name("x.md", "https://a.example/1", "_posts/x.md", "sha256:edited")
    assert ledger.reserve_name("x-1.md", "https://a.example/1", "_posts/x-1.md")
    assert ledger.name_of("https://a.example/1") == "_posts/x-1.md"
    assert ledger.digest_of("_posts/x.md") == "sha256:edited"


def test_the_digest_of_a_post_is_the_one_of_its_last_outcome(ledger):
    add(ledger, pages(2))
    one, two = lease(ledger)
    ledger.reserve_name("x.md", one.seed.key, "_posts/x.md")
    assert ledger.digest_of("_posts/x.md") is None
    finish(ledger, one, post="_posts/x.md", post_digest="sha256:1")
    assert ledger.digest_of("_posts/x.md") == "sha256:1"
    finish(ledger, two, Status.UNCHANGED, post="_posts/x.md")
    assert ledger.digest_of("_posts/x.md") == "sha256:1"
    assert ledger.digest_of("_posts/y.md") is None
