"""When a block is known, and how hints name it."""

import pytest

from crawler.core.memory import MAX_KNOWN, MIN_PAGES, blocks, hint, known, naming, once, texts, told

BOX, ROW = "b" * 16, "c" * 16


def page(number: int, *more: str) -> tuple[str, ...]:
    return (*more, *(f"{number:015x}{word}" for word in range(3)))


def test_a_block_is_known_from_so_many_pages_on_and_said_often_by_most():
    few = [page(number, BOX) for number in range(MIN_PAGES - 1)]
    assert known(few) == ()
    assert known([*few, page(9, BOX, BOX)]) == (hint(BOX, often=True),)
    assert known([*few, page(9, BOX), *(page(number) for number in range(20, 30))]) == (hint(BOX, often=False),)


def test_the_most_frequent_are_kept_and_the_order_of_pages_does_not_matter():
    rows = [f"{number:016x}" for number in range(MAX_KNOWN + 50)]
    pages = [(*rows, BOX) for _ in range(MIN_PAGES)] + [(BOX,)]
    assert len(known(pages)) == MAX_KNOWN
    assert hint(BOX, often=True) in known(pages)
    assert known(pages) == known(pages[::-1])


@pytest.mark.parametrize(
    "text", ["block:", f"block:{BOX}-", f"block:{BOX.upper()}", f" block:{BOX}", f"block:{BOX}\n", f"block:{BOX}0"]
)
def test_what_only_resembles_a_block_is_a_text(text):
    assert texts([text]) == (text,)
    assert blocks([text]) == {}


def test_a_title_that_names_a_block_is_no_hint():
    hints = told(f"block:{BOX}", [hint(ROW, often=True)])
    assert hints == (f"block:{ROW}+",)
    assert told(None, ()) == told("", ()) == ()
    assert naming(told("A title", hints)) == hints
    assert blocks(hints) == {ROW: True}


def test_one_article_under_several_addresses_counts_once():
    article = page(1, BOX)
    assert once([("A", article), ("A", (*article, ROW)), ("B", article)]) == [article]
    assert once([("", article), ("", (*article, ROW))]) == [article, (*article, ROW)]
    assert len(once([("The Courier", page(number, BOX)) for number in range(3)])) == 3
