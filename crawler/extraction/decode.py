"""Bytes → text, as browsers read them (WHATWG Encoding), but that valid UTF-8 is UTF-8 whatever a header claims."""

from __future__ import annotations

import re

from w3lib import encoding

from crawler.extraction.reading import detect_encoding

MAX_REPLACED_SHARE = 0.005  # of the characters: beyond, the declaration is taken for a lie, not the page for damaged
_UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")  # libxml2 stops or chokes at them
_SAMPLE_BYTES = 20_000


def decoded(body: bytes, content_type: str | None) -> str:
    """The text of a page, without NULs, controls and byte order marks; broken bytes are U+FFFD.

    Order: byte order mark, valid UTF-8, header, meta, a guess. GB2312 is read as GB18030 and Big5 as Big5-HKSCS,
    since that is what pages hold under those names.
    """
    return _UNWANTED.sub("", _text(body, content_type))


def cleaned(text: str) -> str:
    """Text that came decoded, rid of the same characters."""
    return _UNWANTED.sub("", text)


def _text(body: bytes, content_type: str | None) -> str:
    if encoding.read_bom(body)[0] is None and not body.isascii():
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    name, text = encoding.html_to_unicode(content_type, body, default_encoding="utf-8", auto_detect_fun=_guess)
    if name == "utf-8" and text.count("\ufffd") > MAX_REPLACED_SHARE * len(text):
        return body.decode(_guess(body) or "utf-8", "replace")
    return text


def _guess(body: bytes) -> str | None:
    for name in detect_encoding(body[:_SAMPLE_BYTES]):
        if known := encoding.resolve_encoding(name):
            return known
    return None
