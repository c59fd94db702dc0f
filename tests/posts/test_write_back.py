"""What is written is read back by our own reader, whatever it says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from crawler.core.model import Post
from crawler.posts import read_post, write_post
from tests.posts.words import TITLES

if TYPE_CHECKING:
    import pytest

    from crawler.core.model import FrontValue

KINDS = ("title", "author", "description", "image")
SYNTAX = st.text(st.sampled_from("aZ0 -:#,[]{}&*!|>'\"%@`?=<~.\\/\n\r\t\0\x85\xa0\u2028\ufeff\ue000字😀_"), max_size=12)
TEXT = st.text(st.characters(exclude_categories=["Cs"])) | SYNTAX | st.sampled_from(TITLES)


def post(text: str) -> Post:
    """A post in whose every kind of field the text stands."""
    fields: tuple[tuple[str, FrontValue], ...] = (
        *((kind, text) for kind in KINDS),
        ("tags", (text, "and", text)),
        ("related", (text,)),
    )
    return Post(path="2026-01-02-a.md", fields=fields, body="body")


@given(text=TEXT, texts=st.lists(TEXT, max_size=4).map(tuple), flag=st.booleans(), body=TEXT)
@example(text="---", texts=("", "---"), flag=True, body="---\n---\n")
def test_whatever_a_post_says_our_reader_gives_back(
    tmp_path_factory: pytest.TempPathFactory, text: str, texts: tuple[str, ...], body: str, *, flag: bool
) -> None:
    written = replace(post(text), fields=(*post(text).fields, ("more", texts), ("comments", flag)), body=body)
    found = read_post(write_post(written, tmp_path_factory.getbasetemp()))
    assert (found.fields, found.body, found.warnings) == (written.fields, body, ())
