"""One scheduled run from its sources to its report."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.core.errors import ConfigError
from crawler.core.model import Status
from crawler.core.visit import SCHEDULED, Kind
from crawler.fetch.recorder import new_run
from crawler.ledger import Ledger
from crawler.run.alone import alone
from crawler.run.crawl import End, prepare
from crawler.run.job import Job
from crawler.run.workers import work
from crawler.work.intakes import intakes, taken
from crawler.work.place import ledger_of
from crawler.work.rebuild import has_past, rebuilt
from crawler.work.report import RunReport, earlier, judged, write
from crawler.work.state_file import write_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.config import Config
    from crawler.core.visit import Outcome
    from crawler.work.intakes import Intakes
from crawler.work.report import Report

logger = logging.getLogger(__name__)

PATIENCE_S = 3600  # a host that asks for more has its visit end
_READ = {Status.ARCHIVED, Status.UPDATED, Status.UNCHANGED}
_ELSEWHERE = "(no source)"  # of visits that an earlier crawl.yaml led to


def scheduled(config: Config, told: Callable[[Outcome], None], log_level: str, workers: int = 1) -> tuple[End, Report]:
    """Make a run over all sources; how it ended, and its report, which is kept in the state folder.

    Raises: ConfigError where there is no source; LockedError where another run holds the output; StorageError,
    LedgerError, SourceError where `seen` cannot be read.
    """
    if not config.sources:
        raise ConfigError("no sources in crawl.yaml: write `sources:` and a feed below it; `permapress init` shows how")
    with alone(config.state):
        started = datetime.now(UTC)
        _remember(config, started)
        prepare(config)
        run = new_run(started)
        found, report = intakes(config), RunReport(run, started)
        with Ledger(ledger_of(config)) as ledger:
            ledger.take(taken(config))

        def tell(outcome: Outcome) -> None:
            _count(report, found, outcome)
            told(outcome)

        end = work(_job(run, found, config), config, tell, log_level, workers)
        for local in found.locals:
            report.source(local.name, local.kind, found=local.found, problems=local.problems, failed=local.failed)
        made = judged(report.ended(datetime.now(UTC), end), earlier(config.state), config.warn)
        write(made, config.state)
        if config.state_file:
            with Ledger(ledger_of(config)) as ledger:
                write_state(config.state_file, ledger.known())
    return end, made


def _remember(config: Config, at: datetime) -> None:
    """Where the ledger is gone with the disk of the last run: make it anew, whole or not at all."""
    if ledger_of(config).exists() or not has_past(config):
        return
    for proof in rebuilt(config, at):
        if not proof.sound:
            logger.warning("%s", proof.as_text())


def _job(run: str, found: Intakes, config: Config) -> Job:
    return Job(
        SCHEDULED,
        found.intakes,
        again=False,
        patience_s=PATIENCE_S,
        follow=config.follow,
        since=tuple(found.since.items()),
        run=run,
    )


def _count(report: RunReport, found: Intakes, outcome: Outcome) -> None:
    name = outcome.source or _ELSEWHERE
    if outcome.kind is Kind.ARTICLE:
        report.outcome(outcome, source=name, received=outcome.received, seconds=outcome.seconds)
        for trap in outcome.traps:
            report.trap(trap)
        return
    named = outcome.named
    report.source(
        name,
        found.kinds.get(name, outcome.kind),
        found=named.articles if named else 0,
        undated=named.undated if named else 0,
        problems=named.problems if named else (),
        failed=None if outcome.status in _READ else f"{outcome.status}: {outcome.reason}",
        not_modified=outcome.status is Status.UNCHANGED,
    )
