"""gzip that no header told of, undone within a bound: files that end in .gz are sent as they lie there."""

from __future__ import annotations

import zlib

_GZIP = b"\x1f\x8b"
_LAYERS = 2  # a .gz file that the server compresses once more
_MEMBERS = 100  # of one file: each costs a copy of what follows it


def inflated(body: bytes, max_bytes: int) -> tuple[bytes, bool]:
    """The bytes, at most that many, and whether there were more. Of damaged gzip what came before the damage."""
    for _ in range(_LAYERS):
        if not body.startswith(_GZIP):
            break
        body = _members(body, max_bytes + 1)
    return body[:max_bytes], len(body) > max_bytes


def _members(body: bytes, max_bytes: int) -> bytes:
    found: list[bytes] = []
    left = max_bytes
    while left > 0 and body.startswith(_GZIP) and len(found) < _MEMBERS:
        stream = zlib.decompressobj(wbits=31)
        try:
            part = stream.decompress(body, left)
        except zlib.error:
            part = _before_damage(body, left)
        found.append(part)
        left -= len(part)
        body = stream.unused_data
    return b"".join(found)


def _before_damage(body: bytes, max_bytes: int) -> bytes:
    """Zlib keeps back what it has when a call fails: small pieces lose less."""
    stream, found, size = zlib.decompressobj(wbits=31), [], 0
    try:
        for at in range(0, len(body), 512):
            part = stream.decompress(body[at : at + 512], max_bytes - size)
            found.append(part)
            size += len(part)
            if size >= max_bytes:
                break
    except zlib.error:
        pass
    return b"".join(found)
