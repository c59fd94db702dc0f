"""A page → UTF-8, read as browsers read it (WHATWG), but that valid UTF-8 is UTF-8 whatever a header claims."""

from __future__ import annotations

import re

from w3lib import encoding

from crawler.extraction.reading import detect_encoding

MAX_REPLACED_SHARE = 0.005  # of the characters: beyond, the declaration is taken for a lie, not the page for damaged
# libxml2 stops or chokes at controls. Hardly a page has any: to look for each of them takes .06 ms, to drop them .1,
# and an expression over the text took 2 (180 kB).
_CONTROLS = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
_UNWANTED = b"\x0c" + _CONTROLS
_FORM_FEED_AS_SPACE = bytes(range(256)).replace(b"\x0c", b" ")
# References to controls and to what is no character: libxml2 resolves them, lxml refuses to copy them.
_REFERENCES = re.compile(
    rb"&#(?:0{0,9}(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)"
    rb"|[xX]0{0,9}(?:[1-8bcefBCEF]|1[\da-fA-F]|[fF]{3}[eEfF])(?![\da-fA-F]));?"
)
_BREAKS = re.compile(rb"&#(?:0*1[12]|[xX]0*[bcBC]);?")  # vertical tab and form feed, which part words
_NO_CHARACTER = re.compile(rb"\xef(?:\xbb\xbf|\xbf[\xbe\xbf])")  # U+FEFF, U+FFFE, U+FFFF
_FIRST_BYTE = b"\xef"
_SAMPLE_BYTES = 20_000
_TWICE = re.compile(rb"\xc3[\x80-\xb4]\xc2[\x80-\x9f]")  # a letter and a control: the beginning of a character


def decoded(page: bytes | str, content_type: str | None) -> bytes:
    """The text of a page in UTF-8, without NULs, controls and byte order marks; broken bytes are U+FFFD.

    Order: byte order mark, valid UTF-8, header, meta, a guess. GB2312 is read as GB18030 and Big5 as Big5-HKSCS,
    since that is what pages hold under those names. What was put into UTF-8 twice is read as it was meant, if all of
    the page was: 7 of 1,464 pages, and no other page is like that (2026-11-26). Of text that came decoded, lone
    surrogates go.
    """
    text = page.encode(errors="ignore") if isinstance(page, str) else _utf8(page, content_type)
    if _FIRST_BYTE in text:  # found at once, or not, where the expression takes as long as the rest here
        text = _NO_CHARACTER.sub(b"", text)
    if any(map(text.__contains__, _UNWANTED)):
        text = text.translate(_FORM_FEED_AS_SPACE, _CONTROLS)
    if _REFERENCES.search(text):  # at once: to look for `&#` first takes longer
        text = _REFERENCES.sub(lambda found: b" " if _BREAKS.fullmatch(found[0]) else b"", text)
        text = _REFERENCES.sub(b" ", text)  # those that stood around one
    return text


def _utf8(body: bytes, content_type: str | None) -> bytes:
    if encoding.read_bom(body)[0] is None and not body.isascii():
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return _once(body, text)
    return _text(body, content_type).encode(errors="ignore")


def _text(body: bytes, content_type: str | None) -> str:
    name, text = encoding.html_to_unicode(content_type, body, default_encoding="utf-8", auto_detect_fun=_guess)
    if name == "utf-8" and text.count("\ufffd") > MAX_REPLACED_SHARE * len(text):
        return body.decode(_guess(body) or "utf-8", "replace")
    return text


def _guess(body: bytes) -> str | None:
    for name in detect_encoding(body[:_SAMPLE_BYTES]):
        if known := encoding.resolve_encoding(name):
            return known
    return None


def _once(body: bytes, text: str) -> bytes:
    """The bytes that a text was made of where each of its characters stands for one, and all of them are UTF-8."""
    try:  # most texts are told here: to look through them all for a letter and a control took ten times as long
        inner = text.encode("latin-1")
        inner.decode("utf-8")
    except UnicodeError:
        return body
    return inner if _TWICE.search(body) else body
