"""What a post would change in a folder, as a unified diff fit for a terminal."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from crawler.posts import render
from crawler.work.tell import shown

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.core.model import Post


def difference(post: Post, folder: Path) -> str:
    """The diff from the file that is there to `post`; empty where they are the same bytes."""
    path = folder / post.path
    there = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    lines = difflib.unified_diff(
        there.split("\n"),
        render(post).decode("utf-8").split("\n"),
        fromfile=str(path) if there else "/dev/null",
        tofile=str(path),
        lineterm="",
    )
    return "".join(f"{shown(line)}\n" for line in lines)
