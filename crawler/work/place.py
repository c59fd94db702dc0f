"""Where an output keeps what it remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.ledger.share import FILE

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.config import Config


def ledger_of(config: Config) -> Path:
    """The ledger's file."""
    return config.state / FILE
