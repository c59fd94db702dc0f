"""The questions that every reader asks of texts: their quick answers are those of the plain expressions."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from crawler.extraction.body.runs import bare
from crawler.extraction.tree import folded, text_of

_STRANGE = st.sampled_from(" \t\n\x1c\x85\xa0\u2003\u2028\u3000_-—。é漢'\ud800")
TEXTS = st.text() | st.lists(_STRANGE | st.sampled_from("ab1")).map("".join)


@given(TEXTS)
def test_only_white_space_that_browsers_fold_is_folded(text: str) -> None:
    text = re.sub(r"[\x1c-\x1f]", "", text)  # controls: no decoded page has them
    assert folded(text) == re.sub(r"[ \t\n\r\f\v\xa0]+", " ", text).strip()


def test_an_ideographic_space_stays_within_a_text() -> None:
    assert folded("\n前\u3000後  一\xa0二 ") == "前\u3000後 一 二"


@given(TEXTS)
def test_bare_keeps_letters_and_digits_of_every_script_and_nothing_else(text: str) -> None:
    assert bare(text) == "".join(re.findall(r"[^\W_]+", text))


def test_the_text_of_an_element_is_all_that_stands_in_it() -> None:
    for markup, text in (("<p></p>", ""), ("<p> one </p>", "one"), ("<p>one <b>two</b>\n three</p>", "one two three")):
        assert text_of(fragment_fromstring(markup)) == text
