"""What a page draws or marks up amid its words, in the text and in the body: faces, formulas, readings, fields, dates."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article
from crawler.extraction import extract
from crawler.extraction.body.spoken import speak
from tests.extraction.pages import PROSE, URL, article, page, tree

BEFORE, BEHIND = "The engineers of the town saw the water", "stand still, and nobody could say when it would flow."


def read(amid: str) -> tuple[str, str]:
    """The text and the body, from the sentence on that something stands amid."""
    html = article(f"<p>{BEFORE} {amid} {BEHIND}</p><p>{'The mill and its wheel. ' * 9}</p>")
    found = extract(html, URL)
    assert isinstance(found, Article)
    return found.text[found.text.index(BEFORE) :], found.html[found.html.index(BEFORE) :]


@pytest.mark.parametrize(
    ("amid", "said"),
    [
        ("<img class='emoji' alt='😀' src='/e/1f600.png'>", "😀"),
        ("<img class='wp-smiley' alt=':-)' src='/s.gif'>", ":-)"),
        ("<img alt='😀' src='https://x.example/images/core/emoji/72x72/1f600.png'>", "😀"),
    ],
)
def test_a_face_is_the_sign_that_it_stands_for(amid: str, said: str) -> None:
    text, body = read(amid)
    assert text.startswith(f"{BEFORE} {said} {BEHIND}")
    assert body.startswith(f"{BEFORE} {said} {BEHIND}")


MATH = "<math><semantics><mrow><mi>x</mi></mrow><annotation encoding='application/x-tex'>x^2</annotation></semantics></math>"


@pytest.mark.parametrize(
    "amid",
    [
        MATH,
        "<math alttext='x^2'><mi>x</mi></math>",
        "<math alttext='{\\displaystyle x^2}'><mi>x</mi></math>",
        f"<span class='katex'><span class='katex-mathml'>{MATH}</span><span class='katex-html' aria-hidden='true'>x2</span></span>",
        f"<span class='mwe-math-element'><span style='display: none'>{MATH}</span><img alt='x' class='mwe-math-fallback-image-inline' src='/m.svg'></span>",
        "<img class='latex' alt='x^2' src='https://s0.example/latex.php?latex=x%5E2'>",
        "<span class='MathJax_Preview'>x2</span><script type='math/tex'>x^2</script>",
        f"<mjx-container><svg></svg><mjx-assistive-mml>{MATH}</mjx-assistive-mml></mjx-container>".replace(
            "<mjx-container>", "<mjx-container class='MathJax'>"
        ),
    ],
)
def test_a_formula_is_its_source(amid: str) -> None:
    text, body = read(amid)
    assert text.startswith(f"{BEFORE} x^2 {BEHIND}")
    assert "<code>x^2</code>" in body
    assert "x2" not in body


@pytest.mark.parametrize("name", ["katex", "mathjax", "MathJax_Process", "mwe-math-element", "tex2jax mathjax_on"])
@pytest.mark.parametrize("tag", ["div", "span"])
def test_an_article_in_a_box_that_is_named_after_formulas_stays(tag: str, name: str) -> None:
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    for amid in (MATH, MATH + MATH, "<img class='latex' alt='x^2' src='/latex.php'>"):
        found = extract(page(f"<{tag} class='{name}'>{prose}<p>{BEFORE} {amid} {BEHIND}</p></{tag}>"), URL)
        assert isinstance(found, Article)
        assert PROSE[3] in found.text
        assert f"{BEFORE} x^2" in found.text


def test_a_formula_without_a_source_is_what_stands_in_it() -> None:
    assert read("<math><mi>x</mi><mo>=</mo><mn>2</mn></math>")[0].startswith(f"{BEFORE} x=2 {BEHIND}")


@pytest.mark.parametrize(
    ("amid", "said"),
    [
        ("at the 川<ruby>川<rp>(</rp><rt>かわ</rt><rp>)</rp></ruby>", "at the 川川 "),
        ("<ruby><rb>川</rb><rt>かわ</rt></ruby>", "川 "),
        ("<input type='text' value='x'>", ""),
        ("<img src='/i.png' width='16' height='16' alt='x'>", ""),
        ("on <time datetime='2024-05-12'>12 May</time>", "on 12 May "),
    ],
)
def test_a_sentence_goes_on_behind_what_is_no_word_of_it(amid: str, said: str) -> None:
    assert read(amid)[0].startswith(f"{BEFORE} {said}{BEHIND}")


@pytest.mark.parametrize(
    "block",
    [
        "<div class='x'></div>",
        "<hr>",
        "<div><img src='/a.jpg' width='800' height='600'></div>",
        "<ul><li>One thing of many</li></ul>",
        "<center>x</center>",
    ],
)
def test_a_sentence_goes_on_behind_a_block_that_html_allows_in_no_paragraph(block: str) -> None:
    text, body = read(block)
    assert BEHIND in text
    assert BEHIND in body


def test_words_of_a_box_behind_a_sentence_that_has_ended_are_none_of_the_text() -> None:
    html = article(f"<p>{BEFORE} stand still.</p><div></div>tags, rivers<p>{'The mill and its wheel. ' * 9}</p>")
    found = extract(html, URL)
    assert isinstance(found, Article)
    assert "tags, rivers" not in found.text


def test_who_said_what_is_quoted_and_what_a_table_shows_stay() -> None:
    quote = "<blockquote><p>We never saw it like this.</p><footer>— <cite>Ann O</cite></footer></blockquote>"
    table = "<table><caption>Water of the year</caption><tr><td>May</td><td>12</td></tr></table>"
    text, body = read(f"</p>{quote}{table}<p>")
    assert "— Ann O" in text
    assert "<cite>Ann O</cite>" in body
    assert "<caption>Water of the year</caption>" in body


@pytest.mark.parametrize(
    "handle",
    [
        "<a class='anchor' href='#said'>#</a>",
        "<a href='#said'>¶</a>",
        "<a href='#said'>\u200b</a>",
        "<a class='headerlink' href='#said'>\uf0c1</a>",
        "<a href='#said'></a>",
        "<span class='mw-editsection'>[<a href='/edit'>edit</a>]</span>",
    ],
)
def test_the_handle_of_a_heading_is_no_word_of_it(handle: str) -> None:
    text, body = read(f"</p><h2 id='said'>What the mayor said{handle}</h2><p>")
    assert "What the mayor said\n" in text
    assert "What the mayor said</h2>" in body


def test_what_leads_to_a_heading_from_behind_is_no_line() -> None:
    text, body = read(
        "</p><h2 id='said'>What he said</h2><a href='#said'><span>Section titled “What he said”</span></a><p>"
    )
    assert "Section" not in text
    assert "Section" not in body


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_words_of_a_picture_break_it(alt: str, class_: str, src: str) -> None:
    root = tree("<html><body><p>a<img>b<math><mi>c</mi></math>d</p></body></html>")
    image = next(root.iter("img"))
    for name, value in (("alt", alt), ("class", class_), ("src", src)):
        image.set(name, "".join(one for one in value if one.isprintable()))
    speak(root)
    assert root.text_content().startswith("a")
    assert root.text_content().endswith("bcd")


@pytest.mark.parametrize(
    "markup",
    [
        "<span class='katex'>" * 200 + "<math>x</math>" * 20_000,
        "<math>" * 200 + "x",
        "<img class='emoji' alt='x' src='/y'>" * 60_000,
        "<script type='math/tex'>x</script>" * 60_000,
    ],
)
def test_a_hostile_number_costs_what_its_size_costs(markup: str) -> None:
    root = tree(f"<html><body><p>{markup}</p></body></html>")
    start = time.process_time()
    speak(root)
    assert time.process_time() - start < 3
