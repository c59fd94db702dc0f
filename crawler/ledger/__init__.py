"""What is to be visited, by whom, and how it ended: one SQLite file, several processes; the only user of sqlite3."""

from crawler.ledger.arrivals import Added
from crawler.ledger.frontier import Counts
from crawler.ledger.ledger import Ledger

__all__ = ["Added", "Counts", "Ledger"]
