"""One process's share of a ledger: a name that is alive, what it holds, and what it takes and gives back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

from crawler.core.errors import LockedError
from crawler.ledger.holders import REBUILDER, Holder, dead, living_holders
from crawler.ledger.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from crawler.core.visit import Lease

PATIENCE = timedelta(seconds=150)  # longer than a lease: what a colleague holds may lead to more
FILE = "permapress.db"  # in the state folder


class Pace(TypedDict):
    """How hosts are asked, as `Ledger.lease` takes it."""

    per_host: int
    per_stranger: int
    delay_s: float


class Share:
    """Opened once a process; one thread at a time. Every method raises StorageError and LedgerError as `Ledger`."""

    def __init__(self, state: Path, name: str, at: datetime, run: str | None = None, **pace: Unpack[Pace]) -> None:
        """Open the ledger; what dead processes held waits again. `name`: nobody else's, ever.

        `run`: of a scheduled job, whose visits are made under it, and which leaves what is due much later to the next.
        """
        self._holder = Holder(state, name)
        if REBUILDER in living_holders(state):
            self._holder.close()
            raise LockedError(f"{state}: its ledger is being rebuilt; wait for the end of that and run again")
        self.ledger = Ledger(state / FILE)
        self._state = state
        self._pace = pace
        self._run = run
        self._take_back(at)

    def _take_back(self, at: datetime) -> int:
        return self.ledger.take_back(dead(self._state, self.ledger.holders()), at)

    def lease(
        self, job: str, most: int, answered: Sequence[Lease], at: datetime
    ) -> tuple[list[Lease], datetime | None]:
        """Visits to make now, and, where there are none, when to ask again; None: the job is done.

        `answered`: leases whose hosts have answered since the last call.
        """
        if answered:
            self.ledger.answered(answered)
        leases = self.ledger.lease(self._holder.name, jobs=[job], at=at, most=most, run=self._run, **self._pace)
        if leases:
            return leases, at
        if self._take_back(at):  # asked only where there is nothing to do: a colleague may have been killed
            return [], at
        due = self.ledger.next_due([job], at)
        return [], due if due is None or self._run is None or due <= at + PATIENCE else None

    def close(self, leases: Iterable[Lease], at: datetime) -> None:
        """Give these back, as not begun, and leave. Raises: StorageError, LedgerError."""
        for lease in leases:
            self.ledger.release(lease, not_before=at, attempted=False)
        try:
            self.ledger.settle()
        finally:
            self.ledger.close()
            self._holder.close()
