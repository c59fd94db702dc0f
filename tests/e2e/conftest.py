"""What the end-to-end tests share: the demo site, served, and one archive of it by the real command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.site.command import Ran, permapress
from tests.site.routes import VISITS, answers
from tests.site.server import Site, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(answers()) as served:
        yield served


@dataclass(frozen=True, slots=True)
class Archived:
    """One archive of the demo site, which is served no longer. To be read, not to be written to."""

    output: Path
    site: Site
    ran: Ran

    @property
    def posts(self) -> Path:
        return self.output / "_posts"

    @property
    def warcs(self) -> list[Path]:
        return sorted((self.output / "archive").glob("*.warc.gz"))

    def post(self, path: str) -> Path:
        """The post of an address of the site."""
        (told,) = (told for told in self.ran.told if told.url == self.site.base + path)
        assert told.post, told
        return self.output / told.post


@pytest.fixture(scope="session")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Archived:
    output = tmp_path_factory.mktemp("archived")
    config = output / "crawl.yaml"
    config.write_text("politeness:\n  delay: 0\n", encoding="utf-8")
    with serve(answers()) as site:
        urls = [site.base + visit.path for visit in VISITS]
        ran = permapress("archive", *urls, "-o", output, "--config", config, "--allow-private", "--json", timeout_s=100)
    return Archived(output, site, ran)
