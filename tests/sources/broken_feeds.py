"""Feeds as the world sends them, one for each way to be broken, and what is to be read from them."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from datetime import UTC, datetime

URL = "https://news.example.org/feeds/all.xml"
THEN = datetime(2024, 7, 26, 3, 38, 40, tzinfo=UTC)
A, B = "https://news.example.org/a", "https://news.example.org/b"


@dataclass(frozen=True, slots=True)
class Want:
    url: str = A
    title: str | None = "One"
    date: datetime | None = None
    author: str | None = None
    html: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    body: bytes
    want: tuple[Want, ...]
    problems: tuple[str, ...] = ()  # how each begins
    content_type: str | None = None


def rss(items: str, head: str = "", root: str = '<rss version="2.0">') -> str:
    return f"{root}<channel><title>News</title><link>https://news.example.org/</link>{head}{items}</channel></rss>"


def item(inside: str = "", link: str = A, title: str = "One") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{inside}</item>"


def atom(entry: str, attributes: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>News</title><entry><title>One</title>{entry}</entry></feed>'


def shape(
    name: str, text: str | bytes, *want: Want, problems: tuple[str, ...] = (), content_type: str | None = None
) -> Shape:
    return Shape(name, text.encode() if isinstance(text, str) else text, want, problems, content_type)


CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
WHOLE = "<p>" + "An article has sentences, and they go on for a while. " * 12 + "</p>"
NOT_WELL_FORMED = ("not well-formed: read as far as it can be",)
RAW_TITLE = "北京：今天的新闻"

RSS_SHAPES = (
    shape("a plain item", rss(item("<pubDate>Fri, 26 Jul 2024 11:38:40 +0800</pubDate>")), Want(date=THEN)),
    shape("wrong weekday", rss(item("<pubDate>Mon, 26 Jul 2024 03:38:40 GMT</pubDate>")), Want(date=THEN)),
    shape("Chinese date", rss(item("<pubDate>2024年7月26日 11:38:40 北京时间</pubDate>")), Want(date=THEN)),
    shape("date in milliseconds", rss(item("<pubDate>1721965120000</pubDate>")), Want(date=THEN)),
    shape("NaN for a date", rss(item("<pubDate>NaN</pubDate>")), Want(), problems=("date cannot be read ('NaN')",)),
    shape(
        "unreadable date beside a readable one",
        rss(
            item("<pubDate>soon</pubDate><dc:date>2024-07-26T03:38:40Z</dc:date>"),
            root='<rss xmlns:dc="http://purl.org/dc/elements/1.1/">',
        ),
        Want(date=THEN),
    ),
    shape("empty date", rss(item("<pubDate> </pubDate>")), Want()),
    shape("relative link, on the channel's", rss(item(link="/a?source=rss")), Want(url=A + "?source=rss")),
    shape("relative link without a channel link", f"<rss><channel>{item(link='../a')}</channel></rss>", Want()),
    shape(
        "xml:base",
        rss(item(link="a"), root='<rss xml:base="https://other.example.net/x/">'),
        Want(url="https://other.example.net/x/a"),
    ),
    shape("link in CDATA, with blanks", rss(item(link="\n <![CDATA[ https://news.example.org/a ]]> \n")), Want()),
    shape("link broken over two lines", rss(item(link="https://news.example.org/\na")), Want()),
    shape("escaped twice", rss(item(link=A + "?x=1&amp;amp;y=2")), Want(url=A + "?x=1&y=2")),
    shape(
        "bare ampersands",
        rss(item(link=A + "?x=1&y=2&copy=3&b", title="Q & A")),
        Want(url=A + "?x=1&y=2&copy=3&b", title="Q & A"),
    ),
    shape(
        "tracking parameters stay",
        rss(item(link=A + "?utm_source=rss&amp;source=rss#x")),
        Want(url=A + "?utm_source=rss&source=rss#x"),
    ),
    shape("a password is left out", rss(item(link="https://ann:secret@news.example.org/a")), Want()),
    shape("host without a scheme", rss(item(link="www.example.org/a")), Want(url="https://www.example.org/a")),
    shape("host without a scheme, two slashes", rss(item(link="//news.example.org/a")), Want()),
    shape("guid for a link", rss(f"<item><title>One</title><guid>{A}</guid></item>"), Want()),
    shape(
        "guid that is no permalink",
        rss(f'<item><title>One</title><guid isPermaLink="false">{A}</guid></item>'),
        problems=("entry left out: no link ('One')",),
    ),
    shape(
        "guid that is no URL",
        rss("<item><title>One</title><guid>tag:1</guid></item>"),
        problems=("entry left out: no link",),
    ),
    shape(
        "no link at all",
        rss("<item><title>One</title></item>" + item(link=B)),
        Want(url=B),
        problems=("entry left out: no link ('One')",),
    ),
    shape(
        "javascript for a link",
        rss(item(link="javascript:alert(1)")),
        problems=("entry left out: its link leads nowhere we go",),
    ),
    shape("bad link, good guid", rss(item(f"<guid>{A}</guid>", link="javascript:alert(1)")), Want()),
    shape(
        "enclosure alone",
        rss('<item><title>One</title><enclosure url="https://news.example.org/a.mp3"/></item>'),
        problems=("entry left out: no link",),
    ),
    shape(
        "FeedBurner",
        rss(
            item(f"<feedburner:origLink>{A}</feedburner:origLink>", link="https://feeds.example.com/~r/x"),
            root='<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">',
        ),
        Want(),
    ),
    shape(
        "the same page three times",
        rss(item() + item(link=A + "?utm_source=x") + item(title="Late")),
        Want(),
        problems=("entry repeats another's URL (2 times, first: 'https://news.example.org/a?utm_source=x')",),
    ),
    shape("link that an HTML tool closed", rss(f"<item><title>One</title><link/>{A}</item>"), Want()),
    shape(
        "names in capitals",
        rss(f"<item><TITLE>One</TITLE><Link>{A}</Link><pubdate>2024-07-26T03:38:40Z</pubdate></item>"),
        Want(date=THEN),
    ),
    shape(
        "atom:link to the feed itself",
        rss(
            f'<item><title>One</title><atom:link rel="self" href="{B}"/><link>{A}</link></item>',
            root='<rss xmlns:atom="http://www.w3.org/2005/Atom">',
        ),
        Want(),
    ),
    shape(
        "title of markup and entities",
        rss(item(title="&lt;b&gt;Q&lt;/b&gt; &amp;amp; A&amp;#8217;s")),
        Want(title="Q & A’s"),
    ),
    shape("title in CDATA", rss(item(title="<![CDATA[Q &amp; <i>A</i>]]>")), Want(title="Q & A")),
    shape("CDATA that was escaped", rss(item(title="&lt;![CDATA[One]]&gt;")), Want()),
    shape("CDATA in CDATA", rss(item(title="<![CDATA[<![CDATA[One]]>]]>")), Want(), problems=()),
    shape("title of generics", rss(item(title="Vec&lt;String&gt; explained")), Want(title="Vec<String> explained")),
    shape("title of 100 kB", rss(item(title="x" * 100_000)), Want(title="x" * 500)),
    shape("empty title", rss(item(title="<![CDATA[ ]]>")), Want(title=None)),
    shape(
        "title of a picture's too",
        rss(item("<media:title>Two</media:title>"), root='<rss xmlns:media="http://search.yahoo.com/mrss/">'),
        Want(),
    ),
    shape("author with an address", rss(item("<author>ann@example.org (Ann Lee)</author>")), Want(author="Ann Lee")),
    shape("author who is but an address", rss(item("<author>ann@example.org</author>")), Want()),
    shape(
        "several creators",
        rss(
            item("<dc:creator>Ann</dc:creator><dc:creator>Ben</dc:creator>"),
            root='<rss xmlns:dc="http://purl.org/dc/elements/1.1/">',
        ),
        Want(author="Ann, Ben"),
    ),
    shape(
        "undeclared namespaces",
        rss(item(f"<dc:creator>Ann</dc:creator><content:encoded><![CDATA[{WHOLE}]]></content:encoded>")),
        Want(author="Ann", html=WHOLE),
    ),
    shape("undeclared entities", rss(item(title="One&nbsp;two &eacute;&unknown;")), Want(title="One two é&unknown;")),
    shape("control characters", rss(item(title="O\x08n\x00e&#8;&#x1f;")), Want()),
    shape("Windows' own quotes", rss(item(title="&#147;One&#148;")), Want(title="“One”")),
    shape("a stray angle bracket", rss(item(title="1 < 2")), Want(title="1 < 2")),
    shape(
        "junk before the declaration",
        '\n\nWarning: foo() in /x.php on line 3<br />\n<?xml version="1.0"?>' + rss(item()),
        Want(),
    ),
    shape("byte order mark, then blanks", b"\xef\xbb\xbf \n" + rss(item()).encode(), Want()),
    shape("junk behind the end", rss(item()) + "<script>x</script>", Want(), problems=NOT_WELL_FORMED),
    shape(
        "cut off in the second item",
        rss(item() + item(link=B))[:-45],
        Want(),
        problems=(*NOT_WELL_FORMED, "entry left out: no link ('One')"),
    ),
    shape(
        "open tags in a description",
        rss(item("<description><p>one<br>two</description>") + item(link=B)),
        Want(),
        Want(url=B),
    ),
    shape(
        "an end tag is missing",
        rss("<item><title>One</title><link>" + A + "</link><item><title>One</title><link>" + B + "</link></item>"),
        Want(),
        Want(url=B),
        problems=NOT_WELL_FORMED,
    ),
    shape(
        "entity bomb",
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + rss(item(title="One&b;")),
        Want(title="One&b;"),
    ),
    shape(
        "half a character by its number",
        rss(item("<author x='<!--'>A&#xD800;&#57343;</author><x y='-->'/>", title="O&#xdfff;ne&#55296;")),
        Want(title="O\ufffdne\ufffd", author="A\ufffd\ufffd"),
        problems=NOT_WELL_FORMED,
    ),
    shape("the DOCTYPE of a page", "<!DOCTYPE html>\n" + rss(item()), Want()),
    shape("title of a forgotten frame", rss(item(title="One&lt;iframe src=x&gt;&lt;/iframe&gt;")), Want()),
    shape(
        "title by Dublin Core alone",
        rss(f"<item><dc:title>One</dc:title><link>{A}</link></item>"),
        Want(),
    ),
    shape(
        "external entity",
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rss(item(title="One&a;")),
        Want(title="One&a;"),
    ),
    shape(
        "RSS 0.91 with its DOCTYPE",
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd">' + rss(item(), root='<rss version="0.91">'),
        Want(),
    ),
    shape(
        "RSS 1.0",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title></channel>'
        f'<item rdf:about="{A}"><title>One</title><dc:date>2024-07-26T11:38:40+08:00</dc:date></item></rdf:RDF>',
        Want(date=THEN),
    ),
)

CHARSET_SHAPES = (
    shape(
        "says utf-8, is gb18030",
        f'<?xml version="1.0" encoding="utf-8"?>{rss(item(title=RAW_TITLE * 3))}'.encode("gb18030"),
        Want(title=RAW_TITLE * 3),
    ),
    shape(
        "says gb2312, is utf-8",
        f'<?xml version="1.0" encoding="gb2312"?>{rss(item(title=RAW_TITLE))}',
        Want(title=RAW_TITLE),
    ),
    shape(
        "gb2312 that holds gb18030",
        f'<?xml version="1.0" encoding="gb2312"?>{rss(item(title="镕㐀"))}'.encode("gb18030"),
        Want(title="镕㐀"),
    ),
    shape(
        "header against declaration",
        f'<?xml version="1.0" encoding="big5"?>{rss(item(title="臺灣"))}'.encode("big5"),
        Want(title="臺灣"),
        content_type="text/xml; charset=iso-8859-1",
    ),
    shape(
        "header alone",
        rss(item(title="Привет")).encode("cp1251"),
        Want(title="Привет"),
        content_type="text/xml; charset=windows-1251",
    ),
    shape(
        "UTF-16 with its mark",
        f'<?xml version="1.0" encoding="utf-16"?>{rss(item(title="水"))}'.encode("utf-16"),
        Want(title="水"),
    ),
    shape("UTF-16 without a mark", rss(item(title="水")).encode("utf-16-be"), Want(title="水")),
    shape("says utf-16, is utf-8", f'<?xml version="1.0" encoding="utf-16"?>{rss(item(title="水"))}', Want(title="水")),
    shape(
        "one broken byte in UTF-8",
        rss(item(title="水" * 300 + "Q")).encode().replace(b"Q", b"\xff"),
        Want(title="水" * 300 + "\ufffd"),
    ),
    shape("an unknown charset", f'<?xml version="1.0" encoding="x-none"?>{rss(item(title="水"))}', Want(title="水")),
    shape("gzip that no header tells of", gzip.compress(rss(item()).encode()), Want()),
)

ATOM_SHAPES = (
    shape(
        "several links",
        atom(
            f'<link rel="edit" href="{B}"/><link rel="alternate" type="application/json" href="{B}.json"/>'
            f'<link rel="enclosure" href="{B}.mp3"/><link rel="alternate" type="text/html" href="{A}"/>'
        ),
        Want(),
    ),
    shape("link without a rel", atom(f'<link href="{A}"/>'), Want()),
    shape("xml:base of an entry", atom('<link href="a"/>', 'xml:base="/"'), Want()),
    shape("id for a link", atom(f"<id>{A}</id>"), Want()),
    shape("id that is a tag", atom("<id>tag:example.org,2024:1</id>"), problems=("entry left out: no link",)),
    shape(
        "published before updated",
        atom(f'<link href="{A}"/><updated>2025-01-01T00:00:00Z</updated><published>2024-07-26T03:38:40Z</published>'),
        Want(date=THEN),
    ),
    shape("updated alone", atom(f'<link href="{A}"/><updated>2024-07-26T03:38:40Z</updated>'), Want(date=THEN)),
    shape(
        "the feed's author",
        atom(f'<link href="{A}"/>').replace("<entry>", "<author><name>Ann</name></author><entry>"),
        Want(author="Ann"),
    ),
    shape(
        "an author's own", atom(f'<link href="{A}"/><author><name>Ben</name><uri>x</uri></author>'), Want(author="Ben")
    ),
    shape(
        "XHTML content",
        atom(
            f'<link href="{A}"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a<br/>b &amp; c</p></div></content>'
        ),
        Want(html="<p>a<br>b &amp; c</p>"),
    ),
    shape(
        "HTML content",
        atom(f'<link href="{A}"/><content type="html">&lt;p&gt;a&lt;/p&gt;</content>'),
        Want(html="<p>a</p>"),
    ),
    shape(
        "text content",
        atom(f'<link href="{A}"/><content type="text">a &lt; b\n\nc</content>'),
        Want(html="<p>a &lt; b</p><p>c</p>"),
    ),
    shape("content elsewhere", atom(f'<link href="{A}"/><content type="image/png" src="/x.png"/>'), Want()),
    shape(
        "Atom 0.3",
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>News</title><entry><title mode="escaped">One</title>'
        f'<link rel="alternate" type="text/html" href="{A}"/><issued>2024-07-26T03:38:40Z</issued></entry></feed>',
        Want(date=THEN),
    ),
    shape(
        "an unknown default namespace",
        f'<feed xmlns="http://www.w3.org/2005/Atom/"><entry><title>One</title><link href="{A}"/></entry></feed>',
        Want(),
    ),
    shape(
        "a prefix for everything",
        f'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>One</a:title><a:link href="{A}"/></a:entry></a:feed>',
        Want(),
    ),
)


def json_feed(*items: object, **more: object) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": list(items), **more})


JSON_SHAPES = (
    shape(
        "JSON Feed 1.1",
        json_feed(
            {
                "id": "1",
                "url": A,
                "title": "One",
                "date_published": "2024-07-26T03:38:40Z",
                "authors": [{"name": "Ann"}],
                "content_html": "<p>a</p>",
            }
        ),
        Want(date=THEN, author="Ann", html="<p>a</p>"),
    ),
    shape("JSON Feed 1.0", json_feed({"id": A, "title": "One", "author": {"name": "Ann"}}), Want(author="Ann")),
    shape(
        "plain text content",
        json_feed({"url": A, "title": "One", "content_text": "a < b\n\nc"}),
        Want(html="<p>a &lt; b</p><p>c</p>"),
    ),
    shape("external URL alone", json_feed({"id": 7, "external_url": A, "title": "One"}), Want()),
    shape("relative URL", json_feed({"url": "/a", "title": "One"}, home_page_url="https://news.example.org/"), Want()),
    shape(
        "wrong types",
        json_feed({"url": A, "title": ["x"], "date_published": 1721965120, "authors": "Ann"}, None, 3),
        Want(title=None, date=THEN),
        problems=("entry left out: no link (2 times)",),
    ),
    shape("half a character", json_feed({"url": A, "title": "One\ud800"}), Want()),
    shape(
        "JSON behind a mark",
        b"\xef\xbb\xbf" + json_feed({"url": A, "title": "One"}).encode(),
        Want(),
        content_type="text/html",
    ),
)

SHAPES = (*RSS_SHAPES, *CHARSET_SHAPES, *ATOM_SHAPES, *JSON_SHAPES)
