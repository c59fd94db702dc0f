"""Which pictures an article opens with: those between its headline and its first words, and the one the page names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring

from crawler.extraction.body.pictures.opening import MAX_FIGURES, closing, file_name, opening
from crawler.extraction.tree import text_of

FIRST = '<p id="first">The river ran black for ten years.</p>'


def figure(name: str, *, inside: str = "{}") -> str:
    return f"<figure>{inside.format(f'<img src=https://news.example/{name}.jpg>')}</figure>"


def opened(body: str, lead: str = "") -> list[str]:
    """The file names of the pictures, in the order they are found in."""
    page = document_fromstring(f"<html><body>{body}</body></html>")
    (first,) = page.xpath("//*[@id='first']")
    return [_name(one) for one in opening(first, lead)]


def _name(element: HtmlElement) -> str:
    image = element if element.tag == "img" else element.find(".//img")
    return file_name(image.get("src"))


@pytest.mark.parametrize(
    "place",
    [
        "<article><h1>River</h1>{figure}<div>{first}</div></article>",
        "<main><h1>River</h1><div><div>{figure}</div></div><div><div>{first}</div></div></main>",
        "<div><header><h1>River</h1>{figure}</header><section>{first}</section></div>",
        "<main><div>{figure}</div><div><h1>River</h1><div>{first}</div></div></main>",
        "<main><div><h1>River</h1>{figure}</div><article>{first}</article></main>",
        "<body><div><h1>River</h1></div><article>{figure}<div>{first}</div></article></body>",
    ],
)
def test_a_figure_between_headline_and_first_words_opens_the_article(place: str) -> None:
    assert opened(place.format(figure=figure("a"), first=FIRST)) == ["a.jpg"]


def test_a_figure_after_the_first_words_does_not() -> None:
    assert opened(f"<article><h1>River</h1>{FIRST}{figure('a')}</article>") == []


@pytest.mark.parametrize("around", ["nav", "aside", "footer", "form"])
def test_a_figure_in_furniture_does_not(around: str) -> None:
    assert opened(f"<article><h1>River</h1><{around}>{figure('a')}</{around}>{FIRST}</article>") == []
    assert opened(f"<article><h1>River</h1><div class='related share-bar'>{figure('a')}</div>{FIRST}</article>") == []


def test_furniture_that_holds_the_article_itself_is_none() -> None:
    assert opened(f"<form><article><h1>River</h1>{figure('a')}{FIRST}</article></form>") == ["a.jpg"]


def test_a_figure_that_leads_to_another_page_does_not_and_one_that_zooms_does() -> None:
    teaser = figure("a", inside='<a href="/2024/05/01/ducks">{}</a>')
    zoom = figure("b", inside='<a href="/b-large.jpg?w=2000">{}</a>')
    assert opened(f"<article><h1>River</h1>{teaser}{zoom}{FIRST}</article>") == ["b.jpg"]


@pytest.mark.parametrize(
    ("box", "opens"),
    [
        ("<figure><a href='/photos/1'>{image}</a><figcaption>The bridge in June</figcaption></figure>", True),
        ("<figure><a href='/photos/1'>{image}<figcaption>The bridge in June</figcaption></a></figure>", False),
        ("<figure>{linked}<figcaption><a href='/ducks'>Ducks are back</a></figcaption></figure>", False),
        ("<div>{linked}<p>The bridge in June</p></div>", True),
        ("<div>{linked}<h3><a href='/ducks'>The bridge in June</a></h3></div>", False),
        ("<div>{linked}<p>Ducks are back</p></div>", False),
    ],
)
def test_a_picture_that_leads_to_its_own_page_opens_the_article_where_it_has_a_caption(box: str, opens: bool) -> None:
    image = "<img src='https://news.example/a.jpg' alt='The bridge in June'>"
    shown = box.format(image=image, linked=f"<a href='/photos/1'>{image}</a>")
    page = document_fromstring(f"<article><h1>River</h1>{shown}{FIRST}</article>")
    assert bool(opening(page.xpath("//*[@id='first']")[0], "")) is opens


@pytest.mark.parametrize(
    "box",
    [
        "<div><a href='/r'>The river</a><div>{image}</div><div><h3>The river</h3><div>By Ann Ohara</div></div></div>",
        "<div><div>{image}</div><div><span>Rivers 101</span><h2>The river is clear</h2><div>May 6</div></div></div>",
        "<div>{image}</div><div><p>Rivers</p><h1>The river is clear</h1></div>",
        "<div><div>{image}</div><div>Ann Ohara</div><ul><li>May 6</li><li>3 comments</li></ul></div>",
    ],
)
def test_what_stands_beside_a_heading_or_a_list_is_no_caption(box: str) -> None:
    image = "<img src='https://news.example/a.jpg' alt='The river is clear'>"
    page = document_fromstring(f"<main>{box.format(image=image)}<div>{FIRST}</div></main>")
    found = opening(page.xpath("//*[@id='first']")[0], "/large/a.jpg")
    assert [text_of(one) for one in found] == [""]
    assert _name(found[0]) == "a.jpg"


def test_the_first_picture_is_found_behind_those_of_furniture() -> None:
    share = "<div class='share-bar'><img src='https://news.example/f.png'></div>"
    body = f"<article><h1>River</h1>{share}<div><img src='https://news.example/a.jpg'></div>{share}{FIRST}</article>"
    assert opened(body) == ["a.jpg"]


def test_a_figure_without_a_picture_or_with_an_icon_does_not() -> None:
    icon = '<figure><img src="https://news.example/icons/share.svg"></figure>'
    assert opened(f"<article><h1>River</h1><figure>A quote</figure>{icon}{FIRST}</article>") == []


def test_of_a_gallery_the_first_few_open_it() -> None:
    many = "".join(figure(str(number)) for number in range(MAX_FIGURES * 2))
    assert opened(f"<article><h1>River</h1>{many}{FIRST}</article>") == [f"{n}.jpg" for n in range(MAX_FIGURES)]


def test_the_picture_that_the_page_names_comes_first_wherever_it_stands() -> None:
    body = f"<div>{figure('lead')}</div><article><h1>River</h1>{figure('a')}{FIRST}</article>"
    assert opened(body, "https://cdn.example/640/lead.jpg?w=1200") == ["lead.jpg", "a.jpg"]
    assert opened(body, "https://cdn.example/another.jpg") == ["a.jpg"]
    assert opened(f"<img src='https://news.example/lead.jpg'><article><h1>R</h1>{FIRST}</article>", "/lead.jpg") == [
        "lead.jpg"
    ]


def test_the_picture_that_the_page_names_is_taken_once() -> None:
    assert opened(f"<article><h1>River</h1>{figure('a')}{FIRST}</article>", "/big/a.jpg") == ["a.jpg"]


@pytest.mark.parametrize(
    ("box", "comes_whole"),
    [
        ("<div>{image}<div class='photo-caption'>The bridge</div></div>", True),
        ("<div><div><a>{image}</a></div><figcaption>The bridge</figcaption></div>", True),
        ("<div>{image}</div><p>The bridge</p>", False),
        ("<div>{image}<p class='caption'>The bridge</p><p>" + "The river ran black. " * 30 + "</p></div>", True),
    ],
)
def test_the_named_picture_brings_its_caption(box: str, comes_whole: bool) -> None:
    image = '<img src="https://news.example/lead.jpg">'
    page = document_fromstring(f"<body>{box.format(image=image)}<article><h1>River</h1>{FIRST}</article></body>")
    (first,) = page.xpath("//*[@id='first']")
    found = " ".join(one.text_content() for one in opening(first, "/lead.jpg"))
    assert ("The bridge" in found) is comes_whole
    assert "ran black" not in found


@pytest.mark.parametrize(
    "boxes",
    [
        '<img src="/lead.jpg"><div class="sidebar">{named}</div>',
        "<nav><img src='/lead.jpg'></nav>{named}",
    ],
)
def test_of_several_places_the_named_picture_is_taken_from_where_its_caption_is(boxes: str) -> None:
    named = '<div class="image"><img src="/lead.jpg"><p class="caption">The bridge</p></div>'
    page = document_fromstring(f"<body>{boxes.format(named=named)}<article><h1>River</h1>{FIRST}</article></body>")
    (first,) = page.xpath("//*[@id='first']")
    assert "".join(one.text_content() for one in opening(first, "https://x.example/lead.jpg")) == "The bridge"


@pytest.mark.parametrize(("beside", "texts"), [("", "The old bridge Ann O"), ("<p>The river</p>", "The old bridge")])
def test_the_caption_brings_the_credit_beside_it_and_nothing_else(beside: str, texts: str) -> None:
    said = "<div class='caption'>The old bridge</div> <div class='credit'>Ann O</div>"
    box = f"<section><img src='https://news.example/a.jpg'></section><section>{said}{beside}</section>"
    page = document_fromstring(f"<html><body><article><h1>River</h1><div>{box}</div>{FIRST}</article></body></html>")
    (first,) = page.xpath("//*[@id='first']")
    _, found = opening(first, "https://news.example/a.jpg")
    assert " ".join(found.text_content().split()) == texts


def test_a_figure_brings_the_caption_beside_it() -> None:
    box = f"<div><div>{figure('a')}</div><div class='caption'>The bridge</div></div>"
    page = document_fromstring(f"<article><h1>River</h1>{box}{FIRST}</article>")
    found = " ".join(one.text_content() for one in opening(page.xpath("//*[@id='first']")[0], ""))
    assert found.strip() == "The bridge"


def test_in_furniture_even_the_named_picture_stays() -> None:
    assert opened(f"<nav>{figure('lead')}</nav><article><h1>River</h1>{FIRST}</article>", "/lead.jpg") == []


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://news.example/a/B.JPG?w=1#x", "b.jpg"),
        ("/a/b.jpg/", "b.jpg"),
        ("b.jpg", "b.jpg"),
        ("", ""),
        ("https://news.example", "news.example"),
    ],
)
def test_a_file_name_is_what_sizes_of_a_picture_have_in_common(url: str, name: str) -> None:
    assert file_name(url) == name


@given(st.text(max_size=40))
def test_no_name_of_a_picture_breaks_the_search(lead: str) -> None:
    assert "/" not in file_name(lead)
    assert opened(f"<article><h1>River</h1>{figure('a')}{FIRST}</article>", lead)[-1:] == ["a.jpg"]


def gallery(class_: str, inside: str = "{}", name: str = "g") -> str:
    shown = "".join(
        f'<div class="item">{inside.format(f"<img src=https://news.example/{name}{number}.jpg>")}'
        f"<figcaption>Reeds, {number}</figcaption></div>"
        for number in range(2 * MAX_FIGURES)
    )
    return f'<div class="{class_}">{shown}</div>'


def closed(body: str) -> list[int]:
    """How many pictures each gallery behind the text has."""
    page = document_fromstring(f"<html><body>{body}</body></html>")
    (first,) = page.xpath("//*[@id='first']")
    return [len(list(one.iter("img"))) for one in closing(first)]


@pytest.mark.parametrize("class_", ["swiper", "c-gallery", "slideshow slick-slider", "bildergalerie", "carousel"])
def test_a_gallery_of_any_size_opens_or_ends_an_article(class_: str) -> None:
    page = document_fromstring(f"<article><h1>River</h1>{gallery(class_)}<div>{FIRST}</div></article>")
    (one,) = opening(page.xpath("//*[@id='first']")[0], "g0.jpg")
    assert len(list(one.iter("img"))) == 2 * MAX_FIGURES
    assert closed(f"<article><h1>River</h1><div>{FIRST}</div>{gallery(class_)}</article>") == [2 * MAX_FIGURES]


WORDS = "{}<div><button>Share</button><p>Reeds stand in the water again, higher than a man.</p></div>"


@pytest.mark.parametrize("tag", ["div", "section", "photo-carousel"])
def test_what_stands_in_a_slide_is_said_of_its_picture(tag: str) -> None:
    shown = gallery("carousel", WORDS).replace("figcaption", "small")
    shown = f"<{tag}{shown.removeprefix('<div').removesuffix('</div>')}</{tag}>"
    assert closed(f"<article><div>{FIRST}</div>{shown}</article>") == [2 * MAX_FIGURES]
    page = document_fromstring(f"<article><h1>River</h1>{shown}<div>{FIRST}</div></article>")
    (one,) = opening(page.xpath("//*[@id='first']")[0], "")
    assert len(list(one.iter("img"))) == 2 * MAX_FIGURES


@pytest.mark.parametrize(
    "inside",
    [
        "{}<p><a href='/2024/05/01/ducks'>Ducks are back at the river</a></p>",
        "{}<p>" + "Ducks are back at the river. " * 20 + "</p>",
    ],
    ids=["headlines", "texts"],
)
def test_what_stands_in_a_card_of_another_article_is_not(inside: str) -> None:
    shown = gallery("carousel", inside).replace("figcaption", "small")
    assert closed(f"<article><div>{FIRST}</div>{shown}</article>") == []


@pytest.mark.parametrize("link", ["#", "?picture=2", "javascript:void(0)", "/large/2.jpg"])
def test_a_gallery_whose_pictures_open_in_their_place_is_the_article_s(link: str) -> None:
    shown = gallery("gallery", f'<a href="{link}">{{}}</a>')
    assert closed(f"<article><div>{FIRST}</div>{shown}</article>") == [2 * MAX_FIGURES]


@pytest.mark.parametrize(
    "behind",
    [
        gallery("gallery", '<a href="/2024/05/01/ducks">{}</a>'),
        gallery("gallery", "{}<p>Ducks are back at the river, and the town is glad about it as never before</p>"),
        gallery("pictures"),
        gallery("gallery").replace("figcaption", "i").replace("Reeds", ""),
        f"<nav>{gallery('gallery')}</nav>",
    ],
    ids=["it leads to other pages", "it has a text", "nothing calls it one", "no captions", "it is navigation"],
)
def test_what_is_no_gallery_of_the_article_does_not_end_it(behind: str) -> None:
    assert closed(f"<article><div>{FIRST}</div>{behind}</article>") == []


def test_a_gallery_outside_of_the_article_does_not_end_it() -> None:
    assert closed(f"<main><article><div>{FIRST}</div></article></main>{gallery('gallery')}") == []


def test_a_gallery_beside_the_article_under_its_headline_does() -> None:
    beside = f"<article><div>{FIRST}</div></article><div>{gallery('gallery')}</div>"
    assert closed(f"<main><h1>River</h1>{beside}</main>") == [2 * MAX_FIGURES]


def captioned(item: str, around: str) -> str:
    return around.format("".join(item.format(n=number, said=f"Reeds, {number}") for number in range(2 * MAX_FIGURES)))


@pytest.mark.parametrize(
    ("item", "around"),
    [
        ('<li><img src="/{n}.jpg"><p class="caption">{said}</p></li>', "<ul>{}</ul>"),
        ('<a href="/{n}.jpg" data-caption="{said}"><img src="/t{n}.jpg"></a>', '<div class="fotorama">{}</div>'),
        ('<a href="/{n}.jpg" data-sub-html="<h4>{said}</h4>"><img src="/t{n}.jpg"></a>', '<div id="lightgallery">{}</div>'),
        (
            '<dl class="gallery-item"><dt><a href="/?attachment={n}"><img src="/{n}.jpg"></a></dt><dd class="gallery-caption">{said}</dd></dl>',
            '<div class="gallery">{}</div>',
        ),
        (
            '<figure class="wp-block-image"><a href="/att{n}"><img src="/{n}.jpg"></a><figcaption>{said}</figcaption></figure>',
            '<figure class="wp-block-gallery">{}</figure>',
        ),
    ],
)  # fmt: skip
def test_galleries_are_known_as_programs_build_them(item: str, around: str) -> None:
    assert closed(f"<article><div>{FIRST}</div>{captioned(item, around)}</article>") == [2 * MAX_FIGURES]


@pytest.mark.parametrize(
    ("item", "around"),
    [
        ('<li><a href="/a{n}"><img src="/{n}.jpg"><p class="caption">{said}</p></a></li>', "<ul>{}</ul>"),
        ('<li><img src="/{n}.jpg"><p class="caption"><a href="/a{n}">{said}</a></p></li>', "<ul>{}</ul>"),
        ('<li><img src="/{n}.jpg"><p>{said}</p></li>', "<ul>{}</ul>"),
        ('<li><a href="/a{n}"></a><img src="/{n}.jpg"><p>{said}: 20 letters at least</p></li>', '<ul class="slides">{}</ul>'),
        ('<a href="/{n}.jpg" data-sub-html=".said"><img src="/t{n}.jpg"></a>', '<div class="gallery">{}</div>'),
    ],
)  # fmt: skip
def test_cards_of_other_articles_are_none(item: str, around: str) -> None:
    assert closed(f"<article><div>{FIRST}</div>{captioned(item, around)}</article>") == []
