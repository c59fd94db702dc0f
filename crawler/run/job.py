"""What a person asked for, as one job: its name, its seeds, and the settings it is crawled with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy.settings import Settings

from crawler import __version__, settings
from crawler.config import Follow
from crawler.core.visit import SCHEDULED, Intake
from crawler.fetch.recorder import new_run
from crawler.work.follow import followed
from crawler.work.jobs import job_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta
    from pathlib import Path

    from crawler.config import Config
    from crawler.core.model import Seed

ARCHIVE_PATIENCE_S = 60  # a person waits for `archive`
FOLLOW_PATIENCE_S = 3600


@dataclass(frozen=True, slots=True)
class Job:
    """One request of a person."""

    name: str  # the same for the same request: who makes it again goes on with it
    intakes: Sequence[Intake]
    again: bool  # visit also what was visited before
    patience_s: float  # how long a host may ask to be left alone
    follow: Follow
    annotate: tuple[Path, ...] = ()  # where posts that are kept get the evidence added
    run: str | None = None  # the run's id; None: each process makes one
    since: tuple[tuple[str, timedelta], ...] = ()  # how far back sources are read, by name


def archive_job(seeds: Sequence[Seed]) -> Job:
    """Each seed, whether or not it was visited before, and no link of it."""
    name = job_of("archive", (seed.key for seed in seeds))
    return Job(name, [Intake(seeds)], again=True, patience_s=ARCHIVE_PATIENCE_S, follow=Follow(related=False))


def follow_job(paths: Sequence[Path], config: Config, *, annotate: bool) -> Job:
    """What posts under the paths point at, once, and the related articles.

    Raises: PostError where a path leads to no post.
    """
    name, seeds = job_of("follow", (str(path.resolve()) for path in paths)), followed(paths, config)
    annotated = tuple(paths) if annotate else ()
    return Job(
        name, [Intake(seeds)], again=False, patience_s=FOLLOW_PATIENCE_S, follow=config.follow, annotate=annotated
    )


def settings_of(job: Job, config: Config, log_level: str, *, readers: int = 0, workers: int = 1) -> Settings:
    """Scrapy's settings for a crawl of the job, one of so many. `readers`: processes that read pages; 0: one a core."""
    chosen: dict[str, Any] = {
        "PERMAPRESS_RUN": job.run or new_run(datetime.now(UTC)),
        "PERMAPRESS_OUTPUT": str(config.output),
        "PERMAPRESS_POSTS_DIR": str(config.posts),
        "PERMAPRESS_ARCHIVE_DIR": str(config.archive),
        "PERMAPRESS_STATE_DIR": str(config.state),
        "PERMAPRESS_FOLLOW": job.follow.model_dump(),
        "PERMAPRESS_ANNOTATE": list(map(str, job.annotate)),
        "PERMAPRESS_PATIENCE_S": job.patience_s,
        "PERMAPRESS_SCHEDULED": job.name == SCHEDULED,
        "PERMAPRESS_RECHECK": [pause.total_seconds() for pause in config.refresh.recheck],
        "PERMAPRESS_LIMITS": _limits(config, workers) if job.name == SCHEDULED else {},
        "PERMAPRESS_SINCE": {name: span.total_seconds() for name, span in job.since},
        "PERMAPRESS_READERS": readers,
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


def _limits(config: Config, workers: int) -> dict[str, float]:
    """Of one process: each has its share of what all together may take."""
    limits = config.limits
    return {
        "pages": (limits.pages or 0) / workers,
        "bytes": (limits.bytes or 0) / workers,
        "seconds": (limits.minutes or 0) * 60,
        "disk_free": limits.disk_free,
    }
