"""What the end-to-end tests share: the demo site, served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.routes import answers
from tests.site.server import Site, serve

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(answers()) as served:
        yield served
