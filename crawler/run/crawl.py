"""One job from start to end, in this process, and how it ended."""

from __future__ import annotations

import gc
import logging
import sys
import time
from enum import StrEnum
from typing import TYPE_CHECKING

from scrapy import signals

from crawler.core.collector import look_seldom
from crawler.core.errors import StorageError
from crawler.extensions import Extraction
from crawler.fetch.recorder import Recorder
from crawler.frontier import Frontier
from crawler.ledger import Ledger
from crawler.pipelines import outcome_reached
from crawler.posts import sweep
from crawler.run.interrupt import raise_lost
from crawler.run.stopping import StoppableProcess
from crawler.spiders.archive import ArchiveSpider
from crawler.warc.repair import repaired
from crawler.work.place import ledger_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scrapy.settings import Settings

    from crawler.config import Config
    from crawler.core.visit import Outcome
    from crawler.run.job import Job

logger = logging.getLogger(__name__)

HALF_WRITTEN_S = 600.0  # a post is written in milliseconds: a temporary file of that age is nobody's

# Python's 5 ms a thread add up while four of ours want to run: the reactor's longest pause was 29 ms, and 46 with those
# (medians of five crawls of 360 pages each, in turn, readers niced, 2026-11-26).
SWITCH_S = 0.001


class End(StrEnum):
    """How a crawl ended."""

    FINISHED = "finished"
    STORAGE = "storage"  # the output could not be written; the run stopped
    INTERRUPTED = "shutdown"  # SIGINT or SIGTERM
    LIMIT = "limit"  # of crawl.yaml: the rest is the next run's


def prepare(config: Config) -> None:
    """Make the folders, close and list what a crash or a full disk left, see that the ledger can be used.

    Raises: StorageError, LedgerError, WarcError for a manifest that cannot be read.
    """
    for folder in (config.posts, config.archive, config.state):
        _make(folder)
    sweep(config.posts, before=time.time() - HALF_WRITTEN_S)
    for repair in repaired(config.archive):
        logger.warning("%s: left by an earlier run: %s", repair.file, repair.reason)
    Ledger(ledger_of(config)).close()  # one that cannot be used is told before anything is fetched


def crawl(job: Job, settings: Settings, told: Callable[[Outcome], None], *, is_child: bool = False) -> End:
    """Work on a job until each of its visits has an outcome; `told` gets each as it is reached.

    `is_child`: Ctrl-C is for the parent, which says so.
    Raises: StorageError where the output cannot be written any more, LedgerError.
    """
    look_seldom()
    sys.setswitchinterval(SWITCH_S)
    process = StoppableProcess(settings, is_child=is_child)
    crawler = process.create_crawler(ArchiveSpider)

    def tell(outcome: Outcome) -> None:  # signals pass by name, and `told` may name its argument otherwise
        told(outcome)

    crawler.signals.connect(tell, signal=outcome_reached)
    crawler.signals.connect(_settle, signal=signals.spider_opened)
    task = process.crawl(crawler, intakes=job.intakes, job=job.name, again=job.again)
    raise_lost()
    process.start()
    Extraction.of(crawler).end()  # a stop amid the start closes no spider; who reads would outlive this process
    if task.done() and not task.cancelled() and (err := task.exception()):
        raise err
    if failure := Recorder.of(crawler).failure or Frontier.of(crawler).calls.failure:
        raise failure
    reason = crawler.stats.get_value("finish_reason")
    return End(reason) if reason in set(End) else End.INTERRUPTED


def _settle() -> None:
    """What is loaded by now stays: a full collection that went through it kept the reactor for up to 140 ms."""
    gc.freeze()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise StorageError(f"{folder}: {err.strerror}; choose another folder with --output") from err
