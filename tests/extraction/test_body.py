"""The body is the page's own nodes: what belongs stays where it stands, furniture goes."""

from __future__ import annotations

import pytest

from crawler.core.model import Article, Link
from crawler.extraction import extract
from tests.extraction.lines import LONG
from tests.extraction.pages import PROSE, URL, article, page


def read(html: str) -> Article:
    found = extract(html, URL)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    "kept",
    [
        "<h2>What the pupils saw</h2>",
        "<blockquote><p>Short.</p></blockquote>",
        "<table><tbody><tr><td>pH</td><td>7.2</td></tr></tbody></table>",
        "<ol><li>one</li><li>two</li></ol>",
        '<ol><li>A chart. <a href="https://news.example/2024/05/06/the-river-is-clear.html#1">1</a></li></ol>',
        "<div><hr></div>",
        '<figure class="wp-block-embed"><div><blockquote class="twitter-tweet"><p>Clear!</p>— Ann</blockquote></div></figure>',
        "<pre>a = 1\n  b = 2</pre>",
        '<pre>a = 1 <span class="hljs-comment"># the first</span></pre>',
        '<figure><img src="https://news.example/a.jpg" alt="A"><figcaption>The bridge</figcaption></figure>',
        '<ul><li><a href="https://news.example/2024/05/01/ducks-are-back.html">Ducks are back in the pond</a></li></ul>',
        '<p>Plain <em>and</em> <a href="https://other.example/">linked</a> words.</p>',
        '<p>Beside <em><a class="recommendation-link" href="https://other.example/">other rivers</a></em> it is small.</p>',
        '<p><img src="https://news.example/a.jpg" alt="A"></p><p class="caption">The bridge</p>',
        '<p>It took 13 <span class="sr-only">hours</span> and no <b><span class="sr-only">more</span></b>.</p>',
        '<p>It was black.<sup id="ref-print" class="print"><a href="https://other.example/n">3</a></sup> Now it is not.</p>',
    ],
)
def test_what_stands_between_paragraphs_of_the_article_stays_in_place(kept: str) -> None:
    html = read(article(kept)).html
    assert html.index(PROSE[1]) < html.index(kept) < html.index(PROSE[2])


@pytest.mark.parametrize(
    "dropped",
    [
        '<div class="share-bar"><a href="https://social.example/?u=x">DROPPED</a></div>',
        "<script>DROPPED</script><style>DROPPED</style>",
        '<form action="/subscribe"><p>DROPPED</p><input></form>',
        '<aside class="sidebar"><p>DROPPED</p></aside>',
        "<div id='toc'><h2>Contents</h2><ul>"
        + "".join(f"<li><a href='#{number}'>{number} DROPPED</a></li>" for number in range(3))
        + "</ul></div>",
        '<div style="display: none;"><img src="https://news.example/a-150x150.jpg" alt="DROPPED"></div>',
        '<p hidden><img src="https://news.example/a-150x150.jpg" alt="DROPPED"></p>',
        '<div class="newsletter-signup newsletter"><p>DROPPED: subscribe to our daily letter.</p></div>',
        '<div id="comments"><p>DROPPED is what I think of it.</p></div>',
        '<img src="/icon-zoom.png" alt="DROPPED">',
        '<p>ann@<span style="display: none">DROPPED</span>river.example</p>',
        "<p>It was clear.<span hidden>DROPPED</span></p>",
        '<p class="button-wrapper"><a href="https://other.example/">DROPPED</a></p>',
        '<p class="textauthor">DROPPED</p>',
        '<figure><span class="u-visually-hidden">DROPPED</span><img src="https://news.example/a.jpg"></figure>',
        '<img src="/count.gif" width="1" height="1" alt="DROPPED">',
        "<!-- DROPPED -->",
    ],
)
def test_furniture_between_paragraphs_goes(dropped: str) -> None:
    html = read(article(dropped)).html
    assert "DROPPED" not in html
    assert all(paragraph in html for paragraph in PROSE)


