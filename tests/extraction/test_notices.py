"""What PHP says of its own program is no text of the article that stands around it."""

from __future__ import annotations

import pytest

from crawler.core.model import Article
from crawler.extraction import extract
from tests.extraction.pages import PROSE, URL, article

LINE = "in <b>/srv/www/page.php</b> on line <b>82</b><br />"
NOTICE = f"<br />\n<b>Deprecated</b>:  split(): The /e modifier of the river is deprecated {LINE}\n"
LINKED = f"<br />\n<b>Warning</b>:  river() [<a href='function.river'>function.river</a>]: no water {LINE}\n"


def read(markup: str, *, before: str = "") -> Article:
    found = extract(before + article(markup), URL)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("notice", [NOTICE, LINKED, NOTICE * 9], ids=["one", "with a link", "nine"])
def test_a_notice_is_no_text(notice: str) -> None:
    for found in (read(notice), read(f"<div>{notice}The river is wide.</div>"), read("", before=notice)):
        for word in ("Deprecated", "Warning", "river()", "modifier", "page.php", "on line"):
            assert word not in found.text
            assert word not in found.html
        assert all(said in found.text for said in PROSE)
    assert "The river is wide." in read(f"<div>{notice}The river is wide.</div>").text


@pytest.mark.parametrize(
    "words",
    [
        "<p><b>Warning</b>: the bridge is closed in <b>May</b> on line <b>82</b>, says the mayor of the town.</p>",
        "<p><b>Warning</b>:  the bridge is closed in <b>May</b>, and the mill of <b>1882</b> is open to all.</p>",
        "<pre>Warning: split() is deprecated in /srv/www/page.php on line 82</pre>",
    ],
)
def test_other_warnings_stay(words: str) -> None:
    assert "82" in read(words).text


def test_many_that_do_not_end_take_no_time() -> None:
    assert read(f"<p>{'<b>Warning</b>:  x in <b>y</b> on line ' * 20_000}</p>")
