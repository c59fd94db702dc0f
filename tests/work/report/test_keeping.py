import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from crawler.config import Warn
from crawler.core.errors import StorageError
from crawler.core.model import Status
from crawler.work.report import RunReport, earlier, judged, write
from crawler.work.report.keeping import as_json
from crawler.work.report.metrics import metrics
from tests.work.report.runs import AT, FEED, outcome, run


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def full():
    report = run(1, found=9, undated=2, problems=["entry 3: no URL"], failed="404", ends={Status.FAILED: 2})
    return judged(report, [], Warn())


def test_a_report_comes_back_as_it_was_written(tmp_path):
    write(full(), tmp_path)
    assert [*earlier(tmp_path)] == [full()]


def test_earlier_reports_come_the_latest_first_and_no_more_than_asked(tmp_path):
    for number in (2, 0, 1):
        write(run(number), tmp_path)
    assert [*earlier(tmp_path)] == [run(2), run(1), run(0)]
    assert [*earlier(tmp_path, most=1)] == [run(2)]


def test_where_nothing_ran_there_are_none(tmp_path):
    assert [*earlier(tmp_path)] == []


def test_the_shape_of_the_file_is_promised(tmp_path):
    told = json.loads(write(full(), tmp_path).read_text())
    assert list(told) == [
        "version", "run", "started", "ended", "end", "sources", "received", "slowest", "traps", "cautions",
        "seconds", "visits", "pages_per_s",
    ]  # fmt: skip
    assert list(told["sources"][0]) == [
        "name", "kind", "failure", "not_modified", "found", "undated", "new", "updated", "unchanged", "rescued",
        "gone", "excluded", "refused", "no_article", "failed", "problems", "examples", "reasons",
    ]  # fmt: skip
    assert told["version"] == 1
    assert (told["started"], told["seconds"], told["visits"]) == ("2026-11-03T05:05:06Z", 60, 2)
    assert told["sources"][0]["reasons"] == [{"status": "failed", "words": "so", "visits": 2}]
    assert told["cautions"][0]["kind"] == "failing"


def test_only_whole_files_lie_there_readable_by_others(tmp_path):
    path = write(full(), tmp_path)
    write(full(), tmp_path)
    assert names(path.parent) == [f"{full().run}.json", f"{full().run}.om"]
    assert names(tmp_path) == ["metrics.om", "runs"]
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"version": 2}', b'{"version": 1}',
        as_json(run(1)).replace("2026-11-03T05:05:06Z", "2026-11-03T05:05:06").encode(),
        as_json(run(1))[:-40].encode(),
    ],
)  # fmt: skip
def test_a_damaged_report_is_passed_over_and_told(tmp_path, caplog, content):
    write(run(0), tmp_path)
    (tmp_path / "runs/20261104T000000Z-0000.json").write_bytes(content)
    assert [*earlier(tmp_path)] == [run(0)]
    assert "is passed over" in caplog.text


def test_keys_of_a_later_writer_do_no_harm(tmp_path):
    path = write(run(0), tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"mood": "fine"}))
    assert [*earlier(tmp_path)] == [run(0)]


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(StorageError, match="runs"):
        write(run(0), tmp_path)


def test_metrics_are_read_by_their_own_parser(tmp_path):
    write(full(), tmp_path)
    text = (tmp_path / "metrics.om").read_text()
    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert samples["permapress_run_duration_seconds",] == 60
    assert samples["permapress_source_up", FEED, "feed"] == 0
    assert samples["permapress_source_entries", FEED] == 9
    assert samples["permapress_source_visits", FEED, "failed"] == 2
    assert samples["permapress_cautions", "failing"] == 1
    assert all(math.isfinite(value) for value in samples.values())
    assert (tmp_path / f"runs/{full().run}.om").read_text() == text


@given(st.text(), st.text())
def test_metrics_hold_whatever_a_source_is_called(name, trap):
    report = RunReport("r", AT)
    report.source(name, "feed")
    report.outcome(outcome(), source=name)
    report.trap(trap)
    assert [*text_string_to_metric_families(metrics(report.ended(AT)))]
