"""The ledger as a crawl uses it; that SQLite is behind it only `ledger` knows."""

from crawler.frontier.frontier import Frontier

__all__ = ["Frontier"]
