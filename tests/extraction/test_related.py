"""Related articles: where a page has them, and what is said of why each was kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article
from crawler.extraction import extract
from crawler.extraction.links import boxes
from crawler.extraction.links.related import MAX_LINKS
from tests.extraction.pages import PROSE, URL, article

DUCKS = "https://news.example/2024/05/01/ducks-are-back.html"
LINK = '<a href="/2024/05/01/ducks-are-back.html">Ducks are back in the pond</a>'

LETTERS = st.characters(
    exclude_categories=["Cs"], exclude_characters="\u0130\u0131\u017f\u212a"
)  # old forms of i, s, k


def related(html: str) -> list[tuple[str, str]]:
    found = extract(html, URL)
    assert isinstance(found, Article)
    return [(link.url, link.reason) for link in found.related]


def after(box: str, *, head: str = "<title>Tide</title>") -> str:
    """A page with a box after its text."""
    prose = "".join(f"<p>{line}</p>" for line in PROSE)
    return f"{head}<main><article><h1>Tide</h1>{prose}</article>{box}</main>"


HEADINGS = (
    "Recommended for you|Up next|What to read next|Similar posts|Next article|Ähnliche Artikel|Auch interessant"
    "|Empfohlen"
    "|Dans la même rubrique|Voir aussi|Pour aller plus loin|También te puede interesar|Relacionados|Le recomendamos"
    "|Saiba mais|Notícias relacionadas|Você também pode gostar|Ti potrebbe interessare anche|Vedi anche|Altri articoli"
    "|Meer over|Przeczytaj także|Polecamy|Powiązane artykuły|Вам может быть интересно|Рекомендуем|Схожі новини|За темою"
    "|İlgili haberler|Benzer haberler|أخبار ذات صلة|قد يعجبك أيضا|اخبار مرتبط|بیشتر بخوانید|כתבות נוספות|संबंधित खबरें"
    "|ये भी पढ़ें|Simak juga|Berita berkaitan|Bài viết liên quan|Đọc thêm|ข่าวที่เกี่ยวข้อง|おすすめ記事|次に読む"
    "|この記事を読んだ人はこんな記事も読んでいます|함께 보면 좋은 기사|추천 기사|猜你喜欢|為你推薦|看更多|上一篇|Læs mere"
    "|Relaterade artiklar|Relaterte saker|Aiheeseen liittyvää|Mohlo by vás zajímat|Súvisiace články|Olvassa el ezt is"
    "|Articole similare|Σχετικά άρθρα|Още по темата|Povezane vesti|Pročitajte još|Llegeix també"
    "|আরও পড়ুন|தொடர்புடைய செய்திகள்"
    "|مزید پڑھیں|Basahin din|Soma pia|Loe ka"
    "|Lasi arī|Taip pat skaitykite|Preberite tudi"
)


@pytest.mark.parametrize("heading", HEADINGS.split("|"))
def test_the_words_over_related_articles_are_known_in_many_languages(heading: str) -> None:
    assert related(after(f"<div><h3>{heading}</h3><ul><li>{LINK}</li></ul></div>")) == [(DUCKS, "related block")]


@pytest.mark.parametrize("heading", ["Most read", "Latest news", "Mais lidas", "热门文章", "The ducks of the river"])
def test_what_all_read_is_not_related(heading: str) -> None:
    assert related(after(f"<div><h3>{heading}</h3><ul><li>{LINK}</li></ul></div>")) == []


@pytest.mark.parametrize(
    "heading",
    [
        "Related stories",
        "Read also:",
        "Mehr zum Thema",
        "À lire aussi",
        "Te puede interesar",
        "Читайте также",
        "延伸閱讀",
        "関連記事",
    ],
)
@pytest.mark.parametrize(
    "markup", ["<h3>{}</h3>", "<p><strong>{}</strong></p>", "<header><span><span>{}</span></span></header>"]
)
def test_a_list_under_a_heading_that_says_so_is_related(heading: str, markup: str) -> None:
    box = f"<section>{markup.format(heading)}<ul><li>{LINK}</li></ul></section>"
    assert related(after(box)) == [(DUCKS, "related block")]


def test_a_line_that_says_so_and_the_paragraphs_under_it_are_related() -> None:
    assert related(after(f"<p>Read more: {LINK}</p>")) == [(DUCKS, "related block")]
    two = LINK.replace("ducks", "geese")
    assert related(
        after(f"<h4>See also</h4><p>{LINK}</p><p>{two}</p><p>{PROSE[0]} {LINK.replace('ducks', 'swans')}</p>")
    ) == [
        (DUCKS, "related block"),
        (DUCKS.replace("ducks", "geese"), "related block"),
    ]


def test_teasers_with_summaries_in_a_box_of_that_name_are_related() -> None:
    teaser = f'<div class="teaser"><a href="/2024/05/01/ducks-are-back.html"><img src="/d.jpg"></a><h4>{LINK}</h4><p>They came by night.</p></div>'
    assert related(after(f'<div class="related-articles">{teaser}</div>')) == [(DUCKS, "related block")]


def test_a_picture_alone_says_what_it_shows() -> None:
    found = extract(after(f'<div class="related"><a href="{DUCKS}"><img src="/d.jpg" alt="Ducks"></a></div>'), URL)
    assert isinstance(found, Article)
    assert [(link.url, link.text) for link in found.related] == [(DUCKS, "Ducks")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ducks are back in the pond of the town", "Ducks are back in the pond of the town"),
        ("Read more", "A duck, as the mayor saw it"),
    ],
)
def test_the_title_of_a_card_tells_more_than_its_picture_and_that_more_than_a_label(words: str, expected: str) -> None:
    picture = f'<a href="{DUCKS}"><img src="/d.jpg" alt="A duck, as the mayor saw it"></a>'
    geese = f'<a href="{DUCKS.replace("ducks", "geese")}">Geese are back in the pond, too</a>'
    found = extract(after(f'<div class="related">{picture}{geese}<a href="{DUCKS}">{words}</a></div>'), URL)
    assert isinstance(found, Article)
    assert [link.text for link in found.related] == [expected, "Geese are back in the pond, too"]


def test_structured_data_may_name_them() -> None:
    head = f'<title>Tide</title><script type="application/ld+json">{{"@type":"WebPage","relatedLink":["{DUCKS}"]}}</script>'
    assert related(after("", head=head)) == [(DUCKS, "structured data")]


def test_a_card_between_the_paragraphs_that_the_reading_left_out_is_kept() -> None:
    card = f'<div class="card"><div><div><span>{LINK}</span></div><div>5 min</div><div>Ann</div></div></div>'
    assert (DUCKS, "beside the text") in related(
        article(card, card.replace("<span>", "<b>").replace("</span>", "</b>"))
    )


@pytest.mark.parametrize(
    "markup",
    [
        f'<a rel="tag" href="{DUCKS}">Ducks are back in the pond</a>',
        f'<a rel="author" href="{DUCKS}">Ducks are back in the pond</a>',
        '<a href="/2024/05/01/ducks-are-back.html/https://news.example/2024/05/01/ducks-are-back.html">Ducks are back again</a>',
        f'<a href="{URL}?share=mastodon">Share the clear river with others</a>',
        '<a href="/comment/reply/1/24376">Reply to this comment of Ann</a>',
    ],
)
def test_tags_authors_shares_comments_and_traps_never_are(markup: str) -> None:
    assert related(after(f'<div class="related"><ul><li>{markup}</li></ul></div>')) == []
    assert related(article(f"<p>As {markup} says, and others say it too in many more words.</p>")) == []


def test_a_link_that_says_the_authors_name_leads_to_the_author() -> None:
    head = '<title>The river is clear</title><meta name="author" content="Ann O\'Hara">'
    name = '<a href="/node/35316">Ann O&#39;Hara</a>'
    assert related(article(f"<p>{name} is one of those who walk along the river.</p>", head=head)) == []
    assert related(article(f"<p>{name} is one of those who walk along the river.</p>")) != []


@pytest.mark.parametrize("place", ["nav", "header", "footer"])
def test_nothing_of_the_pages_frame_is(place: str) -> None:
    box = f"<div class='related'><ul><li>{LINK}</li></ul></div>"
    html = after("").replace("<main>", f"<{place}>{box}</{place}><main>")
    assert related(html) == []


def test_the_foot_of_the_article_is_no_part_of_the_frame() -> None:
    box = f"<footer><div class='related'><ul><li>{LINK}</li></ul></div></footer></article>"
    assert related(after("").replace("</article>", box)) == [(DUCKS, "related block")]


def test_of_many_the_first_are_kept() -> None:
    items = "".join(
        f'<li><a href="/2024/05/01/duck-number-{n}.html">Duck number {n}</a></li>' for n in range(MAX_LINKS * 2)
    )
    found = related(after(f'<div class="related"><ul>{items}</ul></div>'))
    assert len(found) == MAX_LINKS
    assert found[0][0].endswith("duck-number-0.html")


@given(st.from_regex(boxes._HEADING, alphabet=LETTERS))  # the words themselves
def test_a_line_over_further_articles_is_known_by_its_first_letters(line: str) -> None:
    assert not boxes._HEADING.match(line) or boxes.says_more(line)
