"""The commands as a new user types them: help, wrong arguments, empty folders, times."""

import gzip
import os
import signal
import statistics
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.cli.app import Exit
from crawler.cli.archive import _status
from crawler.core.model import Status
from crawler.core.visit import Outcome
from crawler.ledger import Ledger
from crawler.run.crawl import End
from crawler.work.seeds import typed
from tests.site.command import PERMAPRESS, busy, permapress
from tests.site.routes import VISITS
from tests.site.server import Answer, serve

COMMANDS = ("archive", "explain", "extract", "follow", "init", "status", "verify")


def test_help_names_every_command_and_takes_under_0_4_s():
    times = []
    for _ in range(5):
        start = time.perf_counter()
        ran = subprocess.run([*PERMAPRESS, "--help"], capture_output=True, text=True, check=True)
        times.append(time.perf_counter() - start)
    assert all(command in ran.stdout for command in COMMANDS)
    assert min(times) < 0.4 * busy(), f"{statistics.median(times):.2f} s in the median"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command):
    ran = permapress(command, "--help")
    assert ran.status == 0
    assert "--json" in ran.output


def test_no_arguments_show_the_help():
    assert "archive" in permapress().output + permapress().log


def test_the_version_is_told():
    ran = permapress("--version")
    assert (ran.status, ran.output.split()[0]) == (0, "permapress")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("archive",), 2, "Missing argument"),
        (("archive", "example.org/news"), 2, "write it in full"),
        (("archive", "file:///etc/passwd"), 2, "only http and https"),
        (("archive", "http://"), 2, "write it in full"),
        (("archive", "https://example.org/" + "新" * 1500), 2, "shorten it"),
        (("archive", "https://example.org", "--colour"), 2, "No such option"),
        (("archive", "https://example.org", "--config", "nowhere.yaml"), 4, "name an existing crawl.yaml"),
        (("extract",), 2, "Missing argument"),
        (("extract", "nowhere.warc.gz"), 1, "nowhere.warc.gz"),
        (("verify", "nowhere"), 1, "nowhere"),
        (("verify", "nowhere", "--rebuild"), 1, "nowhere"),
        (("verify", "nowhere", "--repair"), 1, "nowhere"),
        (("status", "nowhere"), 1, "no ledger at"),
        (("explain", "https://example.org", "-o", "nowhere"), 1, "no ledger at"),
        (("explain", "example.org"), 2, "write it in full"),
        (("follow",), 2, "Missing argument"),
        (("follow", "nowhere"), 1, "check the path"),
        (("follow", "posts/*.md"), 1, "check the path"),
        (("follow", "https://example.org/news"), 1, "`archive` fetches URLs"),
        (("follow", "."), 1, "no posts (*.md, *.markdown) are in it"),
        (("follow", ".", "--workers", "0"), 2, "greater than or equal to 1"),
        (("follow", ".", "--depth", "11"), 2, "less than or equal to 10"),
        (("archive", "https://example.org", "-o", ""), 2, "it is empty; name a folder"),
        (("run", "--output="), 2, "it is empty; name a folder"),
        (("extract", ".", "-o", ""), 2, "it is empty; name a folder"),
        (("verify", "", "--repair"), 2, "it is empty; name a folder"),
        (("status", ""), 2, "it is empty; name a folder"),
        (("init", ""), 2, "it is empty; name a folder"),
        (("frobnicate",), 2, "No such command"),
    ],
)
def test_wrong_arguments_say_what_to_do(tmp_path, arguments, status, words):
    ran = subprocess.run(
        [*PERMAPRESS, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(Path.cwd()), "COLUMNS": "200", "TERM": "dumb"},
    )  # fmt: skip
    assert ran.returncode == status, ran.stderr
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_cannot_be_written_exits_3(tmp_path):
    (tmp_path / "out").write_text("a file where the folder should be")
    ran = permapress("archive", "https://example.invalid/", "-o", tmp_path / "out")
    assert ran.status == 3
    assert "choose another folder" in ran.log


