"""Pages that are wide and deep at once: what is counted once gives what counting at every element gave."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import SubElement, _Element
from lxml.html import HtmlElement, fragment_fromstring

from crawler.core.model import Article
from crawler.extraction import extract
from crawler.extraction.body.around import common as common_of
from crawler.extraction.body.around import with_ancestors
from crawler.extraction.body.placed import MAIN_SHARE
from crawler.extraction.body.runs import Run
from crawler.extraction.tree import MAX_ATTRIBUTES, heart
from tests.extraction.pages import URL, article

LATE = "The ferry that was meant to leave at seven stayed where it was until the storm had passed over."


@st.composite
def trees(draw: st.DrawFn) -> list[HtmlElement]:
    """The elements of a tree: each stands in one of those before it."""
    made = [fragment_fromstring("<div></div>")]
    for number in draw(st.lists(st.integers(0, 40), max_size=40)):
        made.append(SubElement(made[-1 - number % min(len(made), 5)], draw(st.sampled_from(["div", "p", "li"]))))
    return made


@st.composite
def some(draw: st.DrawFn) -> list[_Element]:
    made = draw(trees())
    return [made[number % len(made)] for number in draw(st.lists(st.integers(0, 40), min_size=1, max_size=12))]


@given(some())
def test_the_smallest_element_that_holds_all_is_found(owners: list[_Element]) -> None:
    common = [set(chain([one], one.iterancestors())) for one in owners]
    path = [one for one in chain([owners[0]], owners[0].iterancestors()) if all(one in above for above in common)]
    alone = path[0].tag in {"p", "li", "td"} and len(path) > 1
    assert common_of(owners) is (path[1] if alone else path[0])
    assert with_ancestors(owners) == set.union(*common)


@given(some(), st.data())
def test_the_element_that_holds_nearly_all_text_is_found(owners: list[_Element], data: st.DataObject) -> None:
    runs = [Run(owner, "x" * data.draw(st.integers(1, 30))) for owner in owners]
    weight: dict[_Element, int] = {}
    for run in runs:
        for element in (run.owner, *run.owner.iterancestors()):
            weight[element] = weight.get(element, 0) + len(run.bare)
    heavy = [element for element, size in weight.items() if size >= MAIN_SHARE * max(weight.values())]
    weights = ((run.owner, len(run.bare)) for run in runs)
    assert heart(weights, MAIN_SHARE) is max(heavy, key=lambda element: len(list(element.iterancestors())))


def test_no_text_stands_nowhere() -> None:
    assert heart((), MAIN_SHARE) is None


@pytest.mark.parametrize("given", [MAX_ATTRIBUTES, MAX_ATTRIBUTES + 1, 5_000])
def test_of_more_attributes_than_any_page_has_the_first_are_read(given: int) -> None:
    attributes = [f'a{number}="{number}"' for number in range(given)]
    found = extract(article(f"<p {' '.join(attributes)}>{LATE}</p>"), URL)
    assert isinstance(found, Article)
    assert f"<p {' '.join(attributes[:MAX_ATTRIBUTES])}>{LATE}</p>" in found.html


@pytest.mark.parametrize("name", ["{x", "{x}y", "{}", "{{x}}", "a:b", "@click", "\x01", "é"])
@pytest.mark.parametrize("given", [0, MAX_ATTRIBUTES])
def test_no_name_of_an_attribute_ends_the_reading(name: str, given: int) -> None:
    attributes = " ".join(f'a{number}="{number}"' for number in range(given))
    found = extract(article(f"<p {name}=1 {attributes}>{LATE}</p>"), URL)
    assert isinstance(found, Article)
    assert LATE in found.html
