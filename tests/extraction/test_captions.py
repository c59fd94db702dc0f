"""What is said of a picture is found where sites write it, and nothing else is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring, fragment_fromstring

from crawler.extraction.body.pictures.captions import MAX_CAPTION_CHARACTERS, caption_of
from crawler.extraction.body.pictures.images import MIN_PIXELS, images, is_icon
from crawler.extraction.body.pictures.lazy import unlazied

URL = "https://news.example/2024/05/06/river.html"
IMAGE = '<img src="https://news.example/a.jpg">'


def body(markup: str) -> HtmlElement:
    return fragment_fromstring(markup, create_parent="div")


def said(markup: str) -> list[tuple[str, str]]:
    """Caption and credit of each picture."""
    return [(one.caption, one.credit) for one in images(body(markup))]


@pytest.mark.parametrize(
    "markup",
    [
        f"<figure>{IMAGE}<figcaption>The old bridge</figcaption></figure>",
        f"<figure><a href='/a'>{IMAGE}</a><div><figcaption><p>The old\n bridge</p></figcaption></div></figure>",
        f'<div class="wp-caption">{IMAGE}<p class="wp-caption-text">The old bridge</p></div>',
        f'<div>{IMAGE}<div class="image-caption">The old bridge</div></div>',
        f'<div>{IMAGE}<span class="legend">The old bridge</span></div>',
        f'<p>{IMAGE}</p><p class="photo-desc">The old bridge</p>',
        f'<div><div>{IMAGE}</div><p class="caption">The old bridge</p></div>',
        f'<a data-caption="The old bridge">{IMAGE}</a>',
        f'<li data-caption="The old bridge">{IMAGE}</li>',
        f'<a data-sub-html="<h4>The old</h4> <p>bridge</p>">{IMAGE}</a>',
        f'<ul><li>{IMAGE}<span class="img-info">The old bridge</span></li></ul>',
        f'<div>{IMAGE}<p class="mediaSubtitle">The old bridge</p></div>',
        f'<div>{IMAGE}<p class="didascalia">The old bridge</p></div>',
        f'<div>{IMAGE}<p class="figure__text">The old bridge</p></div>',
        f'<div class="imgbox">{IMAGE}<h4>The old bridge</h4></div>',
        f'<div class="inlineImage-wrapper"><div class="post-image">{IMAGE}<p>The old bridge</p></div></div>',
        f'<div id="caption1">{IMAGE}<em class="caption">The old bridge</em></div>',
    ],
)
def test_a_caption_is_found(markup: str) -> None:
    assert said(markup) == [("The old bridge", "")]


@pytest.mark.parametrize(
    "markup",
    [
        f'<p class="f_center">{IMAGE}<br>The old bridge</p><p>The river.</p>',
        f'<p style="text-indent: 0; text-align: center">{IMAGE}The old bridge</p>',
        f"<center>{IMAGE}</center><center>The old bridge</center><p>The river.</p>",
        f'<div align="center"><a href="/a">{IMAGE}</a></div><p align="center">The old bridge</p><p>The river.</p>',
        f'<p class="text-center">{IMAGE}</p><p class="text-center">The old bridge</p><p class="text-center">{IMAGE}</p>',
        '<p><img src="https://news.example/a.jpg" alt="The old bridge">The old bridge</p><p>The river.</p>',
    ],
)
def test_a_short_line_in_the_middle_under_a_picture_is_its_caption(markup: str) -> None:
    assert said(markup)[0] == ("The old bridge", "")


@pytest.mark.parametrize(
    "markup",
    [
        f"<center>{IMAGE}</center><center>The old bridge</center><center>was built by hand.</center>",
        f"<center>{IMAGE}</center><center><b>The old bridge</b></center><p>The river.</p>",
        f"<center>{IMAGE}</center><center><a href='/b'>The old bridge</a></center><p>The river.</p>",
        f"<center>{IMAGE}</center><center>{'The old bridge ' * 6}</center><p>The river.</p>",
        f"<center>{IMAGE}{'The old bridge ' * 6}</center>",
        f'<p class="center-left">{IMAGE}The old bridge</p>',
        f"<p>{IMAGE}The old bridge</p>",
    ],
)
def test_other_lines_under_a_picture_are_none(markup: str) -> None:
    assert said(markup) == [("", "")]


@pytest.mark.parametrize(
    "caption",
    ["[+] EnlargeThe old bridge", "Enlarge this image The old bridge toggle caption", "点击查看大图 The old bridge",
     "Ampliar foto The old bridge", "Click to enlarge: The old bridge", "Zum Vergrößern bitte anklicken The old bridge"],
)  # fmt: skip
def test_what_readers_may_do_with_a_picture_is_not_said_of_it(caption: str) -> None:
    assert said(f"<figure>{IMAGE}<figcaption>{caption}</figcaption></figure>") == [("The old bridge", "")]


@pytest.mark.parametrize("label", ["1:13", "10:04", "3 3", "7", "Video", "Play Video", "Lihat Foto", "9图", "advert"])
def test_a_label_is_no_caption(label: str) -> None:
    assert said(f"<figure>{IMAGE}<figcaption>{label}</figcaption></figure>") == [("", "")]


@pytest.mark.parametrize("caption", ["1945", "Video art", "Play time"])
def test_a_short_caption_is_one(caption: str) -> None:
    assert said(f"<figure>{IMAGE}<figcaption>{caption}</figcaption></figure>") == [(caption, "")]


def test_a_caption_within_the_credit_is_not_said_twice() -> None:
    both = '<p class="caption">The old bridge</p> <span>Photo: Ann O</span>'
    markup = f'<figure>{IMAGE}<div class="credit-box">{both}</div></figure>'
    assert said(markup) == [("The old bridge", "Photo: Ann O")]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{IMAGE}</p><p>The old bridge was built by hand.</p>",
        f"<div><p>{IMAGE}</p><p>The river ran black.</p></div><h2>Captions of the past</h2>",
        f"<p>{IMAGE} and words</p><p>The old bridge. Photo: Ann O</p>",
        f"<p>{IMAGE}</p><p>The photographer came by in the third spring, and {'waited ' * 60}for Ann O, Reuters.</p>",
    ],
)
def test_a_paragraph_beside_a_picture_is_no_caption(markup: str) -> None:
    assert said(markup) == [("", "")]


@pytest.mark.parametrize(
    "credit", ["Photo: Ann O", "(Photo by Ann O)", "© Ann O", "Foto: Ann O/Reuters", "图/新雨", "新雨 摄"]
)
@pytest.mark.parametrize("box", ["<p>{}</p>", "<div>{}</div>", "<center>{}</center>", "{}"])
def test_a_paragraph_after_a_picture_that_names_its_maker_is_its_caption(box: str, credit: str) -> None:
    assert said(f"{box.format(IMAGE)}<p>The old bridge. {credit}</p>") == [(f"The old bridge. {credit}", "")]


@pytest.mark.parametrize("name", ["swiper-slide", "gallery-item", "carousel slide"])
def test_the_words_of_a_slide_are_its_pictures_caption(name: str) -> None:
    slides = "".join(
        f'<div class="{name}"><img src="https://news.example/{n}.jpg"><div>Number {n}</div></div>' for n in (1, 2)
    )
    assert said(f"<div>{slides}</div>") == [("Number 1", ""), ("Number 2", "")]


ALT = "The old bridge in June"


@pytest.mark.parametrize("name", ["alt", "title"])
@pytest.mark.parametrize("after", ["<p>{}</p>", "<div><span>{}</span><small>Ann O</small></div>", "<h4> {} </h4>"])
def test_what_a_picture_says_itself_is_its_caption_where_it_stands_behind_it_again(name: str, after: str) -> None:
    picture = f'<div><div><img src="https://news.example/a.jpg" {name}="{ALT}"></div></div>'
    assert said(f"<div>{picture}{after.format(ALT)}<p>The river ran black.</p></div>") == [(ALT, "")]


@pytest.mark.parametrize(
    "behind",
    [
        "<p>The river ran black.</p>",
        f"<p>The river ran black.</p><p>Fish.</p><p>{ALT}</p>",
        f"<p>{ALT}, and the river ran black under it for ten years.</p>",
    ],
)
def test_what_a_picture_says_itself_is_no_caption_where_it_does_not_stand_behind_it(behind: str) -> None:
    assert said(f'<div><img src="https://news.example/a.jpg" alt="{ALT}">{behind}</div>') == [("", "")]


def test_which_picture_of_how_many_it_is_is_not_said_of_it() -> None:
    slide = '<div class="slide"><img src="https://news.example/a.jpg"><div>{} The old bridge</div></div>'
    for number in ("1/12", "1 of 12 |", "3 von 12:", "2 / 4"):
        assert said(slide.format(number)) == [("The old bridge", "")]
    assert said(slide.format("12 men stood there.")) == [("12 men stood there. The old bridge", "")]


def test_of_two_pictures_each_has_its_own() -> None:
    two = "".join(
        f'<div class="box"><img src="https://news.example/{n}.jpg"><p class="caption">Number {n}</p></div>'
        for n in (1, 2)
    )
    assert said(f"<div>{two}</div>") == [("Number 1", ""), ("Number 2", "")]


@pytest.mark.parametrize(
    "markup",
    [
        f"<figure>{IMAGE}<figcaption>The old bridge <span class='credit'>Ann O</span></figcaption></figure>",
        f"<figure>{IMAGE}<figcaption>The old bridge</figcaption><span class='photographer'>Ann O</span></figure>",
        f"<div>{IMAGE}<p class='caption'>The old bridge</p><p class='image-source'>Ann O</p></div>",
        f"<figure>{IMAGE}<figcaption>The old bridge<small class='copyright'>Ann O</small></figcaption></figure>",
    ],
)
def test_who_made_it_is_told_apart_from_what_it_shows(markup: str) -> None:
    assert said(markup) == [("The old bridge", "Ann O")]


def test_a_caption_that_names_the_maker_alone_says_nothing() -> None:
    assert said(f"<figure>{IMAGE}<figcaption><span class='credit'>Ann O</span></figcaption></figure>") == [
        ("", "Ann O")
    ]


def test_a_picture_is_kept_once_with_what_the_first_says() -> None:
    again = (
        f"<figure>{IMAGE}<figcaption>First</figcaption></figure><figure>{IMAGE}<figcaption>Again</figcaption></figure>"
    )
    assert said(again) == [("First", "")]


def test_a_caption_as_long_as_a_text_is_cut() -> None:
    ((caption, _),) = said(f"<figure>{IMAGE}<figcaption>{'word ' * 1_000}</figcaption></figure>")
    assert len(caption) == MAX_CAPTION_CHARACTERS


@pytest.mark.parametrize(
    ("markup", "is_one"),
    [
        ("<img>", True),
        ('<img src="">', True),
        ('<img src="/a.jpg">', False),
        (f'<img src="/a.jpg" width="{MIN_PIXELS}">', False),
        (f'<img src="/a.jpg" width="{MIN_PIXELS - 1}">', True),
        ('<img src="/a.jpg" height="1px">', True),
        ('<img src="/a.jpg" width="100%">', False),
        ('<img src="/a.jpg" width="0" height="0" alt="The bridge">', False),
        ('<img src="/a.jpg" width="0" height="0" alt="">', True),
        ('<img src="/a.jpg" width="1" height="1" alt="The bridge">', True),
        ('<img src="/icons/a.png">', True),
        ('<img src="/iconic-bridge.jpg">', False),
        ('<img src="/img/icon06.png">', True),
        ('<img src="/img/next_page.jpg">', True),
        ('<img src="/wp-content/themes/x/images/play.png">', True),
        ('<img src="/wp-content/themes/x/thumb.php?src=/a.jpg">', False),
        ('<img src="/wp-content/uploads/push-button.jpg">', False),
        ('<img src="/a.jpg" alt="小河新闻公众号">', True),
        ('<img src="/a.jpg" alt="顾客在集市上用手机扫二维码付款，摊主说方便多了">', False),
        ('<img src="/avatar/ann.jpg">', True),
        ('<img src="/image-fallback.jpg">', True),
        ('<img src="/a.jpg" width="1200" height="250">', True),
        ('<img src="/a.jpg" width="1200" height="400">', False),
        ('<img src="/a.svg?v=1">', True),
        ('<img src="/a.svg.gzip">', True),
        ('<img src="/logo.png">', True),
        ('<img src="/a.jpg?from=icon">', False),
    ],
)
def test_icons_are_told_from_pictures(markup: str, is_one: bool) -> None:
    assert is_icon(fragment_fromstring(markup)) is is_one


@pytest.mark.parametrize(
    ("srcset", "source"),
    [
        ("/s.jpg 320w, /l.jpg 1280w, /m.jpg 640w", "l.jpg"),
        ("/s.jpg, /l.jpg 2x", "l.jpg"),
        ("/s.jpg 1x,/l.jpg 1.5x", "l.jpg"),
        ("/only.jpg", "only.jpg"),
        ("/a,b.jpg 100w, /c,d.jpg 200w", "c,d.jpg"),
        ("data:image/gif;base64,AAAA 9999w, /l.jpg 1w", "l.jpg"),
    ],
)
def test_of_a_set_the_largest_is_taken(srcset: str, source: str) -> None:
    page = document_fromstring(f'<body><img src="/x.jpg" srcset="{srcset}"></body>')
    unlazied(page, URL)
    assert page.find(".//img").get("src") == f"https://news.example/{source}"


def test_a_picture_element_leaves_its_image_caption_and_text_behind() -> None:
    page = document_fromstring(
        '<body><p>before <picture><source srcset="/l.jpg 2x"><img alt="A"><span class="caption">C</span></picture> after</p></body>'
    )
    unlazied(page, URL)
    paragraph = page.find(".//p")
    assert [child.tag for child in paragraph] == ["img", "span"]
    assert paragraph[0].get("src") == "https://news.example/l.jpg"
    assert paragraph.text_content() == "before C after"


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "data:image/png;base64,AAAA", "file:///etc/passwd", "http://["]
)
def test_what_nobody_can_fetch_is_no_source(source: str) -> None:
    page = document_fromstring(f'<body><img src="{source}"></body>')
    unlazied(page, URL)
    assert page.find(".//img").get("src") is None


@given(st.text(max_size=200))
def test_no_srcset_breaks_a_page(srcset: str) -> None:
    page = document_fromstring("<body><p>x<img>y</p></body>")
    page.find(".//img").set("srcset", "".join(one for one in srcset if one.isprintable()))
    unlazied(page, URL)
    assert page.text_content() == "xy"


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("<figcaption><div>The bridge</div><div>Ann Ohara</div></figcaption>", "The bridge Ann Ohara"),
        ("<figcaption>The bridge<br>at night</figcaption>", "The bridge at night"),
        (
            "<figcaption><span>The bridge.</span><span><span>Ann Ohara</span></span></figcaption>",
            "The bridge. Ann Ohara",
        ),
        ("<figcaption><b>T</b>he bri<i>dge</i></figcaption>", "The bridge"),
        ("<figcaption><span>The</span> bridge<span>s</span></figcaption>", "The bridges"),
    ],
)
def test_the_words_of_two_lines_are_not_one(caption: str, said: str) -> None:
    page = document_fromstring(f"<body><figure><img src='/a.jpg'>{caption}</figure></body>")
    assert caption_of(page.find(".//img"))[0] == said


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ('data-lg="/lg/a.jpg" data-sm="/sm/a.jpg"', "https://news.example/lg/a.jpg"),
        ('data-what="/b.webp?w=9"', "https://news.example/b.webp?w=9"),
        ('src="/c.jpg" data-thumb="/d.jpg"', "https://news.example/c.jpg"),
        ('data-title="Look at /a.jpg" data-json="{&quot;a&quot;: &quot;/a.jpg&quot;}" data-icon="a.svg"', None),
    ],
)
def test_a_picture_without_a_source_is_where_any_attribute_of_it_leads(said: str, source: str | None) -> None:
    page = document_fromstring(f"<body><img {said}></body>")
    unlazied(page, URL)
    assert page.find(".//img").get("src") == source
