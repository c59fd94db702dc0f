"""What is to be visited, by whom, and how it ended: one SQLite file, several processes; the only user of sqlite3."""

from crawler.core.errors import LedgerError
from crawler.ledger.arrivals import Added, FoundLink
from crawler.ledger.frontier import Counts
from crawler.ledger.ledger import Ledger
from crawler.ledger.outcomes import Finish
from crawler.ledger.rows import Lease

__all__ = ["Added", "Counts", "Finish", "FoundLink", "Lease", "Ledger", "LedgerError"]
