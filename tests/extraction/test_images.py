"""Lazy images come out plain: the real URL, once each, with what the page says of them."""

from __future__ import annotations

import pytest

from crawler.core.model import Article
from crawler.extraction import extract
from crawler.extraction.body.belongs import MAX_MEDIA_TEXT
from tests.extraction.pages import PROSE, URL, article, page

BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
REAL = "https://news.example/real.jpg"


def read(markup: str) -> Article:
    found = extract(article(f"<p>{markup}</p>" if markup.startswith("<img") else markup), URL)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    "markup",
    [
        f'<img src="{BLANK}" data-src="/real.jpg">',
        '<img src="/img/placeholder.png" data-original="/real.jpg">',
        f'<img src="{BLANK}" data-srcset="/small.jpg 320w, /real.jpg 1280w">',
        '<img src="/small.jpg" srcset="/small.jpg 1x, /real.jpg 2x" sizes="100vw">',
        f'<img src="{BLANK}"><noscript><img src="/real.jpg"></noscript>',
        '<div class="image"><noscript><img src="/real.jpg"></noscript></div>',
        f'<noscript><img src="/real.jpg"></noscript><img src="{BLANK}" data-src="/real.jpg">',
        '<a href="/big"><img data-src="/real.jpg"></a><b>A bridge</b><noscript><img src="/real.jpg"></noscript>',
        f'<figure><picture><source srcset="/small.jpg 320w, /real.jpg 800w"><img src="{BLANK}"></picture></figure>',
        '<img src="/real.jpg"><img src="real.jpg" data-src="/real.jpg">',
        '<figure><amp-img src="/real.jpg"></amp-img></figure>',
        f'<img src="{BLANK}" data-flickity-lazyload="/real.jpg">',
        '<img src="static/image/common/none.gif" zoomfile="/real.jpg" file="/real_small.jpg">',  # Discuz
        '<img src="static/image/common/none.gif" data-any-src="/real.jpg">',
        f'<img src="{BLANK}" data-splide-lazy-srcset="/small.jpg 320w, /real.jpg 800w">',
        f'<img src="{BLANK}" data-orig-src="/real.jpg" data-label="/lazy.jpg">',
        f'<picture><source data-any-lazy-srcset="/real.jpg 800w"><img src="{BLANK}"></picture>',
        """<img src="/x.gif" data-src='{"default":{"w":"73","src":"//news.example/real.jpg"},"wide":{"src":"//x.example/y"}}'>""",
        r"""<img src="/x.gif" data-src='{"src":"https:\/\/news.example\/real.jpg"}'>""",
        '<img data-lazy="[https://news.example/real.jpg, (default)], [https://news.example/small.jpg, (small)]">',
    ],
)
def test_the_real_image_is_found_once(markup: str) -> None:
    found = read(markup)
    assert [image.url for image in found.images] == [REAL]
    assert "data:" not in found.html
    assert "noscript" not in found.html
    assert "data-src" not in found.html
    assert found.html.count("<img") == 1
    assert f'src="{REAL}"' in found.html


def test_what_only_the_noscript_twin_says_is_kept() -> None:
    twin = '<noscript><img src="/real.jpg" alt="A bridge" title="x" width="640" height="480"></noscript>'
    (image,) = read(f'<img src="{BLANK}" data-src="/real.jpg" title="Bridge">{twin}').images
    assert (image.alt, image.title, image.width, image.height) == ("A bridge", "Bridge", 640, 480)


def test_an_image_shown_again_further_down_stays() -> None:
    assert read('<p><img src="/real.jpg"> and <img src="/real.jpg"></p>').html.count("<img") == 2


def test_alt_title_and_size_are_kept_and_texts_are_told_apart() -> None:
    (image,) = read(
        '<figure><img src="/real.jpg" alt="A bridge" title="Bridge" width="640px" height="480">'
        '<figcaption>The old bridge <span class="photo-credit">Ann O</span></figcaption></figure>'
    ).images
    assert (image.alt, image.title, image.width, image.height) == ("A bridge", "Bridge", 640, 480)
    assert (image.caption, image.credit) == ("The old bridge", "Ann O")


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="wp-caption"><img src="/real.jpg"><p class="wp-caption-text">The old bridge</p></div>',
        '<div class="pic"><img src="/real.jpg"><span class="lead_image_caption">The old bridge</span></div>',
        '<div class="pic"><a href="/real-big.jpg" data-caption="The old bridge"><img src="/real.jpg"></a></div>',
    ],
)
def test_captions_are_found_in_the_ways_sites_write_them(markup: str) -> None:
    (image,) = read(markup).images
    assert image.caption == "The old bridge"