def test_a_damaged_ledger_exits_3_and_says_how_to_mend_it(tmp_path):
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text("---\nfrom: https://example.invalid/\n---\n")
    (tmp_path / "state").mkdir()
    (tmp_path / "state/permapress.db").write_bytes(b"no database" * 99)
    for command in (("follow", tmp_path / "posts", "-o"), ("archive", "https://example.invalid/", "-o"), ("status",)):
        ran = permapress(*command, tmp_path)
        assert (ran.status, ran.output) == (3, "")
        assert "verify --rebuild" in ran.log


@pytest.mark.parametrize("damage", ["another", "cut", "flipped"])
@pytest.mark.parametrize("url", ["https://example.invalid/", "nowhere"])
def test_a_dry_run_on_a_damaged_ledger_exits_3_wherever_its_posts_point(tmp_path, url, damage):
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text(f"---\nfrom: {url}\n---\n")
    database = tmp_path / "state/permapress.db"
    Ledger(database).close()
    content = bytearray(database.read_bytes())
    content[60::512] = bytes(byte ^ 0xFF for byte in content[60::512])
    damaged = {"another": b"no database" * 99, "cut": database.read_bytes()[:3000], "flipped": bytes(content)}
    database.write_bytes(damaged[damage])
    ran = permapress("follow", tmp_path / "posts", "-o", tmp_path, "--dry-run")
    assert (ran.status, ran.output) == (3, "")
    assert "verify --rebuild" in ran.log
    assert database.read_bytes() == damaged[damage]


def test_annotating_posts_that_do_not_lie_where_posts_are_written_is_refused(tmp_path):
    (tmp_path / "a.md").write_text("---\nfrom: https://example.invalid/\n---\n")
    ran = permapress("follow", tmp_path / "a.md", "-o", tmp_path / "out", "--annotate")
    assert (ran.status, ran.output) == (4, "")
    assert "set posts_dir" in ran.log
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_following_what_was_captured_says_that_nothing_is_left(site, tmp_path):
    (tmp_path / "a.md").write_text(f"---\nfrom: {site.base}{VISITS[0].path}\n---\n")
    options = ("-o", tmp_path / "out", "--allow-private", "--depth", "0")
    assert permapress("follow", tmp_path / "a.md", *options).log == ""
    ran = permapress("follow", tmp_path / "a.md", *options)
    assert (ran.status, ran.output) == (0, "")
    assert "nothing to visit" in ran.log
    assert permapress("follow", tmp_path / "a.md", *options, "--quiet").log == ""


def test_extracting_an_empty_folder_says_so(tmp_path):
    ran = permapress("extract", tmp_path)
    assert ran.status == 1
    assert "no WARC" in ran.log


def test_a_host_that_does_not_resolve_is_an_outcome_and_exit_1(tmp_path):
    ran = permapress("archive", "http://nowhere.invalid/a", "-o", tmp_path, "--json")
    assert ran.status == 1
    assert [told.status for told in ran.told] == ["failed"]


@pytest.mark.parametrize(
    ("end", "told", "status"),
    [
        (End.FINISHED, 2, Exit.DONE),
        (End.FINISHED, 1, Exit.NOT_DONE),
        (End.INTERRUPTED, 1, Exit.INTERRUPTED),
        (End.STORAGE, 2, Exit.STORAGE),
    ],
)
def test_a_visit_without_an_outcome_is_never_a_success(end, told, status):
    seeds = typed(["https://example.org/a", "https://example.org/a#again", "https://example.org/b"])
    archived = Outcome("https://example.org/a", Status.ARCHIVED, "a new post", datetime.now(UTC), post="_posts/a.md")
    assert _status(end, seeds, [archived] * told) is status


def test_a_typed_output_wins_over_the_file(tmp_path):
    config = tmp_path / "crawl.yaml"
    config.write_text("output: of-the-file\n")
    assert "typed/archive" in permapress("verify", tmp_path / "typed", "--config", config).log
    assert "of-the-file/archive" in permapress("verify", "--config", config).log


