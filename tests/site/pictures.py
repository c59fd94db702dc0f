"""Real pictures, drawn when asked: the repository carries no binary files."""

from __future__ import annotations

import struct
import zlib


def png(width: int, height: int) -> bytes:
    """A PNG with a slope of colour from left to right (W3C PNG §5), 8 bits a channel."""
    row = b"\x00" + b"".join(bytes((255 * x // width, 96, 160)) for x in range(width))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(row * height, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg(width: int, height: int) -> bytes:
    """A baseline JPEG of one grey (ITU T.81): each 8×8 block is two bits, "no change" and "end of block"."""
    blocks = -(-width // 8) * -(-height // 8)
    bits = "00" * blocks
    bits += "1" * (-len(bits) % 8)  # padding is ones, T.81 §F.1.2.3
    scan = int(bits, 2).to_bytes(len(bits) // 8, "big")
    assert b"\xff" not in scan[:-1]
    one_code = b"\x01" + bytes(15) + b"\x00"  # one code of one bit, for the symbol 0
    return (
        b"\xff\xd8"
        + _segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + _segment(0xDB, b"\x00" + b"\x10" * 64)
        + _segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
        + _segment(0xC4, b"\x00" + one_code)
        + _segment(0xC4, b"\x10" + one_code)
        + _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + scan
        + b"\xff\xd9"
    )


def _segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data
