"""What a run's report says of traps."""

from __future__ import annotations

from crawler.core.model import Status
from crawler.core.visit import FoundLink
from crawler.ledger import Ledger
from crawler.ledger.trapped import trapped
from tests.ledger.samples import NOW, RUN, add, finish, lease, outcome, pages, seed


def link(number: int, reason: str) -> FoundLink:
    return FoundLink(seed(f"https://a.example/link/{number}"), f"in the body; not followed: {reason}", follow=False)


def test_traps_are_counted_by_kind_each_link_once_and_those_that_were_found_out_late(tmp_path):
    path = tmp_path / "permapress.db"
    with Ledger(path) as ledger:
        add(ledger, pages(3))
        one, two, three = lease(ledger)
        links = [link(1, "trap: calendar: a day"), link(2, "trap: token: x"), link(3, "it leaves the page's site")]
        finish(ledger, one, links=links)
        finish(ledger, two, links=links[:1])
        late = outcome(three, Status.EXCLUDED)
        assert ledger.finish(three, type(late)(late.url, late.status, "trap: copies: 5", NOW), [], [], None, at=NOW)
    assert trapped(path, RUN) == {"calendar": 1, "token": 1, "copies": 1}
    assert trapped(path, "another") == {}
