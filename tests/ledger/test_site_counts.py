"""What sites repeat is counted as pages come and go: always as if all were counted anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.core import memory
from crawler.core.visit import Finish, Said
from crawler.ledger import Ledger
from crawler.ledger.site_memory import MAX_SITES
from tests.ledger.samples import NOW, add, lease, outcome, seed

PRINTS = st.lists(st.sampled_from([f"{number:016x}" for number in range(6)]), min_size=1, max_size=5)
PAGES = st.lists(st.tuples(st.integers(0, 5), st.sampled_from("ab"), PRINTS), max_size=14)


def read(ledger: Ledger, run: int, url: str, blocks: list[str]) -> None:
    add(ledger, [seed(url)], run=f"{run}", job="j", at=NOW, again=True)
    (one,) = lease(ledger, jobs=["j"], at=NOW, per_host=9, delay_s=0)
    said = Said(url, f"Title {url} {run}", tuple(dict.fromkeys(blocks)), ())
    assert ledger.finish_many([Finish(one, outcome(one), said=said)], at=NOW) == [True]


@given(pages=PAGES)
def test_a_ledger_that_was_asked_all_along_says_what_a_new_one_says(tmp_path_factory, pages) -> None:
    path = tmp_path_factory.mktemp("counts") / "ledger.db"
    with Ledger(path) as ledger:
        for run, (number, site, blocks) in enumerate(pages):
            read(ledger, run, f"https://{site}.example/{number}", blocks)
            for one in "ab":
                new = f"https://{one}.example/new"
                with Ledger(path) as other:
                    assert ledger.boilerplate(new, new) == other.boilerplate(new, new)


def test_counts_of_many_sites_do_not_pile_up(tmp_path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        for number in range(MAX_SITES + 5):
            url = f"https://site{number}.example/new"
            assert ledger.boilerplate(url, url) == ()
        for page in range(memory.MIN_PAGES):
            read(ledger, page, f"https://site0.example/{page}", ["a" * 16, f"{page:016x}"])
        url = "https://site0.example/new"
        assert ledger.boilerplate(url, url) == (f"block:{'a' * 16}+",)
