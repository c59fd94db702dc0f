"""The leases that this process holds, as far as it knows; the ledger has the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.core.visit import Lease


class Leases:
    """Held from `add` to `drop`; asking until `answer`."""

    def __init__(self) -> None:
        self._held: dict[int, Lease] = {}  # by token
        self._asking: set[int] = set()
        self._answered: list[Lease] = []

    def __contains__(self, lease: Lease) -> bool:
        return lease.token in self._held

    def all(self) -> list[Lease]:
        """Every one."""
        return list(self._held.values())

    def __len__(self) -> int:
        return len(self._held)

    @property
    def asking(self) -> int:
        """How many there are whose hosts have not answered."""
        return len(self._asking)

    def add(self, leases: Iterable[Lease]) -> None:
        """Hold these, which ask their hosts from now on."""
        for lease in leases:
            self._held[lease.token] = lease
            self._asking.add(lease.token)

    def answer(self, lease: Lease) -> bool:
        """Note that the host has answered. False: that was known, or the lease is not held."""
        if lease.token not in self._asking:
            return False
        self._asking.remove(lease.token)
        self._answered.append(lease)
        return True

    def answered(self) -> list[Lease]:
        """Those whose hosts have answered since the last call."""
        answered, self._answered = self._answered, []
        return answered

    def drop(self, leases: Iterable[Lease]) -> None:
        """Hold these no more."""
        for lease in leases:
            self._held.pop(lease.token, None)
            self._asking.discard(lease.token)