@pytest.mark.parametrize("address", ["#", "{{ lazy }}", "true", "javascript:x", "data:image/gif;base64,R0"])
def test_what_is_no_address_is_none_whatever_it_is_called(address: str) -> None:
    assert read(f'<img src="{BLANK}" data-lazy-load="{address}">').images == ()


@pytest.mark.parametrize(
    "box",
    [
        '<aside class="left"><a href="/real.jpg"><img src="/real.jpg"></a><p class="caption">The bridge</p></aside>',
        '<figure><img src="/real.jpg"><figcaption class="x-skip">The bridge</figcaption></figure>',
    ],
)
def test_a_picture_with_its_caption_is_no_furniture_whatever_holds_it(box: str) -> None:
    assert [(one.url, one.caption) for one in read(box).images] == [(REAL, "The bridge")]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/icons/share.svg">',
        '<img src="/a.gif" width="1">',
        "<img>",
        '<img src="javascript:x">',
        '<img src="/seen/70c8fc80" alt="" style="position:absolute;width:1px;height:1px">',
        '<img src="/seen/70c8fc80" style="height: 0; width: 0">',
        '<div id="printbox"><img src="/river.gif"></div>',
        '<img src="/paper_printlogo.gif">',
        """<img data-src='{"default":{"load":"wait"}}'>""",
    ],
)
def test_furniture_is_no_image(markup: str) -> None:
    assert read(markup).images == ()


@pytest.mark.parametrize(
    "said",
    [
        'style="width:0;height:0;min-width:100%;max-width:100%"',
        'style="border-width:0;height:1px"',
        'style="width:1px;height:1px" alt="A bridge"',
        'style="max-width: 1px; width: 100%; height: 0"',
    ],
)
def test_a_picture_that_fills_its_box_or_says_something_is_no_counter(said: str) -> None:
    assert len(read(f'<img src="/real.jpg" {said}>').images) == 1


@pytest.mark.parametrize("name", ["author-image", "article-author-photo", "user avatar", "headshot", "tuijian"])
def test_the_portrait_of_a_writer_is_no_image_of_the_article(name: str) -> None:
    assert read(f'<div class="{name}"><img src="/real.jpg"></div>').images == ()


@pytest.mark.parametrize(("name", "count"), [("wp-image-12 size-full", 1), ("media-element", 1), ("", 0)])
def test_a_flat_picture_is_a_banner_unless_an_editor_has_put_it_there(name: str, count: int) -> None:
    assert len(read(f'<div><img class="{name}" src="/real.jpg" width="734" height="128"></div>').images) == count


@pytest.mark.parametrize(
    "box",
    [
        '<figure class="wp-caption"><img src="/real.jpg"><figcaption class="wp-caption-text">{}</figcaption></figure>',
        '<div class="wp-caption"><img src="/real.jpg"><p class="wp-caption-text">{}</p></div>',
    ],
)
def test_a_picture_stays_with_a_caption_of_several_sentences(box: str) -> None:
    caption = " ".join(PROSE)
    assert len(caption) > MAX_MEDIA_TEXT
    assert [(one.url, one.caption) for one in read(box.format(caption)).images] == [(REAL, caption)]


LEAD = '<meta property="og:image" content="https://news.example/real.jpg">'


@pytest.mark.parametrize(
    "opening",
    [
        '<div class="photo"><img src="/real.jpg"><p>The bridge</p></div>',
        '<div><figure><img src="/real.jpg"></figure></div><div class="caption">The bridge</div>',
        '<div><img src="/real.jpg"></div><div class="pic-caption"><span>The bridge</span></div>',
    ],
)
def test_the_caption_of_the_lead_image_is_found_in_its_box_and_beside_it(opening: str) -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    found = extract(
        page(f"<article><header><h1>Tide</h1>{opening}</header><div>{text}</div></article>", head=LEAD), URL
    )
    assert isinstance(found, Article)
    assert [(one.url, one.caption) for one in found.images] == [(REAL, "The bridge")]


def test_what_is_said_of_the_next_picture_is_not_said_of_the_lead_image() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    second = '<figure><img src="/second.jpg"><figcaption>The bridge</figcaption></figure>'
    opening = '<header><h1>Tide</h1><img src="/real.jpg"></header>'
    found = extract(page(f"{opening}<div>{second}{text}</div>", head=LEAD), URL)
    assert isinstance(found, Article)
    assert [one.caption for one in found.images] == ["", "The bridge"]


def test_a_picture_inside_the_button_that_enlarges_it_stays() -> None:
    found = read('<figure><button><img src="/real.jpg"></button><figcaption>The bridge</figcaption></figure>')
    assert [(one.url, one.caption) for one in found.images] == [(REAL, "The bridge")]
    assert "<button" not in found.html


TITLED = '<div><a href="{0}"><img src="/real.jpg"></a><a href="{0}">The other bridge is old</a></div>'


