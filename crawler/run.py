"""One job from start to end: settings from a ``Config``, a crawl in this process, and how it ended."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from scrapy.settings import Settings

from crawler import __version__, settings
from crawler.core.errors import StorageError
from crawler.fetch.recorder import Recorder, new_run
from crawler.frontier import Frontier
from crawler.pipelines import outcome_reached
from crawler.spiders.archive import ArchiveSpider
from crawler.stopping import StoppableProcess
from crawler.warc.repair import repaired_orphans
from crawler.work.jobs import job_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from crawler.config import Config
    from crawler.core.model import Seed
    from crawler.core.visit import Outcome

logger = logging.getLogger(__name__)

ARCHIVE_PATIENCE_S = 60  # a person waits for `archive`


class End(StrEnum):
    """How a crawl ended."""

    FINISHED = "finished"
    STORAGE = "storage"  # the output could not be written; the run stopped
    INTERRUPTED = "shutdown"  # SIGINT or SIGTERM


@dataclass(frozen=True, slots=True)
class Job:
    """What a person asked for."""

    name: str  # the same for the same request: who makes it again goes on with it
    seeds: Iterable[Seed]
    again: bool  # visit also what was visited before
    patience_s: float
    depth: int = 0  # steps along related articles


def archive(seeds: Sequence[Seed], config: Config, told: Callable[[Outcome], None], log_level: str) -> End:
    """Visit every seed, whether or not it was visited before; `told` gets each outcome as it is reached.

    Raises: StorageError where the output cannot be opened at all or written any more, LedgerError.
    """
    name = job_of("archive", (seed.key for seed in seeds))
    return run(Job(name, seeds, again=True, patience_s=ARCHIVE_PATIENCE_S), config, told, log_level)


def run(job: Job, config: Config, told: Callable[[Outcome], None], log_level: str) -> End:
    """Work on a job until each of its visits has an outcome. Raises: as `archive`."""
    for folder in (config.posts, config.archive, config.state):
        _make(folder)
    for repair in repaired_orphans(config.archive):
        logger.warning("%s: left open by an earlier run: %s", repair.file, repair.reason)
    process = StoppableProcess(_settings(job, config, log_level))
    crawler = process.create_crawler(ArchiveSpider)

    def tell(outcome: Outcome) -> None:  # signals pass by name, and `told` may name its argument otherwise
        told(outcome)

    crawler.signals.connect(tell, signal=outcome_reached)
    task = process.crawl(crawler, seeds=job.seeds, job=job.name, again=job.again)
    process.start()
    if task.done() and not task.cancelled() and (err := task.exception()):
        raise err
    if failure := Recorder.of(crawler).failure or Frontier.of(crawler).failure:
        raise failure
    reason = crawler.stats.get_value("finish_reason")
    return End(reason) if reason in set(End) else End.INTERRUPTED


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise StorageError(f"{folder}: {err.strerror}; choose another folder with --output") from err


def _settings(job: Job, config: Config, log_level: str) -> Settings:
    chosen: dict[str, Any] = {
        "PERMAPRESS_RUN": new_run(datetime.now(UTC)),
        "PERMAPRESS_OUTPUT": str(config.output),
        "PERMAPRESS_POSTS_DIR": str(config.posts),
        "PERMAPRESS_ARCHIVE_DIR": str(config.archive),
        "PERMAPRESS_STATE_DIR": str(config.state),
        "PERMAPRESS_PATIENCE_S": job.patience_s,
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
