"""`scrapy crawl`: Scrapy's own, but for arguments that ask for nothing, which it would log with a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.commands import crawl

from crawler.spiders.archive import ArchiveSpider
from crawler.spiders.asked import asked

if TYPE_CHECKING:
    import argparse


class Command(crawl.Command):
    """Run a spider by its name."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look at the arguments first. Raises: UsageError, which Scrapy prints; exit status 2."""
        if args == [ArchiveSpider.name]:
            asked(opts.spargs.get("url", ""), opts.spargs.get("posts", ""))
        super().run(args, opts)
