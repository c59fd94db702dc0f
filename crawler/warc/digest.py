"""Labelled digests as WARC fields hold them (WARC 1.1 §5.8)."""

from __future__ import annotations

import base64
import hashlib


def sha256(data: bytes) -> str:
    """`sha256:<base32>`, padded.

    The spec's grammar has no `=`, but nearly all writers pad (iipc/warc-specifications#48), and warcio takes an
    unpadded value for base64 and calls it wrong.
    """
    return f"sha256:{base64.b32encode(hashlib.sha256(data).digest()).decode()}"
