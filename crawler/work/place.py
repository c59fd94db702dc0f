"""Where an output keeps what it remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.config import Config


def state_of(config: Config) -> Path:
    """The folder of the ledger and of those who hold it."""
    return config.output / "state"


def ledger_of(config: Config) -> Path:
    """The ledger's file."""
    return state_of(config) / "permapress.db"