@pytest.mark.parametrize(
    ("box", "count"),
    [
        (TITLED.format("/2024/the-other-bridge"), 0),
        ('<figure><a href="/2024/x"><img src="/real.jpg"><b>The other bridge is old</b></a></figure>', 0),
        (TITLED.format("https://shop.example/the-bridge"), 1),  # a list of things to buy
        (TITLED.format("/big.jpg"), 1),
        (TITLED.format("http://[x"), 1),
        ('<figure><a href="/photos/1"><img src="/real.jpg"></a></figure>', 1),
        (
            '<figure><a href="/photos/1"><img src="/real.jpg"></a><figcaption>The bridge in June</figcaption></figure>',
            1,
        ),
    ],
)
def test_a_picture_that_leads_to_the_article_named_beside_it_is_a_teaser(box: str, count: int) -> None:
    assert len(read(box).images) == count


CARD = '<img src="/real.jpg"><h3><a href="/2024/the-other-bridge">The other bridge is old</a></h3>'
LISTED = '<li><a href="/{0}"><figure><img src="/{0}.jpg"><figcaption>Number {0} of all bridges</figcaption></figure></a></li>'


@pytest.mark.parametrize(
    ("box", "count"),
    [
        (f"<div>{CARD}</div>", 0),
        (f"<div><div><div><div>{CARD}</div></div></div></div>", 0),
        (f'<div>{CARD.replace("/2024", "https://other.example/2024")}</div>', 1),
        ('<figure><img src="/real.jpg"><figcaption><a href="/2024/x">The other bridge is old</a></figcaption></figure>', 0),
        ('<figure><img src="/real.jpg"><figcaption>The bridge, <a href="/2024/x">built by hand</a></figcaption></figure>', 1),
        (f"<ul>{''.join(LISTED.format(number) for number in range(5))}</ul>", 0),
        ('<figure><a href="/photos/1"><img src="/real.jpg"><figcaption>The bridge in June</figcaption></a></figure>', 1),
    ],
)  # fmt: skip
def test_a_picture_beside_a_headline_that_leads_to_another_article_is_a_card_of_it(box: str, count: int) -> None:
    assert len(read(box).images) == count


def test_a_card_within_a_text_goes_with_its_picture() -> None:
    words = "The stall holders met twice and paid for a drain of their own."
    found = read(f"<div>{words} <span class='related'>{CARD}</span> And fish came back.</div>")
    assert (found.images, words in found.html) == ((), True)


AUTHOR = '<meta name="author" content="Ann Oakley">'


@pytest.mark.parametrize(
    ("portrait", "count"),
    [
        ('<a href="/people/ann"><img src="/ann.jpg" alt="Ann Oakley"></a>', 0),
        ('<a href="/people/ann"><img src="/ann.jpg" alt="Portrait of Ann Oakley"></a>', 0),
        ('<a href="/people/ann"><img src="/ann.jpg" alt="Ann Oakley at the bridge that her father built"></a>', 1),
        ('<a href="/people/ann"><img src="/ann.jpg" alt="Ann"></a>', 1),
        ('<img src="/ann.jpg" alt="Ann Oakley">', 1),
        ('<img src="/ann.jpg" class="ArticleAuthor_styledImage__x1" alt="Ann Oakley">', 0),
        ('<div class="postProfilePic"><img src="/ann.jpg" alt="A photo of Ann Oakley"></div>', 0),
        ('<div class="postProfilePic"><img src="/ann.jpg" alt="The bridge at dawn"></div>', 1),
        ('<img src="/real.jpg" class="ArticleAuthor_styledImage__x1" alt="Ann Oakley">', 1),
        ('<a href="/people/ann"><img src="/real.jpg" alt="Ann Oakley"></a>', 1),
    ],
)
def test_the_portrait_of_its_author_is_no_picture_of_the_article(portrait: str, count: int) -> None:
    found = extract(article(f"<div>{portrait}</div>", head=f"<title>The river is clear</title>{LEAD}{AUTHOR}"), URL)
    assert isinstance(found, Article)
    assert len(found.images) == count


def test_a_caption_comes_behind_its_picture_where_the_body_has_that_already() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    picture = '<div><div><img src="/real.jpg" alt="The bridge in June"></div><button>+</button></div>'
    body = f"<header><h1>Tide</h1><div>{picture}<div style='display:none'><span>The bridge in June</span></div></div>"
    found = extract(page(f"<article>{body}<p>{PROSE[0]}</p></header>{text}</article>", head=LEAD), URL)
    assert isinstance(found, Article)
    assert [(one.url, one.caption) for one in found.images] == [(REAL, "The bridge in June")]
    assert found.html.count("The bridge in June</") == 1


