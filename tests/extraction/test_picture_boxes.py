"""A caption that nothing calls so stands by its picture, and not among the article's words."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from crawler.core.model import Article
from crawler.extraction import extract

URL = "https://news.example/2024/05/06/river.html"
IMAGE = '<img src="/media/boat.jpg" width="800" height="533" alt="">'
CAPTION = "A boat lies on the bank of the Green River near the old mill on Monday."
BOXES = {
    "a box": f'<div class="content-image">{IMAGE}<p>{CAPTION} <span>Ann O’Hara</span></p></div>',
    "its name's second half": f'<div class="textbild textbild--wide"><div>{IMAGE}</div><div class="textbild__info"><p>{CAPTION}</p></div></div>',
    "a slide of one": f'<ul class="gallery"><li class="img item">{IMAGE}<span>{CAPTION}</span></li></ul>',
    "breaks": f'<div class="image">{IMAGE}<br>{CAPTION}<br><i>Photo: Ann O’Hara</i></div>',
    "two lines": f'<div class="blog--image">{IMAGE}<p class="lead">{CAPTION}</p><p class="image--author">Ann O’Hara</p></div>',
    "two rows": f'<table align="right"><tr><td>{IMAGE}</td></tr><tr><td>{CAPTION}</td></tr></table>',
}


def read(markup: str, *, first: bool = False) -> Article:
    said = [
        f"<p>The river has run through the town for {years} hundred years, says the mayor.</p>" for years in range(2, 9)
    ]
    said.insert(0 if first else 4, markup)
    found = extract(f"<html><body><article><h1>The river</h1><div>{''.join(said)}</div></article></body></html>", URL)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("first", [False, True], ids=["amid the text", "before it"])
@pytest.mark.parametrize("markup", BOXES.values(), ids=BOXES)
def test_what_stands_in_a_pictures_own_box_is_its_caption(markup: str, *, first: bool) -> None:
    article = read(markup, first=first)
    assert CAPTION in article.images[0].caption
    assert CAPTION not in article.text
    assert "O’Hara" not in article.text
    assert article.html.count(CAPTION) == 1


CREDITED = "10月4日，渡船开往对岸。 通讯员王小明 摄"


def test_a_line_under_a_picture_that_names_who_made_it_is_its_caption() -> None:
    article = read(f"<center>{IMAGE}</center><p><font>{CREDITED}</font></p>")
    assert CREDITED in article.images[0].caption
    assert CREDITED not in article.text
    assert article.html.count(CREDITED) == 1
    assert CREDITED in read(f"<p>{CREDITED}</p>{IMAGE}").text


def test_lines_under_pictures_that_tell_the_story_are_its_text() -> None:
    told = "".join(f"<p>{IMAGE.replace('boat', f'boat{n}')}</p><p>{n} {CREDITED * 3}</p>" for n in range(9))
    assert read(told).text.count(f"{CREDITED * 3}") == 9


@pytest.mark.parametrize(
    "markup",
    [
        f"<table><tr><td>{IMAGE}</td><td>{CAPTION}</td></tr></table>",
        f'<div class="images">{IMAGE}<p>{CAPTION}</p>{IMAGE.replace("boat", "mill")}</div>',
        f'<div class="picture">{IMAGE}<h3>The mill</h3></div><p>{CAPTION}</p>',
        f'<div class="picture"><img src="/icon.png" width="16" height="16"><p>{CAPTION}</p></div>',
    ],
)
def test_what_is_told_beside_pictures_stays_text(markup: str) -> None:
    assert CAPTION in read(markup).text


def test_a_page_that_is_a_picture_and_its_caption_has_that_text() -> None:
    page = f'<html><body><article><h1>The river</h1><div class="photo">{IMAGE}<p>{CAPTION}</p></div></article></body></html>'
    article = extract(page, URL)
    assert isinstance(article, Article)
    assert CAPTION in article.text


def test_the_footer_of_a_figure_is_its_caption() -> None:
    (image,) = read(f"<figure>{IMAGE}<footer>{CAPTION}</footer></figure>").images
    assert image.caption == CAPTION


@pytest.mark.parametrize(
    "markup",
    [
        f'<div class="teaser-image"><picture>{IMAGE}</picture><span class="a-caption__x1">{CAPTION}</span><span class="a-photo__author">Ann O’Hara</span></div>',
        f'<figure>{IMAGE}<div><p class="fig__caption__text">{CAPTION}</p><div class="fig__caption__meta">Ann O’Hara</div></div></figure>',
        f'<figure>{IMAGE}<figcaption><span class="text">{CAPTION}</span><span class="bildquelle">Ann O’Hara</span></figcaption></figure>',
    ],
)
def test_who_made_a_picture_is_read_beside_its_caption(markup: str) -> None:
    (image,) = read(markup).images
    assert (image.caption.removesuffix(" Ann O’Hara"), image.credit or image.caption[-10:]) == (CAPTION, "Ann O’Hara")


@pytest.mark.parametrize(
    "box",
    [
        f'<figure><div><span class="c1">Press enter or click to view image in full size</span><div>{IMAGE}</div></div></figure>',
        f'<figure><div>{IMAGE}<a href="/media/boat-large.jpg">Vollbild</a></div><div>Bild 1 von 10</div></figure>',
        f"<figure>{IMAGE}<i><span>9图</span></i></figure>",
        '<figure><span>Video</span><video src="/media/boat.mp4"></video><div>0:00/0:45</div><b>Advertisement</b></figure>',
    ],
)
def test_what_a_reader_may_do_with_a_picture_is_no_word_of_its_box(box: str) -> None:
    shown = document_fromstring(read(box).html)
    words = [text.strip() for text in shown.itertext() if text.strip()]
    assert next(shown.iter("img", "video"), None) is not None
    assert [text for text in words if not text.startswith("The river has run")] == []


@pytest.mark.parametrize("words", ["8.5", "Foto: Ann O’Hara", "The old mill"])
def test_other_words_beside_a_picture_stay(words: str) -> None:
    assert words in read(f"<figure><div>{IMAGE}</div><div><span>{words}</span></div></figure>").html


def test_code_keeps_each_of_its_words() -> None:
    code = "<pre><code><span>image</span> = <span>video</span>[<span>1</span>]</code></pre>"
    assert code in read(code).html
