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
    """Several expressions; of a name are asked those of their parts whose three letters it holds, which all matches do.

    Asking all eight took 14 µs for each new word of a class, asking those whose letters it holds 3: a twentieth of a
    page's time, where a page of another site has 195 of them (39,469 words of 200 pages, 2026-11-26); of each its one
    part instead of the whole takes 2 (2026-11-27).
    """

    def __init__(self, entries: Mapping[str, Mapping[str, str]]) -> None:
        """By the name of each expression its parts, each under three letters in lower case that all its matches hold.

        Raises: ValueError for letters that are not three or not in lower case.
        """
        self.entries = entries
        asked: dict[tuple[str, ...], list[tuple[str, re.Pattern[str]]]] = {}
        for name, parts in entries.items():
            for three, part in parts.items():
                if len(three) != len("abc") or three != three.lower():
                    raise ValueError(f"not three letters in lower case: {three!r}, of {name!r}")
                asked.setdefault(tuple(three), []).append((name, re.compile(part)))
        self._asked = asked
        self._letters = frozenset(asked)

    def said(self, text: str) -> frozenset[str]:
        """The names of the expressions found in the text; of one longer than `MAX_CHARACTERS`, in its beginning."""
        text = text[:MAX_CHARACTERS]
        lower = text.lower()
        met = self._letters.intersection(zip(lower, lower[1:], lower[2:]))  # noqa: B905 - to say so costs a sixth
        if not met:
            return _NOTHING
        return frozenset([name for three in met for name, part in self._asked[three] if part.search(text)]) or _NOTHING
