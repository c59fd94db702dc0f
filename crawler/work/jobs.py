"""The name of a job: the same request of a person, made again after a crash, goes on with what was left."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def job_of(kind: str, named: Iterable[str]) -> str:
    """`kind` and a digest of what was named, in whatever order: "follow 1f0c2ab49d3e"."""
    digest = hashlib.sha256("\0".join(sorted(set(named))).encode("utf-8", "surrogateescape"))
    return f"{kind} {digest.hexdigest()[:12]}"
