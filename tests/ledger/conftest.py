"""A ledger that is empty, and where it lies."""

from __future__ import annotations

import pytest

from crawler.ledger import Ledger


@pytest.fixture
def path(tmp_path):
    return tmp_path / "permapress.db"


@pytest.fixture
def ledger(path):
    with Ledger(path) as made:
        yield made
