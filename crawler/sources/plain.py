"""What feeds call text → one line of it: entities, tags and CDATA undone as often as their writers doubled them."""

from __future__ import annotations

import re
from html import unescape

from crawler.sources.decoded import cleaned

MAX_CHARACTERS = 500
_MAX_READ = 20_000  # characters of markup: no title needs more
_ROUNDS = 3
_ANY_MARKUP = re.compile(r"[<&]|\]\]>")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
# By name: `Vec<String>` in a title is no markup.
_TAG = re.compile(
    r"</?(?:a|abbr|audio|b|bdi|big|blink|br|center|cite|code|del|dfn|div|em|embed|figure|font|h[1-6]|i|iframe|img|ins|kbd"
    r"|li|link|mark|meta|noscript|object|ol|p|picture|pre|q|s|samp|script|small|source|span|strike|strong|style|sub|sup"
    r"|svg|table|td|th|tr|tt|u|ul|var|video|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f\v\xa0\u2028\u2029]+")


def plain(markup: str, max_characters: int = MAX_CHARACTERS) -> str:
    """One line of text, cut to that many characters; empty where there is none."""
    text = markup[:_MAX_READ]
    for _ in range(_ROUNDS):
        if not _ANY_MARKUP.search(text):
            break
        text = unescape(_TAG.sub("", _BREAK.sub(" ", _CDATA.sub("", text))))
    return _SPACE.sub(" ", cleaned(text)).strip()[:max_characters].rstrip()
