"""What may be read as an article, by its Content-Type and first bytes: the crawl and the offline reader ask here.

Were one to read what the other passes over, a post could not be made again from its archive.
"""

from __future__ import annotations

import re

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_VAGUE = frozenset({"", "text/plain", "text/xml", "application/xml", "application/octet-stream"})

_END = re.compile(r"[;,\s]")  # some servers write a space or a tab where a semicolon belongs
_TAG = re.compile(rb"<[!?/A-Za-z]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SNIFFED_BYTES = 512
_BEFORE_TEXT = b" \t\n\f\r\v\xef\xbb\xbf\xfe\xff"  # white space and byte order marks


def may_be_article(content_type: str | None, body: bytes) -> bool:
    """HTML by its type, or by its bytes where the type says nothing. None: there was no Content-Type."""
    return is_html(content_type) or (is_vague(content_type) and holds_markup(body))


def is_html(content_type: str | None) -> bool:
    """A Content-Type that articles have. Of a repeated one the first counts."""
    return _bare(content_type) in _HTML


def is_vague(content_type: str | None) -> bool:
    """A Content-Type under which articles are found, too; none is one."""
    return _bare(content_type) in _VAGUE


def holds_markup(body: bytes) -> bool:
    """A tag, and no NUL near the beginning, which pictures and fonts have.

    UTF-16 has NULs, too, and says so or begins with a tag between them; stray ones before a page's first tag are none.
    """
    if body.startswith(_UTF_16):
        return True
    start = body[:_SNIFFED_BYTES]
    if b"\0" not in start:
        return _TAG.search(body) is not None
    return _TAG.match(start.translate(None, b"\0").lstrip(_BEFORE_TEXT)) is not None


def _bare(content_type: str | None) -> str:
    return _END.split((content_type or "").strip(), maxsplit=1)[0].lower()
