"""One content-coding undone, piece by piece, so that a bomb costs a piece and a torn stream gives what came.

gzip and deflate by zlib, br and zstd by the libraries that Scrapy needs anyway. We ask servers for gzip alone: the
others stand in WARC files of browsers.
"""

from __future__ import annotations

import re
import sys
import zlib
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]  # it has none

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_BODY_BYTES = 64 * 1024 * 1024

_PIECE = 64 * 1024
_STEP = 1024 * 1024  # bytes out at a time
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
_ZSTD_OPTIONS: dict[int, int] = {
    zstd.DecompressionParameter.window_log_max: 23
}  # 8 MiB, RFC 9659 §3; else 128 MiB at a frame's word
_GZIP_MAGIC = b"\x1f\x8b\x08"
_ZSTD_MAGIC = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")  # RFC 8878 §3.1: a frame, or a skippable one
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?+\s*+<")
_ERRORS = (zlib.error, brotli.error, zstd.ZstdError, EOFError)


def unpacked(body: bytes, coding: bytes) -> tuple[bytes, str]:
    """The body without that coding (lower-case), and why it is not whole; empty: it is.

    A body that never had the coding its header names stays as it is and is whole: tools that undo it and keep the
    header write such records, and servers send such pages. warcio and HTTrack (xroche/httrack#515) do the same;
    Chrome and Firefox show an error, but an archive that has the page would be wrong to say it has not. "Never had"
    is: no gzip or zstd magic, and for the codings without a magic, markup that cannot be unpacked.
    """
    if not body or not _may_be(body, coding):
        return body, ""
    unpack = _UNPACKERS.get(coding)
    if unpack is None:
        return body, f"content-encoding {coding.decode('latin-1')!r} is not read"
    found, problem = _gathered(unpack(body))
    if problem and _MARKUP.match(body) and coding not in _WITH_MAGIC:
        return body, ""
    return found, problem and f"{coding.decode('latin-1')}: {problem}"


def _may_be(body: bytes, coding: bytes) -> bool:
    if coding in _WITH_MAGIC:
        return _WITH_MAGIC[coding](body)
    return coding in _UNPACKERS or not _MARKUP.match(body)  # browsers pass over words that are no coding ("utf-8")


def _gathered(pieces: Iterator[bytes]) -> tuple[bytes, str]:
    parts: list[bytes] = []
    size = 0
    try:
        for piece in pieces:
            size += len(piece)
            parts.append(piece)
            if size > MAX_BODY_BYTES:
                return b"".join(parts)[:MAX_BODY_BYTES], f"more than {MAX_BODY_BYTES} bytes come out"
    except _ERRORS as err:
        return b"".join(parts), str(err)
    return b"".join(parts), ""


def _is_gzip(body: bytes) -> bool:
    return body.startswith(_GZIP_MAGIC[: len(body)]) or _is_zlib(body)


def _is_zlib(body: bytes) -> bool:
    return body[0] & 0x0F == zlib.DEFLATED and int.from_bytes(body[:2], "big") % 31 == 0  # RFC 1950 §2.2


def _inflated(body: bytes) -> Iterator[bytes]:
    """Gzip members (RFC 1952 §2.2: several are one), or zlib, or raw deflate, which servers send for `deflate`.

    Bytes after the last member are passed over, as browsers do.
    """
    wrapper = _GZIP if body.startswith(_GZIP_MAGIC[: len(body)]) else _ZLIB if _is_zlib(body) else _RAW
    at = 0
    while at == 0 or (wrapper == _GZIP and body.startswith(_GZIP_MAGIC, at)):
        unpacker = zlib.decompressobj(wrapper)
        while not unpacker.eof:
            piece = body[at : at + _PIECE]
            out = unpacker.decompress(piece, _STEP)
            if not (piece or out or unpacker.eof):
                raise EOFError("it breaks off")
            # At the end both hold what is left (CPython 3.11).
            at += len(piece) - len(unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail)
            yield out


def _zstd(body: bytes) -> Iterator[bytes]:
    at = 0
    while at == 0 or _ZSTD_MAGIC.match(body, at):
        unpacker = zstd.ZstdDecompressor(options=_ZSTD_OPTIONS)
        while not unpacker.eof:
            piece = body[at : at + _PIECE] if unpacker.needs_input else b""
            out = unpacker.decompress(piece, _STEP)
            at += len(piece) - len(unpacker.unused_data if unpacker.eof else b"")
            if not (piece or out or unpacker.eof):
                raise EOFError("it breaks off")
            yield out


def _brotli(body: bytes) -> Iterator[bytes]:
    unpacker, at = brotli.Decompressor(), 0
    while not unpacker.is_finished():
        piece = body[at : at + _PIECE] if unpacker.can_accept_more_data() else b""
        out = unpacker.process(piece, output_buffer_limit=_STEP)
        if not (piece or out or unpacker.is_finished()):
            raise EOFError("it breaks off")
        at += len(piece)
        yield out


_UNPACKERS: dict[bytes, Callable[[bytes], Iterator[bytes]]] = {
    b"br": _brotli,
    b"deflate": _inflated,
    b"gzip": _inflated,
    b"x-gzip": _inflated,
    b"zstd": _zstd,
}
_WITH_MAGIC: dict[bytes, Callable[[bytes], bool]] = {
    b"gzip": _is_gzip,
    b"x-gzip": _is_gzip,
    b"zstd": lambda body: _ZSTD_MAGIC.match(body) is not None,
}
