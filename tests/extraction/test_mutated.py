"""Pages of every structure, damaged at random, as copies and broken programs leave them: each is read or refused."""

from __future__ import annotations

import random
import re

import pytest

from crawler.core.model import Article
from crawler.extraction import extract
from tests.extraction.floor.case import cases
from tests.extraction.pages import PROSE, URL, article

SEEDS = 20
_TAG = re.compile(rb"<[a-z1-6]+")
_TAGS = (
    b"<div",
    b"<span",
    b"<p",
    b"<a",
    b"<h1",
    b"<td",
    b"<math",
    b"<blockquote",
    b"<time",
    b"<img",
    b"<template",
    b"<b",
)
_PIECES = (
    *(b"<", b">", b"</div>", b"<table>", b"<math>", b"<title>", b"<noscript>", b"<!--", b"]]>", b"&#3;", b"&#x1F;"),
    *(b"<b<p>", b"<p {a}='1'>", b'<p a"b=1>', b"<ruby><rt>", b"<svg><title>", b"<img class=emoji alt=x>", b"\xff\xfe"),
)


def damaged(page: bytes, seed: int) -> bytes:
    """The page with up to a dozen pieces gone, moved, turned, repeated or put in."""
    chance, found = random.Random(seed), bytearray(page)
    for _ in range(chance.randint(1, 12)):
        start = chance.randrange(len(found) + 1)
        end = min(len(found), start + chance.randint(1, 400))
        match chance.randrange(6):
            case 0:
                del found[start:end]
            case 1:
                found[start:start] = found[chance.randrange(len(found) + 1) :][:400]
            case 2:
                found[start:start] = chance.choice(_PIECES) * chance.choice((1, 1, 1, 50))
            case 3:
                found[start:end] = found[start:end][::-1]
            case 4 if tags := list(_TAG.finditer(found)):
                tag = chance.choice(tags)
                found[tag.start() : tag.end()] = chance.choice(_TAGS)
            case _:
                found[start : start + 3] = bytes(chance.randrange(256) for _ in range(3))
    return bytes(found)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_damaged_page_is_read_or_refused(seed: int) -> None:
    for number, case in enumerate(cases()):
        body = damaged(case.body, seed * 1_000 + number)
        found = extract(body, case.url, case.content_type)
        assert isinstance(found, Article) or found.reason


@pytest.mark.parametrize("name", ["b<p", 'b"x', "b'x", "b&x", "b{x}", 'prots"=ssalc'])
def test_a_tag_of_no_name_stays_as_a_mere_span(name: str) -> None:
    found = extract(article(f"<p>They saw <{name}>the wheel</{name}> of the old mill stand still that day.</p>"), URL)
    assert isinstance(found, Article)
    assert "the wheel" in found.html
    assert PROSE[3] in found.html


@pytest.mark.parametrize("name", ["a<b", 'a"b', "a'b", "{a}b", "a{b", "=", "a&b"])
def test_an_attribute_of_no_name_goes(name: str) -> None:
    found = extract(article(f"<p {name}='1' id='x'>They saw the wheel of the old mill stand still that day.</p>"), URL)
    assert isinstance(found, Article)
    assert "They saw the wheel" in found.html


@pytest.mark.parametrize(
    ("reference", "left"),
    [
        *(("&#3;", ""), ("&#003;", ""), ("&#x3;", ""), ("&#X1f;", ""), ("&#31 ", " "), ("&#8;", ""), ("&#xFFFF;", "")),
        *(("&#11;", " "), ("&#xB;", " "), ("&#12;", " "), ("&#&#3;3;", " "), ("&#9;", " "), ("&#10;", " ")),
        *(
            ("&#33;", "!"),
            ("&#x21;", "!"),
            ("&#110;", "n"),
            ("&#8212;", "—"),
            ("&amp;#3;", "&#3;"),
            ("&#65533;", "\ufffd"),
        ),
    ],
)
def test_a_reference_to_a_control_is_none(reference: str, left: str) -> None:
    line = "They saw the wheel{}of the old mill stand still that day."
    found = extract(article(f"<p title='{reference}'>{line.format(reference)}</p>"), URL)
    assert isinstance(found, Article)
    assert line.format(left) in found.text
