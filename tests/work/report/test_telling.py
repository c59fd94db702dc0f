import io
import re
from dataclasses import replace
from datetime import timedelta

from rich.console import Console

from crawler.config import Warn
from crawler.core.model import Status
from crawler.work.report import Caution, RunReport, as_table, as_text, judged
from crawler.work.report.model import Kind
from tests.work.report.runs import AT, FEED, outcome, run


def mixed():
    report = RunReport("20261103T040506Z-0000", AT)
    report.source("Good", "feed", found=30)
    report.source("Fine", "feed", found=2)
    report.source("Bad \x1b[31m", "feed", failed="503 \u202e")
    report.source("Odd", "list", found=1, problems=["line 3: no URL", *"abcdefg"])
    for _ in range(12):
        report.outcome(outcome(), source="Good", received=100_000, seconds=0.2)
    report.outcome(outcome(Status.FAILED, "time-out", "https://slow.example/"), source="Odd", seconds=30)
    report.trap("calendar", 7)
    return judged(report.ended(AT + timedelta(seconds=10)), [], Warn())


def test_sources_where_all_is_as_usual_are_one_line_together():
    assert as_text(mixed()).splitlines() == [
        "20261103T040506Z-0000 finished: 12 new, 1 failed; 4 sources, 1.2 MB, 10 s, 1.3 pages/s",
        "",
        "source        found  new  unchanged  updated  rescued  gone  excluded  refused  no_article  failed",
        "Bad \\x1b[31m      -    -          -        -        -     -         -        -           -       -",
        "Odd               1    -          -        -        -     -         -        -           -       1",
        "2 others         32   12          -        -        -     -         -        -           -       -",
        "",
        "failed   Bad \\x1b[31m: 503 \\u202e",
        "         Odd: 1 failed: time-out",
        "         Odd: line 3: no URL",
        "         Odd: a",
        "         Odd: b",
        "         Odd: c",
        "         Odd: d",
        "         Odd: and 3 more such entries",
        "slow     slow.example 30.0 s",
        "traps    7 calendar",
        "warning  Bad \\x1b[31m: could not be read in this run: 503 \\u202e; see whether it moved",
    ]


def test_a_run_where_all_is_well_is_one_line():
    text = as_text(run(0, found=3, ends={Status.ARCHIVED: 3}))
    assert text == "20261103T040506Z-0000 finished: 3 new; 1 source, 0.0 MB, 60 s, 0.1 pages/s"


def test_a_terminal_gets_the_same_words_and_no_markup_of_strangers():
    file = io.StringIO()
    report = replace(mixed(), cautions=(Caution(Kind.SILENT, "[bold]x", "[red]see[/red]"),))
    Console(file=file, width=200, color_system=None).print(*as_table(report), sep="\n")
    words = file.getvalue()
    assert "\x1b" not in words
    assert "[bold]x: [red]see[/red]" in words
    assert re.search(r"2 others +32 +12", words)


def test_a_source_that_is_warned_of_has_its_row():
    report = replace(run(0, found=3), cautions=(Caution(Kind.SILENT, FEED, "look"),))
    assert as_text(report).splitlines()[3].split() == ["Example", "Daily", "3", *"---------"]
