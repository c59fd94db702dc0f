"""Credentials leave recorded requests: the values of three headers become ``REDACTED``, every other byte stays."""

from __future__ import annotations

REDACTED = b"REDACTED"

SECRET_HEADERS = ("Authorization", "Proxy-Authorization", "Cookie")

_SECRET = frozenset(name.lower().encode("ascii") for name in SECRET_HEADERS)


def redacted(request: bytes) -> bytes:
    """The request with its credentials hidden; header names in any case, folded values and the body considered.

    Raises: nothing.
    """
    lines = request.split(b"\n")
    kept: list[bytes] = []
    hiding = False
    for number, line in enumerate(lines):
        if number and line in {b"", b"\r"}:  # the head ends here; the body is not ours to judge
            return b"\n".join([*kept, *lines[number:]])
        if number and line[:1] in {b" ", b"\t"}:  # a fold belongs to the header above it
            hidden = hiding
        else:
            hiding = number > 0 and line.partition(b":")[0].strip().lower() in _SECRET
            hidden = False
        if hidden:
            continue
        kept.append(_without_value(line) if hiding else line)
    return b"\n".join(kept)


def _without_value(line: bytes) -> bytes:
    name, colon, value = line.partition(b":")
    end = b"\r" if line.endswith(b"\r") else b""
    blank = value[: len(value) - len(value.lstrip(b" \t"))]
    return name + colon + blank + REDACTED + end
