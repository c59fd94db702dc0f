"""One crawl from start to end in this process: settings from a ``Config``, and how it ended."""

from __future__ import annotations

import logging
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import __version__, settings
from crawler.core.errors import StorageError
from crawler.fetch.recorder import Recorder
from crawler.pipelines import outcome_reached
from crawler.spiders.archive import ArchiveSpider
from crawler.warc.repair import repaired_orphans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crawler.config import Config
    from crawler.core.model import Seed
    from crawler.core.visit import Outcome

logger = logging.getLogger(__name__)


class End(StrEnum):
    """How a crawl ended."""

    FINISHED = "finished"
    STORAGE = "storage"  # the output could not be written; the run stopped
    INTERRUPTED = "shutdown"  # SIGINT or SIGTERM


def archive(seeds: Sequence[Seed], config: Config, told: Callable[[Outcome], None], log_level: str) -> End:
    """Visit every seed; `told` gets each outcome as it is reached.

    Raises: StorageError where the output cannot be opened at all.
    """
    for folder in (config.posts, config.archive):
        _make(folder)
    for repair in repaired_orphans(config.archive):
        logger.warning("%s: left open by an earlier run: %s", repair.file, repair.reason)
    process = AsyncCrawlerProcess(_settings(config, log_level))
    crawler = process.create_crawler(ArchiveSpider)

    def tell(outcome: Outcome) -> None:  # signals pass by name, and `told` may name its argument otherwise
        told(outcome)

    crawler.signals.connect(tell, signal=outcome_reached)
    task = process.crawl(crawler, seeds=seeds)
    process.start()
    if task.done() and not task.cancelled() and (err := task.exception()):
        raise err
    recorder = crawler.get_extension(Recorder)
    if recorder and recorder.failure:
        raise recorder.failure
    reason = crawler.stats.get_value("finish_reason")
    return End(reason) if reason in set(End) else End.INTERRUPTED


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise StorageError(f"{folder}: {err.strerror}; choose another folder with --output") from err


def _settings(config: Config, log_level: str) -> Settings:
    chosen: dict[str, Any] = {
        "PERMAPRESS_OUTPUT": str(config.output),
        "PERMAPRESS_POSTS_DIR": str(config.posts),
        "PERMAPRESS_ARCHIVE_DIR": str(config.archive),
        "PERMAPRESS_OPERATOR": str(config.operator),
        "PERMAPRESS_ALLOW_PRIVATE": config.allow_private,
        "ROBOTSTXT_OBEY": config.politeness.robots,
        "DOWNLOAD_DELAY": config.politeness.delay,
        "CONCURRENT_REQUESTS_PER_DOMAIN": config.politeness.per_host,
        "LOG_LEVEL": log_level,
    }
    if config.operator.contact:
        chosen["USER_AGENT"] = f"permapress/{__version__} (+{config.operator.contact})"
    merged = Settings()
    merged.setmodule(settings, priority="project")
    merged.setdict(chosen, priority="cmdline")
    return merged
