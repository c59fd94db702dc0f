"""The summary of dying links."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Status
from crawler.core.visit import Outcome
from crawler.work.dying import MAX_LINES, Row, Tally

AT = datetime(2026, 11, 3, tzinfo=UTC)


def tally(*ends: tuple[str, Status]) -> Tally:
    counted = Tally()
    for url, status in ends:
        counted.add(Outcome(url=url, status=status, reason="so", at=AT))
    return counted


def test_every_status_is_counted_once_under_its_host():
    (row,) = tally(*(("https://A.example/x", status) for status in Status)).rows()
    assert row == Row("a.example", alive=2, changed=1, gone=1, refused=1, failed=1, other=3)
    assert row.dying == 3


def test_the_host_with_the_most_dying_links_comes_first():
    gone, alive = Status.GONE, Status.ARCHIVED
    rows = tally(
        ("https://c.example/", alive), ("https://b.example/", gone), ("https://a.example/", Status.FAILED),
        ("https://d.example/", gone), ("https://d.example/2", Status.REFUSED),
    ).rows()  # fmt: skip
    assert [row.host for row in rows] == ["d.example", "a.example", "b.example", "c.example"]


def test_the_table_is_aligned_and_ends_with_the_sum():
    text = tally(
        ("https://a.example/", Status.GONE),
        ("https://long.name.example/", Status.ARCHIVED),
        ("http://[", Status.EXCLUDED),
    ).as_text()
    assert text.splitlines() == [
        "host               alive  changed  gone  refused  failed  other",
        "a.example              -        -     1        -       -      -",
        "(no host)              -        -     -        -       -      1",
        "long.name.example      1        -     -        -       -      -",
        "all 3 hosts            1        -     1        -       -      1",
    ]


def test_of_many_hosts_the_worst_are_shown_and_all_are_summed():
    many = tally(*((f"https://{n}.example/", Status.GONE) for n in range(50)))
    lines = many.as_text().splitlines()
    assert len(lines) == MAX_LINES + 2
    assert lines[-1].split() == ["all", "50", "hosts", "-", "-", "50", "-", "-", "-"]
    assert len(json.loads(many.as_json())["hosts"]) == 50


def test_json_has_a_row_a_host():
    assert json.loads(tally(("https://a.example/", Status.UPDATED)).as_json()) == {
        "hosts": [{"host": "a.example", "alive": 0, "changed": 1, "gone": 0, "refused": 0, "failed": 0, "other": 0}]
    }


def test_nothing_is_nothing():
    assert tally().as_text() == ""
    assert tally().rows() == []


@given(st.lists(st.tuples(st.text(), st.sampled_from(Status))))
def test_no_url_breaks_the_summary(ends):
    counted = tally(*ends)
    assert sum(row.alive + row.changed + row.dying + row.other for row in counted.rows()) == len(ends)
    assert "\x1b" not in counted.as_text()
    assert len(counted.as_json().splitlines()) == 1
