"""Nothing of the shared folder is committed: no file of it, and no run of Chinese text of its posts.

The posts and pages are their publishers'. Structure may be alike, words may not: a run of this many Han characters
without punctuation does not come about twice.
"""

# ruff: noqa: INP001  a script of CI, no package

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
RUN = re.compile(r"[\u4e00-\u9fff]{14,}")
SMALLEST_BYTES = 200  # an empty or one-line file is nobody's


def main() -> int:
    """0: nothing found, or no shared folder to compare with; 1: found, and named."""
    if not SHARED.is_dir():
        sys.stdout.write("no shared folder to compare with\n")
        return 0
    tracked = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True).stdout  # noqa: S607  git is found on the PATH, as make finds it
    digests, runs = _theirs()
    found = [f"{name}: {what}" for name in tracked.split("\0") if name for what in _foreign(Path(name), digests, runs)]
    sys.stdout.write("\n".join(found or ["none"]) + "\n")
    return 1 if found else 0


def _theirs() -> tuple[set[bytes], set[str]]:
    """Digests of the shared files, and the runs of text of posts and seed."""
    digests, runs = set(), set()
    for path in SHARED.rglob("*"):
        if not path.is_file() or path.stat().st_size < SMALLEST_BYTES:
            continue
        content = path.read_bytes()
        digests.add(hashlib.sha256(content).digest())
        if path.suffix == ".md" and path.parent.name in {"posts", "seed"}:
            runs.update(RUN.findall(content.decode(errors="replace")))
    return digests, runs


def _foreign(path: Path, digests: set[bytes], runs: set[str]) -> list[str]:
    if not path.is_file():
        return []
    content = path.read_bytes()
    same = ["a file of the shared folder"] if hashlib.sha256(content).digest() in digests else []
    return same + [f"text of a post: {run}" for run in RUN.findall(content.decode(errors="replace")) if run in runs]


if __name__ == "__main__":
    sys.exit(main())
