"""The names of posts where several processes write them: the ledger gives them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.frontier import Frontier


class LedgerNames:
    """What a shelf asks (`work.naming.Names`). Each call waits for the ledger: not to be made from the reactor."""

    def __init__(self, frontier: Frontier) -> None:
        self._frontier = frontier

    def reserve(self, folded: str, key: str, path: str) -> bool:
        """Take a name, in all of its spellings, for a URL. False: another URL has it."""
        return self._frontier.waited(lambda ledger: ledger.reserve_name(folded, key, path))

    def given_to(self, key: str) -> str | None:
        """The path that was last reserved for a URL; None: none was."""
        return self._frontier.waited(lambda ledger: ledger.name_of(key))

    def written(self, path: str) -> str | None:
        """The digest of what was last written there; None: nothing that is known."""
        return self._frontier.waited(lambda ledger: ledger.digest_of(path))
