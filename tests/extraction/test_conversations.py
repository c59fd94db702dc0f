"""What stands where comments stand is of the article where the page's own authors alone speak there."""

from __future__ import annotations

import pytest

from crawler.core.model import Article
from crawler.extraction import extract
from tests.extraction.lines import LONG
from tests.extraction.pages import URL, page

QUESTION = f"<p>{LONG[0]}</p><p>What should the town do about its river? Three people who know it answer.</p>"
PEOPLE = ("Ada Brook", "Ben Weir", "Cleo Ford")


def contribution(name: str, said: str, *, by: str) -> str:
    return (
        f'<article class="comment {by}"><h3><a href="/people/{name.split(maxsplit=1)[0].lower()}">{name}</a></h3>'
        f'<div class="field-name-comment-body"><p>{said}</p></div></article>'
    )


def conversation(*by: str) -> str:
    said = (contribution(name, said, by=one) for name, said, one in zip(PEOPLE, LONG[1:], by, strict=False))
    return page(
        f"<h1>What next for the river?</h1>{QUESTION}"
        f'<div class="comment-wrapper" id="comments"><h2 class="title">Comments</h2>{"".join(said)}</div>'
    )


def text(html: str) -> list[str]:
    found = extract(html, URL)
    assert isinstance(found, Article)
    return found.text.splitlines()


@pytest.mark.parametrize("own", ["comment-by-node-author", "bypostauthor"])
def test_a_conversation_is_read_with_who_says_what(own: str) -> None:
    found = text(conversation(own, own, own))
    assert found[2:] == [line for pair in zip(PEOPLE, LONG[1:], strict=False) for line in pair]


@pytest.mark.parametrize(
    "by",
    [
        ("comment-by-node-author", "comment-by-anonymous", "comment-by-node-author"),
        ("comment-by-node-author",),
        ("comment-by-anonymous",) * 3,
    ],
    ids=["answers to a reader", "a single note", "readers"],
)
def test_other_comments_are_none_of_the_article(by: tuple[str, ...]) -> None:
    assert not set(LONG[1:]) & set(text(conversation(*by)))


def test_contributions_in_contributions_end_no_reading() -> None:
    nested = contribution(PEOPLE[0], LONG[1], by="bypostauthor")
    for name, said in zip(PEOPLE[1:], LONG[2:], strict=False):
        nested = contribution(name, f"{said}{nested}", by="bypostauthor")
    heading = "<h2>One <h2>Two</h2></h2>"
    assert LONG[1] in text(page(f"<h1>What next?</h1>{QUESTION}<div id='comments'>{heading}{nested}</div>"))
