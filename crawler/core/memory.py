"""What pages of a site say over and over: blocks of text by fingerprint, and when one is known.

A block that is known is a hint, as the source's title is: ``block:`` and 16 hex digits, with a ``+`` behind them where
most pages of the site say it.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

MAX_PAGES = 50  # of a site, the last ones: what it said before them is forgotten
MAX_BLOCKS = 200  # of a page, half from its beginning and half from its end
MAX_KNOWN = 500  # of a site, the most frequent
# 30 generated sites (2026-11-26) read after twenty pages, boilerplate cut and recall lost: from 2 pages .899, 3 .888,
# 4 .867, 5 .846, .0001 lost with each; not 2, since real articles share more than these do. Often from .5 of the pages
# .907, .0020; .6 .888, .0016; .7 .888, .0001; .8 .888, .0000.
MIN_PAGES = 3
OFTEN = 0.7  # of the pages
SAME = 0.5  # of the blocks of the shorter one

_PRINT = re.compile(r"[0-9a-f]{16}")
_HINT = re.compile(rf"block:({_PRINT.pattern})(\+?)")


def told(title: str | None, blocks: Iterable[str]) -> tuple[str, ...]:
    """The hints of a source's title, and of blocks as `known` gives them. A title that looks like a block is none."""
    return (*texts([title] if title else ()), *blocks)


def texts(hints: Iterable[str]) -> tuple[str, ...]:
    """The hints that are texts of the source, its title first."""
    return tuple(hint for hint in hints if not _HINT.fullmatch(hint))


def hint(block: str, *, often: bool) -> str:
    """The hint that a block is known; `often`: most pages say it."""
    return f"block:{block}{'+' if often else ''}"


def is_print(text: str) -> bool:
    """Whether a text is a fingerprint."""
    return bool(_PRINT.fullmatch(text))


def naming(hints: Iterable[str]) -> tuple[str, ...]:
    """The hints that name blocks."""
    return tuple(hint for hint in hints if _HINT.fullmatch(hint))


def blocks(hints: Iterable[str]) -> dict[str, bool]:
    """The fingerprints that hints name, and whether most pages say the block."""
    found = (_HINT.fullmatch(hint) for hint in hints)
    return {hint[1]: bool(hint[2]) for hint in found if hint}


def is_same(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two pages of one title are one article under two addresses: where titles are the site's, they are not."""
    return len(set(one).intersection(other)) >= SAME * min(len(one), len(other))


def once(pages: Iterable[tuple[str, tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """The fingerprints of pages, each given with its title: one article under several addresses counts once."""
    titled: dict[str, list[tuple[str, ...]]] = {}
    for title, blocks in pages:
        others = titled.setdefault(title, [])
        if not (title and any(is_same(blocks, other) for other in others)):
            others.append(blocks)
    return list(dict.fromkeys(chain.from_iterable(titled.values())))


def known(pages: Sequence[Collection[str]]) -> tuple[str, ...]:
    """What pages of one site, each given by its fingerprints, let be known: as hints, the same for the same pages."""
    return counted(Counter(chain.from_iterable(map(set, pages))), len(pages))


def counted(said: Mapping[str, int], pages: int) -> tuple[str, ...]:
    """As `known`, where it was counted how many of so many pages say each fingerprint."""
    often = max(MIN_PAGES, OFTEN * pages)
    found = sorted((-many, block) for block, many in said.items() if many >= MIN_PAGES)[:MAX_KNOWN]
    return tuple(sorted(hint(block, often=-many >= often) for many, block in found))
