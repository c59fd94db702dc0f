"""A report as OpenMetrics text (OpenMetrics 1.0), for a collector that reads files.

All are gauges of one run, the latest: a counter over runs would start again wherever the state folder does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.work.report.model import NAMES, Kind

if TYPE_CHECKING:
    from prometheus_client import Gauge

    from crawler.work.report.model import Report


def metrics(report: Report) -> str:
    """The text, `# EOF` at its end."""
    import prometheus_client as client  # noqa: PLC0415 - a quarter of a second that who reads reports does not wait for
    from prometheus_client.openmetrics.exposition import generate_latest  # noqa: PLC0415 - the same

    registry = client.CollectorRegistry(auto_describe=False)

    def gauge(name: str, words: str, *labels: str) -> Gauge:
        return client.Gauge(f"permapress_{name}", words, labels, registry=registry)

    gauge("run_start_timestamp_seconds", "When the latest run started.").set(report.started.timestamp())
    gauge("run_end_timestamp_seconds", "When the latest run ended.").set(report.ended.timestamp())
    gauge("run_duration_seconds", "How long it took.").set(report.seconds)
    gauge("run_received_bytes", "What came over the wire.").set(report.received)
    gauge("run_pages_per_second", "Visits that went out to a host, by the second.").set(report.pages_per_s)
    traps = gauge("run_trap_links", "Links left alone as spider traps.", "kind")
    for kind, links in report.traps:
        traps.labels(kind).set(links)
    up = gauge("source_up", "1: the source could be read.", "source", "kind")
    found = gauge("source_entries", "Entries that point at an article.", "source")
    undated = gauge("source_undated_entries", "Of these, without a date.", "source")
    visits = gauge("source_visits", "Visits by how they ended.", "source", "status")
    for source in report.sources:
        up.labels(source.name, source.kind).set(source.failure is None)
        found.labels(source.name).set(source.found)
        undated.labels(source.name).set(source.undated)
        for name in NAMES.values():
            visits.labels(source.name, name).set(getattr(source, name))
    cautions = gauge("cautions", "What a person should look at, by kind.", "kind")
    for one in Kind:
        cautions.labels(one).set(sum(caution.kind is one for caution in report.cautions))
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    return text.decode()