@pytest.mark.parametrize(
    "empty",
    [
        "<p>&nbsp;</p>",
        "<div id='ad-7'></div>",
        "<div><div class='slot'><span></span></div></div>",
        "<ul><li> </li></ul>",
        "<h3><strong></strong></h3>",
        "<figure><figcaption> </figcaption></figure>",
    ],
)
def test_what_shows_nothing_is_no_part_of_the_body(empty: str) -> None:
    assert read(article(f"{empty}<p>It was clear.</p>{empty}")).html == read(article("<p>It was clear.</p>")).html
    assert read(article(f"<blockquote>{empty}<p>It was clear.</p></blockquote>")).html.count("<") == 2 * len(PROSE) + 4


@pytest.mark.parametrize(
    "kept",
    [
        '<p>The <b>river</b><span> </span><b>bank</b>, <a id="here"></a>seen from the bridge.</p>',
        '<pre><div class="line">a = 1</div><div class="line"></div><div class="line">b = 2</div></pre>',
        "<table><tbody><tr><td></td><td>7.2</td></tr></tbody></table>",
        '<iframe src="https://video.example/1"></iframe>',
        '<p>A face: <span style="display:none"><img src="https://news.example/face.jpg" alt="It"></span></p>',
    ],
)
def test_white_space_that_parts_words_lines_and_cells_stay(kept: str) -> None:
    assert kept in read(article(kept)).html


@pytest.mark.parametrize(
    ("frame", "item"), [("<ul>{}</ul>", "<li>{}</li>"), ("<table><tbody>{}</tbody></table>", "<tr><td>{}</td></tr>")]
)
def test_an_article_of_items_is_a_list_and_one_of_cells_a_table(frame: str, item: str) -> None:
    whole = frame.format("".join(item.format(one) for one in LONG))
    assert whole in read(page(whole)).html


def test_links_and_images_are_absolute_and_a_link_to_nowhere_loses_its_target() -> None:
    html = read(
        article('<p><a href="../07/x.html">x</a> <a href="javascript:alert(1)">y</a> <a href="//o.example/z">z</a></p>')
    ).html
    assert '<a href="https://news.example/2024/05/07/x.html">x</a>' in html
    assert "<a>y</a>" in html
    assert '<a href="https://o.example/z">z</a>' in html


def test_the_lead_image_above_the_text_is_kept_and_comes_first() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    figure = (
        '<figure><img src="/lead.jpg"><figcaption>The river <span class="credit">Ann O</span></figcaption></figure>'
    )
    head = '<title>The river is clear</title><meta property="og:image" content="https://news.example/lead.jpg?w=1">'
    found = read(
        page(
            f'<header><h1>The river is clear</h1></header><div class="hero">{figure}</div><div>{text}</div>', head=head
        )
    )
    assert found.html.startswith("<figure><img")
    assert [(one.url, one.caption, one.credit) for one in found.images] == [
        ("https://news.example/lead.jpg", "The river", "Ann O")
    ]


@pytest.mark.parametrize(
    "picture",
    [
        "<center>{}</center>",
        "<div class='field field-image'><div class='field-item'>{}</div></div>",
        "<p>{}</p>",
    ],
)
def test_a_picture_below_the_headline_is_kept_in_whatever_box_where_the_page_names_none(picture: str) -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    above = '<p><img src="/banner.jpg"></p>'
    body = f'<h1>The river is clear</h1>{picture.format("<img src=/a.jpg>")}<div class="field-body">{text}</div>'
    assert [one.url for one in read(page(above + body)).images] == ["https://news.example/a.jpg"]


def test_a_picture_below_the_headline_that_leads_elsewhere_is_no_part_of_the_article() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    body = f'<h1>The river is clear</h1><p><a href="/shop"><img src="/a.jpg"></a></p><div>{text}</div>'
    assert read(page(body)).images == ()


def test_text_that_only_structured_data_holds_becomes_paragraphs() -> None:
    body = "\\n".join(PROSE) * 3
    head = f'<title>River</title><script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{body}"}}</script>'
    found = read(page("<div>Please wait.</div>", head=head))
    assert PROSE[0] in found.html
    assert found.html.startswith("<p>")


