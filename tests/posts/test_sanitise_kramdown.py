"""kramdown parses a post's body by rules of its own and writes it anew: what it shows must be what was sanitised."""

from __future__ import annotations

import json
import os
import random
import subprocess

import pytest
from lxml import html

from crawler.posts import sanitise
from crawler.posts.allowed import TAGS, is_allowed
from tests.judges import need

OPENED = (
    "p", "b", "div", "pre", "code", "table", "tr", "td", "ul", "li", "blockquote", "q", "del", "ruby", "rt", "details", "h1",
    "script", "style", "svg", "math", "mtext", "iframe", "form", "noscript", "title", "textarea", "template", "o:p", "x-y",
)  # fmt: skip
CLOSED = (
    "p",
    "b",
    "div",
    "pre",
    "td",
    "table",
    "ul",
    "a",
    "span",
    "script",
    "style",
    "svg",
    "title",
    "textarea",
    "form",
    "h1",
)
PIECES = (
    *(f"<{name}>" for name in OPENED),
    *(f"</{name}>" for name in CLOSED),
    *("<br>", "<br/>", "<hr>", "<p/>", "<div/>", "<!--", "-->", "<![CDATA[", "]]>", "<?php", "?>", "<!DOCTYPE html>"),
    *("<a href='https://example.org/?a=1&copy=2&amp;b'>", "<a href=javascript:alert(1)>", '<a title="</div><script>">'),
    *('<img src="https://example.org/a.png" alt="&quot;>{{<script>">', "<img src=x onerror=alert(1)>"),
    *('<span data-x="&lt;img src=x onerror=1&gt;">', '<p data-a="{{">', "<p title='a\"b'>", "<p title='a>b<c'>"),
    *('<p class="a\\b">', "<p title=\"a--b 'c' `d` *e*\">", '<p id="&#10;&#10;x">', '<a title="\n\n">'),
    *('<p markdown="1">', '<div markdown="span">', '<video poster=javascript:x src="https://example.org/v">'),
    *("{{", "{%", "%}", "}}", "{", "%", "&#123;", "&#123;%", "&lt;script&gt;", "&amp;lt;", "&nbsp;", "&", "<", ">"),
    *('"', "'", "\n", "\n\n", "\r\n", "\t", "    ", "\x00", "\x0b", "\x0c", "\x85", "\u2028", "字", "text ", "=", "/"),
    *("# 甲", "* ", "- a", "1. ", "| a | b |\n|---|---|\n", "```\n", "~~~\n", "$$", "`", "\\", "*x*", "_y_"),
    *("[l](javascript:x)", '{: onclick="x"}', "{::nomarkdown}", "{::comment}", "{:/}", "[^1]", "*[x]: y"),
    '{::options parse_block_html="true" /}',
)
SHOWN_BY_KRAMDOWN = (
    "puts JSON.generate(JSON.parse(STDIN.read).map { |text| Kramdown::Document.new(text, input: 'GFM').to_html })"
)
SOUPS = 600
Shape = list[tuple[str, list[tuple[str, str]]]]


def soups() -> list[str]:
    draw = random.Random(1)  # the same on every run: a failure can be looked at
    return ["".join(draw.choices(PIECES, k=draw.randint(1, 25))) for _ in range(SOUPS)]


def main_of(page: str) -> html.HtmlElement:
    main = html.document_fromstring(f"<html><body><main>{page}</main></body></html>").find(".//main")
    assert main is not None
    return main


def shape(element: html.HtmlElement) -> Shape:
    return [(str(one.tag), sorted(map(tuple, one.attrib.items()))) for one in element.iter()]


@pytest.mark.judge
def test_kramdown_shows_of_any_tag_soup_what_the_sanitiser_left() -> None:
    need("jekyll")  # kramdown comes with it
    bodies = [f"<div>\n{sanitise(soup)}\n</div>\n" for soup in soups()]
    done = subprocess.run(
        ["ruby", "-rjson", "-rkramdown", "-rkramdown-parser-gfm", "-e", SHOWN_BY_KRAMDOWN],
        input=json.dumps([f"[a](https://example.org/)\n------\n\n{body}" for body in bodies]).encode(),
        stdout=subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        timeout=100,
        check=True,
    )
    for soup, body, page in zip(soups(), bodies, json.loads(done.stdout), strict=True):
        shown, made = main_of(page), main_of(body)
        assert [child.tag for child in shown] == ["h2", "div"], soup
        assert shape(shown[1]) == shape(made[0]), soup
        assert shown[1].text_content().split() == made[0].text_content().split(), soup


def test_no_tag_soup_leaves_more_than_is_allowed() -> None:
    for soup in soups():
        clean = sanitise(soup)
        assert sanitise(clean) == clean
        for element in main_of(f"<div>{clean}</div>")[0].iter():
            assert element.tag in TAGS, (soup, element.tag)
            for name, value in element.attrib.items():
                assert is_allowed(str(element.tag), name), (soup, name)
                assert name not in {"href", "src", "poster"} or value.startswith(("https:", "x")), (soup, value)
