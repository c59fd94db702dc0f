"""What a page says about itself is read, best source first."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article
from crawler.extraction import extract
from crawler.extraction.about.broken_json import loaded
from crawler.extraction.about.linked_data import linked_data
from crawler.extraction.about.metadata import metadata
from crawler.extraction.about.writers.people import people
from tests.extraction.pages import URL, article, tree

DATA = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Person", "@id": "#ann", "name": "Ann O&#39;Hara"},
        {"@type": "WebPage", "name": "not this"},
        {
            "@type": ["NewsArticle"],
            "headline": "The river is clear",
            "author": [{"@id": "#ann"}, {"@type": "Person", "name": "Bo Li"}],
            "datePublished": "2024-05-06T07:08:09+08:00",
            "dateModified": "2024-05-07",
            "publisher": {"name": "Example News"},
            "image": [{"@type": "ImageObject", "url": "/river.jpg"}],
            "keywords": "rivers, fish",
            "description": "Fish are back.",
        },
    ],
}


def read(head: str) -> Article:
    found = extract(article(head=head), URL)
    assert isinstance(found, Article)
    return found


def test_json_ld_gives_every_field_through_references_and_graphs() -> None:
    found = read(f'<script type="application/ld+json">{json.dumps(DATA)}</script>')
    assert found.title == "The river is clear"
    assert found.authors == ("Ann O'Hara", "Bo Li")
    assert found.published == datetime(2024, 5, 5, 23, 8, 9, tzinfo=UTC)
    assert found.modified == datetime(2024, 5, 7, tzinfo=UTC)
    assert found.site == "Example News"
    assert found.tags == ("rivers", "fish")
    assert found.description == "Fish are back."
    assert found.image is not None
    assert found.image.url == "https://news.example/river.jpg"
    assert found.language == "en"


def test_a_contributor_is_an_author_if_a_person() -> None:
    ann, bo, site = (
        '{"@type": "Person", "name": "Ann O\'Hara"}',
        '{"@type": "Person", "name": "Bo Li"}',
        '{"name": "Us"}',
    )
    data = f'{{"@type": "Article", "headline": "x", "author": {ann}, "contributor": [{bo}, {site}]}}'
    assert read(f'<script type="application/ld+json">{data}</script>').authors == ("Ann O'Hara", "Bo Li")


@pytest.mark.parametrize(
    "name", ["author", "byl", "dc.creator", "sailthru.author", "citation_author", "citation_authors", "authors"]
)
def test_each_meta_name_for_authors_is_asked(name: str) -> None:
    assert read(f"<meta name='{name}' content=\"By Ann O'Hara\">").authors == ("Ann O'Hara",)


def test_scholars_are_all_named_where_dublin_core_names_the_first_alone() -> None:
    names = "".join(f"<meta name='citation_author' content='{name}'>" for name in ("Ann O&#39;Hara", "Bo Li"))
    assert read(f"<meta name='dc.creator' content='Ann O&#39;Hara'>{names}").authors == ("Ann O'Hara", "Bo Li")


def test_the_best_meta_name_is_not_joined_with_others() -> None:
    head = "<meta name='author' content='River House'><meta property='article:author' content=\"Ann O'Hara\">"
    assert read(head).authors == ("Ann O'Hara",)


ARTICLE_OF = '<script type="application/ld+json">{"@type": "Article", "author": "NAME"}</script>'
PROSE = "The river has run through the town for three hundred years, and nobody ever thought that it might stop."
REPORTER = "<p>小河社北京5月6日电（记者青小禾）</p>"


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        ("<meta name='author' content='小河网'>", REPORTER, ("青小禾",)),
        ("<meta name='author' content='小河网'>", "", ("小河网",)),
        ("<meta name='author' content='秦小满'>", REPORTER, ("秦小满",)),
        ("<meta name='author' content='秦小满'>", REPORTER.replace("青", "王"), ("王小禾",)),  # who entered the text
        ("<meta name='author' content='秦小满'>", "", ("秦小满",)),
        ("<meta name='author' content='The River – a magazine'>", "<p>By Ann O'Hara</p>", ("Ann O'Hara",)),
        ("<meta name='author' content='The River – a magazine'>", "", ("The River – a magazine",)),
        ("<meta name='author' content='news.example, Springfield, Freedonia'>", "", ("news.example",)),
        (
            "<meta name='author' content='news.example, Springfield, Freedonia'>",
            "<p>By Ann O'Hara</p>",
            ("Ann O'Hara",),
        ),
        ("<meta name='author' content='Bo Li'>", "<p>By Ann O'Hara</p>", ("Ann O'Hara",)),  # Bo Li entered the text
        ("<meta name='author' content='Bo Li, Ann O&#39;Hara'>", "<p>By Ann O'Hara</p>", ("Bo Li", "Ann O'Hara")),
        (ARTICLE_OF.replace("NAME", "Bo Li"), "<p>By Ann O'Hara</p>", ("Bo Li",)),
        ("<meta name='author' content='bo9'>", "<p>By Ann O'Hara</p>", ("Ann O'Hara",)),
        ("<meta name='author' content='River House (www.news.example)'>", "<p>By Ann O'Hara</p>", ("Ann O'Hara",)),
        ("<meta name='author' content='River House (www.news.example)'>", "", ("River House",)),
        ("<meta name='author' content='No Author'>", "", ()),
        ("<meta name='author' content='River Inc.'><meta name='author' content='Bo Li'>", "", ("Bo Li",)),
        ("<meta name='author' content='River Inc.'>", "", ("River Inc.",)),
        ("<meta name='author' content='Ann O&#39;Hara, Dietitian'>", "", ("Ann O'Hara",)),
        (
            "<meta name='author' content='Marketing Coordinator'>",
            f"<p class='author'>Marketing Coordinator</p><p>{PROSE}</p><p align='right'>By Ann O'Hara</p>",
            ("Ann O'Hara",),
        ),
        (
            "<meta name='author' content='news.example'>",
            f"<p>{PROSE}</p><p align='right'>Ann O'Hara</p>",
            ("Ann O'Hara",),
        ),
        (ARTICLE_OF.replace("NAME", "bo9"), "<p>By Ann O'Hara</p>", ("Ann O'Hara",)),
        (ARTICLE_OF.replace("NAME", "Reuters"), "<p>By Ann O'Hara</p>", ("Reuters",)),
        ("<meta name='author' content='小河'>", REPORTER.replace("青", "王"), ("王小禾",)),
        ("<meta name='author' content='小河'>", "<span class='author-name'>关注</span>", ("小河",)),
        (ARTICLE_OF.replace("NAME", "秦小满"), REPORTER, ("秦小满",)),
        ("", f"<span class='author-name'>小河日报</span>{REPORTER}", ("青小禾",)),
        ("", "<span class='author-name'>小河日报</span>", ("小河日报",)),
        ("", "<a href='/c/user/77/'>河边的人</a>", ("河边的人",)),
    ],
)
def test_who_publishes_a_page_is_its_author_only_where_nobody_else_is(
    head: str, body: str, authors: tuple[str, ...]
) -> None:
    title = "一条小河是怎样变清的"
    found = extract(article(body, head=f"<title>{title}</title>{head}").replace("The river is clear", title), URL)
    assert isinstance(found, Article)
    assert found.authors == authors


@pytest.mark.parametrize(
    ("account", "line", "author"),
    [
        ("ann.ohara", f"<p>{PROSE} (Ann T. Ohara) +++</p>", "Ann T. Ohara"),
        ("ann_ohara", "<b>Ann Ohara</b>", "Ann Ohara"),
        ("ann", "<p>Ann O'Hara</p>", "Ann O'Hara"),
        ("ann.ohara", f"<p>{PROSE} (Ann Li)</p>", "ann.ohara"),
        ("ann", "<p>Bo Ann</p>", "ann"),
        ("ann", "<p>Ann walks by the river</p>", "ann"),
        ("news", "<p>News Example</p>", "news"),  # the site
        ("a", "<p>A B</p>", "a"),
    ],
)
def test_an_account_is_whose_name_it_has_where_the_page_tells_that(account: str, line: str, author: str) -> None:
    head = f'<title>The river</title><script type="application/ld+json">{{"@type": "Article", "author": "{account}"}}</script>'
    found = extract(article(line, head=head), URL)
    assert isinstance(found, Article)
    assert found.authors == (author,)


SAID = '{"@type": "NewsArticle", "headline": "The river is clear", "datePublished": "2024-05-06"}'


@pytest.mark.parametrize(
    "head",
    [
        f'<script type="application/ld+json"><![CDATA[ {SAID} ]]></script>',
        f'<script type="application/ld+json">//<![CDATA[\n{SAID}\n//]]></script>',
        f'<script type="application/ld+json">/* ours */ <!-- {SAID} --></script>',
        f'<script type="application/ld+json">{SAID.replace("}", ", }")}</script>',
        f'<script type="application/ld+json">{SAID.replace(", ", ", // our words" + chr(10), 1)}</script>',
        f'<script type="application/ld+json">{escape(SAID)}</script>',
        f'<meta name="script:ld+json" content="{escape(SAID)}">',
    ],
)
def test_json_ld_is_read_as_templates_break_it(head: str) -> None:
    assert read(head).published == datetime(2024, 5, 6, tzinfo=UTC)


def test_meta_elements_serve_where_there_is_no_json_ld() -> None:
    found = read(
        '<meta property="og:site_name" content="Example"><meta name="author" content="By Ann O\'Hara and Bo Li">'
        '<meta property="article:published_time" content="2024-05-06"><meta property="article:tag" content="rivers">'
        '<meta property="og:image" content="https://news.example/r.jpg"><meta name="description" content="Fish.">'
    )
    assert (found.site, found.authors, found.tags) == ("Example", ("Ann O'Hara", "Bo Li"), ("rivers",))
    assert found.published == datetime(2024, 5, 6, tzinfo=UTC)
    assert (found.description, found.image and found.image.url) == ("Fish.", "https://news.example/r.jpg")


@pytest.mark.parametrize(
    "name", ["dc.subject", "dcterms.subject", "og:article:tag", "parsely-tags", "tags", "keywords"]
)
def test_each_meta_name_for_tags_is_asked(name: str) -> None:
    assert read(f"<meta name='{name}' content='rivers'><meta name='{name}' content='fish'>").tags == ("rivers", "fish")


def test_the_subject_of_dublin_core_is_what_an_editor_chose() -> None:
    said = '<script type="application/ld+json">{"@type": "Article", "keywords": "rivers, fish, nature"}</script>'
    assert read(said + "<meta name='dc.subject' content='fish, rivers'>").tags == ("fish", "rivers")


@pytest.mark.parametrize(
    "name", ["logo.png", "example-logo-1200x630.jpg", "og-default.png", "default_share.png", "favicon.ico"]
)
def test_the_sites_own_picture_is_no_lead_image(name: str) -> None:
    found = read(f'<meta property="og:image" content="/a/{name}?v=2"><meta name="twitter:image" content="/r.jpg">')
    assert found.image is not None
    assert found.image.url == "https://news.example/r.jpg"


@pytest.mark.parametrize(
    "name", ["logos-of-the-town.jpg", "the-logo/river.jpg", "river_16-9_default_0.jpg", "catalogo.jpg"]
)
def test_a_picture_of_the_article_is_its_lead_image(name: str) -> None:
    found = read(f'<meta property="og:image" content="/a/{name}">')
    assert found.image is not None
    assert found.image.url == f"https://news.example/a/{name}"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann O'Hara and Bo Li", ("Ann O'Hara", "Bo Li")),
        ("记者：青禾、小满", ("青禾", "小满")),
        ("本台记者青禾 报道", ("青禾",)),
        ("责编：青禾", ()),
        ("来源：小河日报", ()),
        ("Source: Example Daily", ()),
        ("Ann (ann), ANN", ("Ann",)),
        ("Ann O'Hara Ann O'Hara", ("Ann O'Hara",)),
        ("ByAnn O'Hara", ("Ann O'Hara",)),
        ("Ann O'Hara, Ph.D., and Bo Li, MD", ("Ann O'Hara Ph.D.", "Bo Li MD")),
        ("Ann O'Hara, Director of Operations, Example News", ("Ann O'Hara",)),
        ("Ann O'Hara - Example Editorial Team", ("Ann O'Hara",)),
        ("Text und Interview: Ann O'Hara", ("Ann O'Hara",)),
        ("red, Example.at/ Agenturen", ("Example.at",)),
        ("Ann O'Hara, Springfield, Bo Li", ("Ann O'Hara", "Bo Li")),
        ("Ann O'Hara, Reuters, Bo Li", ("Ann O'Hara", "Reuters", "Bo Li")),
        ("Ann O'Hara, CEPF®", ("Ann O'Hara CEPF®",)),
        ("Ann O'Hara, CFP®, and Bo Li", ("Ann O'Hara CFP®", "Bo Li")),
        ("Revised Edition Edited by Ann O'Hara", ()),
        ("Alle Artikel von Ann O'Hara", ("Ann O'Hara",)),
        ("Ludwig von Beispiel", ("Ludwig von Beispiel",)),
        ("Example Editorial Team", ("Example Editorial Team",)),
        ("Ministry of Fish and Water", ("Ministry of Fish and Water",)),
        ("Li & Li", ("Li & Li",)),
        ("Discuz! Team and Comsenz UI Team", ()),  # the program, in the author element of its pages
        ("(ads = window.ads || []).push({});", ()),
        ("小河社记者 青小禾 小满", ("青小禾", "小满")),
        ("大川 美咲", ("大川 美咲",)),
        ("김철수 기자", ("김철수",)),
        ("김철수 나무 칼럼니스트", ("김철수",)),
        ("https://news.example/ann", ()),
        ("admin", ()),
        ("記者 秦小滿／柳灣報導", ("秦小滿",)),
        ("記者王小明、李大同／台北報導", ("王小明", "李大同")),
        ("Submitted by Clara Denholt on Thu, 05/06/2024 - 10:00", ("Clara Denholt",)),
    ],
)
def test_bylines_become_names_each_once(line: str, names: tuple[str, ...]) -> None:
    assert people([line]) == names


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("O'Hara, Ann", ("Ann O'Hara",)),
        ("O'Hara, A.", ("A. O'Hara",)),
        ("Hara, Ann de", ("Ann de Hara",)),
        ("O'Hara Li, Ann", ("Ann O'Hara Li",)),
        ("Ann O'Hara, Bo Li", ("Ann O'Hara", "Bo Li")),
        ("Ann O'Hara", ("Ann O'Hara",)),
    ],
)
def test_names_as_libraries_write_them_are_turned(said: str, names: tuple[str, ...]) -> None:
    assert read(f'<meta name="citation_author" content="{said}">').authors == names


@given(st.text(max_size=80))
def test_no_text_breaks_names(text: str) -> None:
    people([text])


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=8),
        lambda one: (
            st.lists(one)
            | st.dictionaries(
                st.sampled_from(["@type", "@id", "author", "name", "headline", "image", "datePublished", "@graph"]),
                one | st.just("NewsArticle"),
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_breaks_the_structured_data(value: object) -> None:
    root = tree(f'<html><head><script type="application/ld+json">{json.dumps(value)}</script></head><body>x</body>')
    linked_data(root.iter("script"))


@pytest.mark.parametrize("text", ["[" * 100_000, ",}" * 200_000, "," + " " * 500_000, "/*" * 200_000, "<!--" * 200_000])
def test_hostile_json_costs_what_its_size_costs(text: str) -> None:
    root = tree(f'<html><head><script type="application/ld+json">{text}</script></head><body>x</body>')
    start = time.process_time()
    linked_data(root.iter("script"))
    assert time.process_time() - start < 2


def test_a_hostile_number_of_authors_costs_no_more_than_a_few() -> None:
    start = time.process_time()
    assert people(["By Ann and Bo, and Cy"] * 60_000) == ("Ann", "Bo", "Cy")
    assert time.process_time() - start < 1


PICTURE = "https://news.example/media/boat.jpg"


def _ld(**said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **said})}</script>'


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:image:secure_url" content="{}">',
        '<meta name="twitter:image0" content="{}">',
        '<link rel="image_src" href="{}">',
        '<link itemprop="thumbnailUrl" href="{}">',
        '<meta name="thumbnail" content="{}">',
        '<meta name="parsely-image-url" content="{}">',
        '<meta name="sailthru.image.full" content="{}">',
        '<meta property="og:image" content="undefined"><meta name="twitter:image" content="{}">',
        '<meta property="og:image" content="https:"><meta name="twitter:image" content="{}">',
        f'<meta property="og:image" content="{URL}"><meta name="twitter:image" content="{{}}">',
        '<meta property="og:image" content="/FaviconApp.png"><meta name="twitter:image" content="{}">',
    ],
)
def test_the_pages_image_is_found_wherever_its_head_names_it(head: str) -> None:
    assert metadata(tree(article(head=head.format(PICTURE))), URL).image == PICTURE


@pytest.mark.parametrize(
    "said",
    [
        {"@type": "NewsArticle", "image": {"@type": "ImageObject", "contentUrl": PICTURE}},
        {"@type": "NewsArticle", "image": {"@type": "ImageObject", "@id": PICTURE}},
        {
            "@graph": [
                {"@type": "NewsArticle", "image": {"@id": "#boat"}},
                {"@type": "ImageObject", "@id": "#boat", "contentUrl": PICTURE},
            ]
        },
        {
            "@graph": [
                {"@type": "NewsArticle"},
                {"@type": "WebPage", "primaryImageOfPage": {"@id": "#boat"}},
                {"@type": "ImageObject", "@id": "#boat", "url": PICTURE},
            ]
        },
        {"@type": "VideoObject", "name": "The river", "thumbnailUrl": [PICTURE, "https://news.example/2.jpg"]},
    ],
)
def test_the_pages_image_is_found_however_its_structured_data_says_it(said: dict[str, object]) -> None:
    found = metadata(tree(article(head=_ld(**said))), URL)
    assert found.image == PICTURE
    assert found.says_article == ("VideoObject" not in str(said))


ANN, BO = {"@type": "Person", "name": "Ann O'Hara"}, {"@type": "Person", "name": "Bo Li"}


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": ["Ann O'Hara", "Bo Li"]}, ("Ann O'Hara", "Bo Li")),
        ({"@type": "Person", "givenName": "Ann", "familyName": "O'Hara"}, ("Ann O'Hara",)),
        ({"@type": "Person", "name": {"@value": "Ann O'Hara", "@language": "en"}}, ("Ann O'Hara",)),
        ({"@list": [ANN, BO]}, ("Ann O'Hara", "Bo Li")),
        ("https://news.example/author/ann", ()),
    ],
)
def test_an_author_is_read_however_structured_data_says_it(author: object, names: tuple[str, ...]) -> None:
    assert metadata(tree(article(head=_ld(**{"@type": "NewsArticle", "author": author}))), URL).authors == names


@pytest.mark.parametrize(
    "broken",
    [
        """{"@type": "NewsArticle", "headline": "The "river" stops", "author": {"name": "Ann O'Hara"}}""",
        """{"@type": "NewsArticle", "author": {"name": "Ann O\\'Hara",},}""",
        """{"@type": "NewsArticle", "description": "a\nb", "author": {"name": "Ann O'Hara"}}; """,
    ],
)
def test_json_that_a_template_broke_is_read(broken: str) -> None:
    page = article(head=f'<script type="application/ld+json">{broken}</script>')
    assert metadata(tree(page), URL).authors == ("Ann O'Hara",)


@given(st.text(alphabet='{}[]":,\\ ab1\n', max_size=80))
def test_no_json_breaks_it(text: str) -> None:
    loaded(text, 0)


@pytest.mark.parametrize(
    "text", ['"' * 19_000, '{"a":"' + 'b"c' * 6_000, ',"' * 9_000, '{"a":' + " " * 19_000 + '"b"x"}']
)
def test_broken_json_costs_what_its_size_costs(text: str) -> None:
    start = time.process_time()
    for place in range(500):
        loaded(text, place)
    assert time.process_time() - start < 4


def test_broken_json_that_claims_links_costs_what_its_size_costs() -> None:
    block = '<script type="application/ld+json">{"relatedLink": "' + '"' * 19_000 + "</script>"
    page = tree(article(head=block * 500))
    start = time.process_time()
    assert linked_data(page.iter("script")).related == ()
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:article:author" content="{}">',
        '<meta name="articleauthor" content="{}">',
        '<meta name="cXenseParse:author" content="{}">',
        '<meta name="post-author" content="{}">',
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="{}">',
        '<meta name="twitter:label2" content="Verfasst von"><meta name="twitter:data2" content="{}">',
    ],
)
def test_a_meta_element_of_one_program_names_who_wrote_where_no_byline_does(head: str) -> None:
    head = head.format("Ann O&#39;Hara")
    assert metadata(tree(article(head=head + head)), URL).authors == ("Ann O'Hara",)
    assert metadata(tree(article("<p class='byline'>By Bo Li</p>", head=head)), URL).authors == ("Bo Li",)


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="smartbanner:author" content="Ann O\'Hara">',
        '<meta name="twitter:creator" content="@ann">',
        '<meta name="articleauthor" content="newsdesk">',
        '<meta name="twitter:label1" content="Est. reading time"><meta name="twitter:data1" content="Ten Minutes">',
    ],
)
def test_what_else_such_names_say_is_nobody(head: str) -> None:
    assert metadata(tree(article(head=head)), URL).authors == ()
