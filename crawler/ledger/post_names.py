"""The part of a ledger that gives out the names of posts."""

from __future__ import annotations

from crawler.ledger import names
from crawler.ledger.connection import Connection


class PostNames(Connection):
    """Each name to one key; every method raises as those of `Ledger`."""

    def reserve_name(self, folded: str, key: str, path: str, digest: str | None = None) -> bool:
        """Take a post's name for a key; `folded` is what file systems may hold for the same name.

        True also where the key already had it. False: another key has it, or the same under another path.
        Digest: of a post that lies there already.
        """
        with self._writing():
            return names.reserve(self._db, folded, key, path, digest)

    def name_of(self, key: str) -> str | None:
        """The path of a key's post, the one last reserved; None: it has none."""
        with self._reading():
            return names.name_of(self._db, key)

    def digest_of(self, path: str) -> str | None:
        """The digest of what we last wrote there; None: we wrote nothing."""
        with self._reading():
            return names.digest_of(self._db, path)
