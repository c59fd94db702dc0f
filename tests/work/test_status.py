"""What scheduled runs left behind, as `status` tells it."""

import json

from crawler.config import Config, Warn
from crawler.ledger import Ledger
from crawler.work.place import ledger_of
from crawler.work.report import headline, judged, write
from crawler.work.status import MOST_REPORTS, Report
from tests.work.report.runs import AT, run


def status(tmp_path, *reports):
    config = Config(output=tmp_path)
    config.state.mkdir(parents=True)
    Ledger(ledger_of(config)).close()
    for report in reports:
        write(report, config.state)
    return Report(config, AT)


def test_the_latest_reports_are_told_and_the_warnings_of_the_last(tmp_path):
    runs = [judged(run(number, failed=f"reason {number}"), [], Warn()) for number in range(5)]
    told = status(tmp_path, *runs)
    lines = told.as_text().splitlines()
    assert [line.split(maxsplit=1)[1] for line in lines if line.startswith("report")] == [
        headline(report) for report in reversed(runs[-MOST_REPORTS:])
    ]
    assert [line.split()[0] for line in lines].count("warning") == 1
    assert "reason 4" in told.as_text()
    assert [report["run"] for report in json.loads(told.as_json())["reports"]] == [one.run for one in runs[:1:-1]]


def test_where_nothing_was_scheduled_nothing_is_told_of_it(tmp_path):
    told = status(tmp_path)
    assert "report" not in told.as_text()
    assert json.loads(told.as_json())["reports"] == []