def test_a_password_in_a_typed_url_is_neither_printed_nor_kept(site, tmp_path):
    url = site.base.replace("http://", "http://bob:sesame@") + VISITS[0].path
    ran = permapress("archive", url, "-o", tmp_path, "--allow-private", "--json")
    assert (ran.status, [told.url for told in ran.told]) == (0, [site.base + VISITS[0].path])
    (warc,) = tmp_path.glob("archive/*.warc.gz")
    kept = gzip.decompress(warc.read_bytes()) + b"".join(post.read_bytes() for post in tmp_path.glob("_posts/*"))
    assert "sesame" not in ran.output + ran.log
    assert b"sesame" not in kept


def test_a_line_that_is_lost_exits_3_and_the_archive_is_whole(site, tmp_path):
    out = tmp_path / "out"
    commands = [
        ["archive", site.base + VISITS[0].path, "-o", out, "--allow-private", "--json"],
        ["extract", out / "archive", "-o", tmp_path / "again"],
        ["verify", out],
    ]
    for command in commands:
        with Path("/dev/full").open("w") as full:
            ran = subprocess.run([*PERMAPRESS, *command], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert ran.returncode == 3
        assert (
            ran.stderr
            == "permapress: standard output: No space left on device; lines are lost, what was done is done\n"
        )
    assert len(list((out / "_posts").iterdir())) == len(list((tmp_path / "again/_posts").iterdir())) == 1


def test_chinese_is_told_whatever_the_locale(tmp_path):
    url = "http://nowhere.invalid/新"
    ran = subprocess.run(
        [*PERMAPRESS, "archive", url, "-o", tmp_path],
        capture_output=True, check=False, env=os.environ | {"PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip
    assert ran.returncode == 1
    assert url in ran.stdout.decode()
    assert b"Traceback" not in ran.stderr


def test_one_page_takes_under_3_s(site, tmp_path):
    """The best of three, on a machine that is free: whatever else it does says nothing about the command."""
    url = site.base + VISITS[0].path
    runs = [permapress("archive", url, "-o", tmp_path / str(n), "--allow-private") for n in range(3)]
    assert [ran.status for ran in runs] == [0, 0, 0]
    assert min(ran.seconds for ran in runs) < 3 * busy()


def test_ctrl_c_finishes_what_is_under_way_and_exits_130_with_a_whole_archive(tmp_path):
    answers = {visit.path: visit.answer for visit in VISITS[:1]} | {"/robots.txt": Answer(b"", status=404)}
    config = tmp_path / "crawl.yaml"
    config.write_text("politeness: {delay: 0.2}\n")
    with serve(answers) as site:
        many = [f"{site.base}{VISITS[0].path}?page={n}" for n in range(100)]
        process = subprocess.Popen(
            [*PERMAPRESS, "archive", *many, "-o", str(tmp_path), "--allow-private", "--json", "--config", str(config)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        start = time.monotonic()
        _, log = process.communicate(timeout=20)
    assert process.returncode == 130
    assert time.monotonic() - start < 10
    assert "run it again" in log
    assert "Traceback" not in log
    assert permapress("verify", tmp_path).status == 0


def test_a_reader_that_leaves_early_ends_neither_the_run_nor_its_exit_status(site, tmp_path):
    config = tmp_path / "crawl.yaml"
    config.write_text("politeness: {delay: 0}\n")
    urls = [site.base + visit.path for visit in VISITS[:4]]
    process = subprocess.Popen(
        [*PERMAPRESS, "archive", *urls, "-o", str(tmp_path), "--allow-private", "--json", "--config", str(config)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    process.stdout.readline()
    process.stdout.close()
    process.stdout = None
    _, log = process.communicate(timeout=30)
    assert (process.returncode, log) == (0, b"")
    assert len(list((tmp_path / "_posts").iterdir())) == 4


def test_a_post_away_from_its_archive_is_told_how_to_name_it(tmp_path):
    (tmp_path / "a.md").write_text('---\ntitle: "A"\nfrom: https://example.org/\n---\n', encoding="utf-8")
    ran = permapress("verify", tmp_path / "a.md")
    assert ran.status == 6
    assert "if its archive lies elsewhere, say --config" in ran.output
