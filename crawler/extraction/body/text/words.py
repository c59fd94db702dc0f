"""Expressions looked for in the names of elements, which are many and new on every site: most hold none of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.tree import MAX_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_CHARACTERS = MAX_NAMES + 2  # a word has a space on either side where others stand there
_NOTHING: frozenset[str] = frozenset()


class Words:
    """Several expressions; those are asked of a name that holds three letters which they cannot match without.

    Asking all eight took 14 µs for each new word of a class, with this 3: a twentieth of a page's time, where a page of
    another site has 195 of them (39,469 words of 200 pages, 2026-11-26).
    """

    def __init__(self, entries: Mapping[str, tuple[str, str]]) -> None:
        """By the name of each: the expression, and the letters, three by three, one of which each match holds.

        The letters are in lower case and parted by `|`.

        Raises: ValueError for letters that are not three or not in lower case.
        """
        self._expressions = {name: re.compile(expression) for name, (expression, _) in entries.items()}
        self._asked: dict[tuple[str, ...], frozenset[str]] = {}
        for name, (_, letters) in entries.items():
            for three in letters.split("|"):
                if len(three) != len("abc") or three != three.lower():
                    raise ValueError(f"not three letters in lower case: {three!r}, of {name!r}")
                self._asked[tuple(three)] = self._asked.get(tuple(three), _NOTHING) | {name}
        self._letters = frozenset(self._asked)

    def said(self, text: str) -> frozenset[str]:
        """The names of the expressions found in the text; of one longer than `MAX_CHARACTERS`, in its beginning."""
        text = text[:MAX_CHARACTERS]
        lower = text.lower()
        met = self._letters.intersection(zip(lower, lower[1:], lower[2:], strict=False))
        if not met:
            return _NOTHING
        asked = _NOTHING.union(*[self._asked[three] for three in met])
        return frozenset(name for name in asked if self._expressions[name].search(text)) or _NOTHING
