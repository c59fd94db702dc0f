"""Spellings by which markup has got past sanitisers, each with what is left of it."""

from __future__ import annotations

import pytest

from crawler.posts import sanitise
from crawler.posts.bounds import bounded
from crawler.posts.inert import inert
from crawler.posts.sanitise import _cleaned

PICTURE = '<img src="x" referrerpolicy="no-referrer">'

SPELLINGS = {
    # what stands in a raw text element for one reader and is markup to another (mutation XSS)
    "style in svg": ('<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">', ""),
    "style in math": ('<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=1&gt;">', ""),
    "form in math": ("<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", ""),
    "noscript": ('<noscript><p title="</noscript><img src=x onerror=alert(1)>">a', f'{PICTURE}"&gt;a'),
    "textarea": ('<textarea><img title="</textarea><script>alert(1)</script>">a', '"&gt;a'),
    "xmp": ("<xmp><img src=x onerror=alert(1)></xmp>a", "a"),
    "template": ("<template><script>alert(1)</script></template>a", "a"),
    # comments, CDATA and processing instructions, which browsers end where others do not
    "empty comment": ("<!--><img src=x onerror=1>-->", f"{PICTURE}--&gt;"),
    "comment ended by --!>": ("<!--a--!><b>x</b>", "<b>x</b>"),
    "comment in an attribute": ('<a title="--><script>">a</a>', '<a title="--&gt;&lt;script&gt;">a</a>'),
    "CDATA": ("<![CDATA[><script>alert(1)</script>]]>a", "]]&gt;a"),
    "instruction": ("<?xml ><script>alert(1)</script>?>a", "?&gt;a"),
    "end tag in capitals": ("<script>alert(1)</SCRIPT\n>a", "a"),
    # tags that come about where another one is taken out
    "tag in a tag's place": ("<<script>x</script>b onclick=x>a", "&lt;b onclick=x&gt;a"),
    "tag in a tag's name": ("<scr<script>ipt>alert(1)</script>a", "ipt&gt;alert(1)a"),
    "slashes for blanks": ("<img/src=x/onerror=alert(1)>", '<img src="x/onerror=alert(1)" referrerpolicy="no-referrer">'),
    "no blank": ('<img src="x"onerror=alert(1)>', PICTURE),
    # addresses
    "references": ("<a href='&#x6A&#97;vascript&#58;alert(1)'>a</a>", "<a>a</a>"),
    "colon by name": ("<a href='JAVASCRIPT&colon;x'>a</a>", "<a>a</a>"),
    "tab in the scheme": ("<a href='jav&#x09;ascript:x'>a</a>", "<a>a</a>"),
    "line end in the scheme": ("<a href='java\nscript:x'>a</a>", "<a>a</a>"),
    "blank before the scheme": ("<a href='\xa0javascript:x'>a</a>", "<a>a</a>"),
    "control before the scheme": ("<a href='\x01javascript:x'>a</a>", "<a>a</a>"),
    "scheme in a scheme": ("<a href='view-source:javascript:x'>a</a>", "<a>a</a>"),
    "blob": ("<a href='blob:https://example.org/1'>a</a>", "<a>a</a>"),
    "data": ("<a href='DATA:text/html;base64,AA'>a</a>", "<a>a</a>"),
    "vbscript": ("<a href='vb&#115;cript:x'>a</a>", "<a>a</a>"),
    "other attributes": ("<a xlink:href=javascript:x formaction=javascript:x ping=//h action=javascript:x>a</a>", "<a>a</a>"),
    "backticks": ("<img src=`x` onerror=alert(1)>", '<img src="`x`" referrerpolicy="no-referrer">'),
    "pictures": (
        '<img srcset="\x01javascript:x 1x, mailto:a@example.org 2x, HTTPS://example.org/a 3x, JavaScript:y 4x">',
        '<img srcset="HTTPS://example.org/a 3x" referrerpolicy="no-referrer">',
    ),
    # code for what a publisher's site may load
    "htmx": ("<p data-hx-on='x' data-on-click='y' data-bind-html='z'>a</p>", "<p>a</p>"),
    # not a spelling: what must not be torn while they are looked for
    "like in like": ("<div>a<div>b</div>c</div>", "<div>a<div>b</div>c</div>"),
    "lists in lists": ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",) * 2,
    "pre in pre": ("<pre>a<pre>\nb</pre>\nc</pre>\nd", "<pre>a<pre>b</pre>&#10;c</pre> d"),
    "controls": ("a\x00b\x0bc\x1fd\x7fe", "abcde"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPELLINGS)
def test_no_spelling_gets_past(name: str) -> None:
    markup, left = SPELLINGS[name]
    assert sanitise(markup) == left
    assert sanitise(left) == left


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='https://example.org/a'><table><a href='https://example.org/b'>x",
        "<ruby><table>a<br><p> <rt>",
    ],
)
def test_tags_across_each_other_are_parsed_until_nothing_changes(markup: str) -> None:
    once = inert(_cleaned(bounded(markup)))
    assert inert(_cleaned(bounded(once))) != once  # else this markup shows nothing
    assert sanitise(sanitise(markup)) == sanitise(markup)
