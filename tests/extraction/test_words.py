"""An expression that is not asked would not have matched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction.body.text import vocabulary
from crawler.extraction.body.text.words import MAX_CHARACTERS, Words

WORDS = {"classes": vocabulary.CLASSES, "ids": vocabulary.IDS}
ASKED = [(kind, name) for kind, words in WORDS.items() for name in words.entries]
ASCII = st.characters(codec="ascii")


def whole(kind: str, name: str) -> re.Pattern[str]:
    return re.compile("|".join(WORDS[kind].entries[name].values()))


@pytest.mark.parametrize(("kind", "name"), ASKED)
@settings(max_examples=100)
@given(data=st.data())
def test_what_an_expression_matches_holds_its_letters(kind: str, name: str, data: st.DataObject) -> None:
    expression = whole(kind, name)
    text = data.draw(st.from_regex(expression, alphabet=ASCII).filter(lambda text: len(text) <= MAX_CHARACTERS))
    assert expression.search(text)
    assert name in WORDS[kind].said(text)


@pytest.mark.parametrize(("kind", "name"), ASKED)
@given(text=st.text(alphabet="abcdeimnorstux-_ ", max_size=30))
def test_the_answer_is_that_of_the_expression(kind: str, name: str, text: str) -> None:
    assert (name in WORDS[kind].said(text)) == bool(whole(kind, name).search(text))


def test_a_name_is_looked_through_as_far_as_anybody_means_it() -> None:
    words = Words({"far": {"riv": "river"}})
    assert words.said("x" * (MAX_CHARACTERS - 5) + "river") == {"far"}
    assert words.said("x" * MAX_CHARACTERS + "river") == frozenset()


@given(text=st.text())
def test_no_name_raises(text: str) -> None:
    assert vocabulary.CLASSES.said(text) <= set(vocabulary.CLASSES.entries)


def test_letters_are_three_in_lower_case() -> None:
    with pytest.raises(ValueError, match="river"):
        Words({"wrong": {"river": "river"}})
    with pytest.raises(ValueError, match="Riv"):
        Words({"wrong": {"Riv": "River"}})
