"""What every test is held to: in CI, that none was skipped for want of a judge."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# Two cores are shared with whatever else runs: an example's time says nothing about the code.
settings.register_profile("permapress", deadline=None)
settings.load_profile("permapress")

ALLOWED_SKIPS = (
    "the shared folder is not beside this repository",  # as tests.judges says it; users have none
    "this machine lets nobody mount",  # containers often do not, and no package changes that
)


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("PERMAPRESS_ALL_JUDGES"):
        config.pluginmanager.register(NoSkips())


class NoSkips:
    """Fails the session where a test was skipped for any other reason than the allowed one."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        is_allowed = any(reason in str(report.longrepr) for reason in ALLOWED_SKIPS)
        if report.skipped and not is_allowed and not hasattr(report, "wasxfail"):
            self.skipped.append(f"{report.nodeid}: {report.longrepr}")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.skipped:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.skipped:
            terminalreporter.section("skipped, though PERMAPRESS_ALL_JUDGES allows no skip", red=True)
            terminalreporter.write_line("\n".join(self.skipped))