def test_the_picture_between_headline_and_article_is_of_it() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    top = '<figure><img src="/real.jpg"><figcaption>The bridge</figcaption></figure>'
    html = page("").replace("<article></article>", f"<h1>Tide</h1><div>{top}</div><article>{text}</article>")
    found = extract(html, URL)
    assert isinstance(found, Article)
    assert [(one.url, one.caption) for one in found.images] == [(REAL, "The bridge")]


@pytest.mark.parametrize(
    ("behind", "count"),
    [
        ('<p><img src="/real.jpg"></p>', 1),
        ('<figure><img src="/real.jpg"></figure>', 1),
        ('<div><img src="/real.jpg"><p class="caption">The bridge</p></div>', 1),
        ('<div><img class="wp-image-7" src="/real.jpg"></div>', 1),
        ('<div><div><img src="/real.jpg"></div><span>Read us in the app</span></div>', 0),
    ],
)
def test_behind_the_last_words_a_picture_stands_among_them_has_a_caption_or_was_placed(behind: str, count: int) -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    found = extract(page(f"<h1>The river is clear</h1>{text}{behind}"), URL)
    assert isinstance(found, Article)
    assert len(found.images) == count


def test_a_slideshow_of_any_length_between_paragraphs_stays_with_what_its_slides_say() -> None:
    slides = "".join(
        f'<div class="swiper-slide"><img src="/{number}.jpg"><div>Reeds, number {number}, in the June water</div></div>'
        for number in range(50)
    )
    found = read(f'<div class="swiper"><div class="swiper-wrapper">{slides}</div></div>')
    assert [one.caption for one in found.images] == [
        f"Reeds, number {number}, in the June water" for number in range(50)
    ]
    assert "Reeds" not in found.text


def test_a_figure_that_waits_for_its_picture_shows_the_one_that_its_microdata_names() -> None:
    names = 'itemscope itemid="/bridge.jpg?quality=90" itemtype="http://schema.org/ImageObject"'
    waiting = '<div style="height:560px"></div>'
    caption = "<figcaption>The bridge in June</figcaption>"
    found = read(f"<figure {names}>{waiting}{caption}</figure>")
    assert [(one.url, one.caption) for one in found.images] == [
        ("https://news.example/bridge.jpg?quality=90", "The bridge in June")
    ]
    assert [one.url for one in read(f'<figure {names}><img src="/other.jpg">{caption}</figure>').images] == [
        "https://news.example/other.jpg"
    ]
    assert read(f'<figure {names}><iframe src="https://films.example/1"></iframe></figure>').images == ()


COMPONENTS = (
    '<brick-image-v3 data-src="/real.jpg" data-alt-text="A bridge"></brick-image-v3>',
    '<div><lazy-image src="/real.jpg?w=800" alt="A bridge"> <i class="spinner"></i></lazy-image></div>',
    '<figure><Any-Responsive-Image imagesrc=" /real.jpg" data-alt="A bridge"><!-- x --></Any-Responsive-Image></figure>',
    '<uc-img data-srcset="/small.jpg 320w, /real.jpg 800w" fallback="/small.jpg" alt="A bridge"></uc-img>',
    '<image-box file="/real.jpg" alt="A bridge"></image-box>',
    '<x-image data-src="/real.jpg"></x-image><noscript><img src="/real.jpg" alt="A bridge"></noscript>',
    '<x-image data-src="/small.jpg"><noscript><img src="/real.jpg" alt="A bridge"></noscript></x-image>',
    '<x-picture data-src="/small.jpg"><img src="/real.jpg" alt="A bridge"></x-picture>',
)


@pytest.mark.parametrize("markup", COMPONENTS)
def test_the_picture_of_a_publishers_own_element_is_one(markup: str) -> None:
    found = read(f"<div>{markup}</div>")
    assert [(image.url.partition("?")[0], image.alt) for image in found.images] == [(REAL, "A bridge")]
    assert found.html.count("<img") == 1


def test_the_caption_of_a_publishers_own_element_is_its_pictures() -> None:
    (image,) = read('<div><x-photo caption="A bridge at dawn" src="/real.jpg"></x-photo></div>').images
    assert image.caption == "A bridge at dawn"


@pytest.mark.parametrize(
    "markup",
    [
        '<side-note data-image="/real.jpg" data-link="/bridge"></side-note>',
        '<x-image data-set="wide, /real.jpg 4:3"></x-image>',
        '<x-image data-src="/real.jpg"><b>The words of a card</b></x-image>',
    ],
)
def test_other_elements_of_a_publisher_show_no_picture(markup: str) -> None:
    assert read(f"<div>{markup}</div>").images == ()


def test_elements_of_a_publisher_in_each_other_take_no_time() -> None:
    deep = '<x-image src="/real.jpg">' * 200 + "</x-image>" * 200
    assert read(f"<div>{deep * 50}</div>")
