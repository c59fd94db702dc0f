"""The meta elements of a page by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.tree import folded

if TYPE_CHECKING:
    import re
    from collections.abc import Container, Iterable, Iterator

    from lxml.etree import _Element


class Meta:
    """What they say under each name; names are lower-case, empty values are left out, white space is folded."""

    def __init__(self, metas: Iterable[_Element]) -> None:
        self._values: dict[str, list[str]] = {}
        for element in metas:
            name = (
                element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
            )
            value = element.get("content") or element.get("value")  # some write the one for the other
            if name and value:
                self._values.setdefault(name.strip().lower(), []).append(value)

    def all(self, *names: str) -> Iterator[str]:
        """Every value, name by name in the order asked for."""
        for name in names:
            yield from filter(None, map(folded, self._values.get(name, ())))

    def like(self, pattern: re.Pattern[str], but: Container[str] = ()) -> Iterator[str]:
        """Every value whose name a pattern is found in, but for those names, in the page's order."""
        yield from self.all(*(name for name in self._values if name not in but and pattern.search(name)))

    def first(self, *names: str) -> str:
        """The first of them; empty where there is none."""
        return next(self.all(*names), "")
