"""Names of new posts: none that is taken, on this disk or by another process, and after a crash the same again."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from crawler.posts import file_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime


class Names(Protocol):
    """Who gives out names where several processes write posts. Paths are as outcomes have them."""

    def reserve(self, folded: str, key: str, path: str) -> bool:
        """Take a name, in all of its spellings, for a URL. False: another URL has it."""
        ...

    def given_to(self, key: str) -> str | None:
        """The path that was last reserved for a URL; None: none was."""
        ...

    def written(self, path: str) -> str | None:
        """The digest of what was last written there; None: nothing that is known."""
        ...


class Naming:
    """The names in one folder. Not for several threads at once."""

    def __init__(self, folder: Path, shown: Callable[[Path], str], others: Names | None) -> None:
        """`shown`: a path as outcomes have it. `others`: None where nobody else writes posts here meanwhile."""
        self._folder = folder
        self._shown = shown
        self._others = others
        self._taken: set[str] = set()

    def know(self, files: Iterable[Path]) -> None:
        """Take the names of files that are there."""
        self._taken.update(folded(path.name) for path in files)

    def name(self, key: str, title: str, date: datetime) -> str:
        """The name of a new post of the URL of that key; taken from here on.

        Raises: PostError where all names for it are taken.
        """
        name = self._given_before(key) or file_name(title, date, key, lambda name: not self._is_free(name, key))
        self._taken.add(folded(name))
        return name

    def given(self, key: str) -> str | None:
        """The name that the URL's post has or is to have; None: none that is known."""
        path = self._others.given_to(key) if self._others else None
        return Path(path).name if path else None

    def written(self, name: str) -> str | None:
        """The digest of what was last written under the name, by whatever process; None: nothing that is known."""
        return self._others.written(self._shown(self._folder / name)) if self._others else None

    def _given_before(self, key: str) -> str | None:
        """The name that was reserved for the URL before a crash: nothing lies there yet."""
        name = self.given(key)
        return name if name and not os.path.lexists(self._folder / name) else None

    def _is_free(self, name: str, key: str) -> bool:
        path, met = self._folder / name, folded(name)
        if met in self._taken or os.path.lexists(path):  # another process may have written it meanwhile
            return False
        return self._others is None or self._others.reserve(met, key, self._shown(path))


def folded(name: str) -> str:
    """What two names that meet have in common: on a disk without case, or at the one address a publisher gives both."""
    return re.sub(r"\W+", "-", unicodedata.normalize("NFC", name).casefold())