def test_related_are_articles_of_the_same_site_each_once_with_the_reason() -> None:
    found = read(
        article(
            '<ul><li><a href="/2024/05/01/ducks-are-back.html">Ducks are back in the pond</a></li></ul>',
            '<p>As <a href="/2024/05/02/a-new-drain-opens.html#top">we reported</a>, <a href="/tag/rivers-and-lakes-2024">rivers</a> and '
            '<a href="/2024/05/02/a-new-drain-opens.html">again</a>, see <a href="/files/2024/report-of-the-year.pdf">the report</a>, '
            '<a href="https://other.example/2024/05/02/not-ours-at-all.html">others</a>, <a href="/authors/ann-o-hara">Ann</a>, '
            f'<a href="{URL}#comments">comments</a>, <a href="/world">World</a>.</p>',
        )
    )
    assert found.related == (
        Link("https://news.example/2024/05/01/ducks-are-back.html", "Ducks are back in the pond", "related block"),
        Link("https://news.example/2024/05/02/a-new-drain-opens.html#top", "we reported", "in the body"),
    )
    assert found.off_site == (Link("https://other.example/2024/05/02/not-ours-at-all.html", "others", "in the body"),)


BOX = '<ul><li><a href="/2024/05/01/ducks-are-back.html">Ducks are back in the pond</a></li></ul>'


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="related-stories">{BOX}</div>',
        f"<h3>Read more</h3>{BOX}",
        f"<p><strong>相关报道</strong></p>{BOX}",
        '<aside id="more-stories"><a href="/2024/05/01/ducks-are-back.html">Ducks are back in the pond</a></aside>',
    ],
)
@pytest.mark.parametrize("place", ["in the article", "after it"])
def test_related_boxes_after_the_last_paragraph_lead_to_articles(box, place):
    inside, after = (box, "") if place == "in the article" else ("", box)
    prose = "".join(f"<p>{line}</p>" for line in PROSE)
    html = f"<title>Tide</title><nav>{BOX.replace('ducks', 'geese')}</nav><article><h1>Tide</h1>{prose}{inside}</article>{after}"
    found = read(html.encode())
    assert [(link.url, link.reason) for link in found.related] == [
        ("https://news.example/2024/05/01/ducks-are-back.html", "related block")
    ]
    assert place == "in the article" or "Ducks" not in found.text


@pytest.mark.parametrize(
    ("aside", "stays"),
    [
        ("<figure><img src=/i/a.jpg><figcaption>Reeds at the river</figcaption></figure>", True),
        ("<figure><a href=/i/a-large.jpg><img src=/i/a.jpg></a><figcaption>Reeds</figcaption></figure>", True),
        ("<figure><a href=/ducks><img src=/i/a.jpg></a><figcaption>Ducks</figcaption></figure>", False),
        ("<figure><img src=/i/a.jpg><figcaption>Ducks</figcaption></figure><p>Read all of it</p>", False),
        ("<figure><img src=/i/a.jpg></figure>", False),
    ],
)
def test_an_aside_stays_where_it_is_a_picture_with_its_caption(aside: str, *, stays: bool) -> None:
    assert ("a.jpg" in read(article(f"<aside>{aside}</aside>")).html) is stays


POST = '<blockquote class="twitter-tweet"><p>Fish are back, said the school.</p>A school (@school) May 5, 2024</blockquote>'


@pytest.mark.parametrize(
    ("box", "stays"),
    [
        ('<div class="social-media-embed">{}</div>', True),
        ('<div class="x-widget"><div class="x-widget-inner">{}</div></div>', True),
        ('<div class="hidden">{}</div>', False),
        ("<aside>{}</aside>", False),
        ('<div class="social-links"><ul>' + "<li>follow us there</li>" * 10 + "</ul>{}</div>", False),
    ],
)
def test_a_post_that_the_article_quotes_is_of_its_text_whatever_network_its_box_is_named_after(
    box: str, stays: bool
) -> None:
    assert ("Fish are back, said the school." in read(article(box.format(POST))).text) is stays


@pytest.mark.parametrize("name", ["image-caption", "InlineImage-embedCaption", "photoCaption_x1"])
def test_a_caption_is_no_text_however_its_name_is_written(name: str) -> None:
    said = (
        "Two pupils of the school hold a bucket over the water, while a third writes down what the meter says, in June."
    )
    assert said not in read(article(f'<div><img src="/a.jpg"><div class="{name}">{said}</div></div>')).text
