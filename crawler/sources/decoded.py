"""Bytes → text of feeds, sitemaps and lists, whose charset is told by nobody, by two that differ, or wrongly."""

from __future__ import annotations

import codecs
import re

import charset_normalizer
from w3lib import encoding

MAX_REPLACED_SHARE = 0.005  # of the characters, as for pages: beyond, the declaration is taken for a lie
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")  # no XML, or no text
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{1,40})|charset=["']?([\w.:-]{1,40})""")
_DECLARED_WITHIN = 1_024  # bytes
_UTF_16 = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_SAMPLE_BYTES = 10_000
_FAR = re.compile(rb"[^\x00-\x7f][^<>]*")


def decoded(body: bytes, content_type: str | None = None) -> str:
    """The text without controls, lone surrogates and byte order marks; broken bytes are U+FFFD.

    Order: byte order mark, valid UTF-8, what the file declares, the header, a guess. One that its bytes contradict is
    passed over; GB2312 is read as GB18030, as browsers do.
    """
    return cleaned(_text(body, content_type))


def cleaned(text: str) -> str:
    """Text that came decoded, rid of the same characters."""
    return _UNWANTED.sub("", text)


def _text(body: bytes, content_type: str | None) -> str:
    name, mark = encoding.read_bom(body)
    if name and mark:
        return body[len(mark) :].decode(name, "replace")
    for start, wide in _UTF_16:
        if body.startswith(start):
            return body.decode(wide, "replace")
    for claim in ("utf-8", *_claims(body, content_type)):
        text = _strict(body, claim)
        if text is not None:
            return text
    claims = [*_claims(body, content_type), "utf-8"]
    text = body.decode(claims[0], "replace")
    if text.count("\ufffd") <= MAX_REPLACED_SHARE * len(text):
        return text
    return body.decode(_guess(body) or claims[0], "replace")


def _strict(body: bytes, name: str) -> str | None:
    """The text where every byte fits; a character that is cut off at the end is no contradiction."""
    try:
        return codecs.getincrementaldecoder(name)().decode(body, final=False)
    except UnicodeDecodeError:
        return None


def _claims(body: bytes, content_type: str | None) -> list[str]:
    found = _DECLARED.search(body[:_DECLARED_WITHIN])
    said = (found[1] or found[2]).decode("ascii") if found else None
    names = [encoding.resolve_encoding(said)] if said else []
    names.append(encoding.http_content_type_encoding(content_type))
    return [name for name in names if name and not name.startswith("utf-16")]  # that would have been seen by its NULs


def _guess(body: bytes) -> str | None:
    """Asked of the texts alone: the ASCII of the tags says nothing and drowns them."""
    sample, size = [], 0
    for piece in _FAR.finditer(body):
        sample.append(piece[0])
        size += len(piece[0])
        if size > _SAMPLE_BYTES:
            break
    best = charset_normalizer.from_bytes(b"\n".join(sample)[:_SAMPLE_BYTES]).best()
    return encoding.resolve_encoding(best.encoding) if best else None
