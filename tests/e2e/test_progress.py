"""The line of progress: on a terminal and nowhere else, below what is printed, gone at the end."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.site.command import PERMAPRESS
from tests.site.routes import VISITS
from tests.site.server import serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LINE = re.compile(r"\d+ done  \d+ pending  \d+ failed  \d+\.\d pages/s")
CONTROLS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
TOKENS = re.compile(r"(\x1b\[2K)|\x1b\[(\d+)A|(\x1b\[[0-9;?]*[A-Za-z])|([\r\n])|([^\x1b\r\n]+)")
MANY = 30


@pytest.fixture
def arguments(tmp_path: Path) -> Iterator[list[str]]:
    """A crawl of some seconds."""
    (tmp_path / "crawl.yaml").write_text("politeness: {delay: 0.2}\n")
    with serve({VISITS[0].path + f"?{n}": VISITS[0].answer for n in range(MANY)}) as site:
        pages = [f"{site.base}{VISITS[0].path}?{n}" for n in range(MANY)]
        yield ["archive", *pages, "-o", f"{tmp_path}/out", "--config", f"{tmp_path}/crawl.yaml", "--allow-private"]


def on_a_terminal(
    arguments: list[str], *, out: bool = False, command: Sequence[str] = PERMAPRESS, **env: str
) -> tuple[str, str]:
    """What a terminal gets that is the standard error, and with `out` the standard output too; and what a pipe got."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*command, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs if out else subprocess.PIPE,
        stderr=theirs,
        env={name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"} | env,
    )
    os.close(theirs)
    got = b""
    with suppress(OSError):  # Linux says EIO where the last writer has left
        while data := os.read(ours, 65536):
            got += data
    os.close(ours)
    piped, _ = process.communicate(timeout=30)
    return got.decode(), (piped or b"").decode()


def left_standing(got: str) -> list[str]:
    """The lines that an endless terminal shows in the end."""
    lines, row, column = [""], 0, 0
    for erased, up, _, end, text in TOKENS.findall(got):
        if erased:
            lines[row] = ""
        elif up:
            row -= int(up)
        elif end:
            row, column = row + (end == "\n"), 0
            lines += [""] * (row == len(lines))
        elif text:
            lines[row] = lines[row][:column].ljust(column) + text + lines[row][column + len(text) :]
            column += len(text)
    return [line for line in lines if line.strip()]


def test_a_terminal_sees_it_grow_and_is_left_clean(arguments):
    got, piped = on_a_terminal([*arguments, "--json"])
    told = [int(found[0].split()[0]) for found in LINE.finditer(CONTROLS.sub("", got))]
    assert told == sorted(told)
    assert len(set(told)) > 1
    assert max(told) <= MANY
    assert "127.0.0.1" in got
    assert left_standing(got) == []
    assert got.rindex("\x1b[?25h") > got.rindex("\x1b[?25l")  # the cursor is back
    assert len(piped.splitlines()) == MANY
    assert "\x1b" not in piped


def test_outcomes_on_the_same_terminal_stay_whole(arguments, tmp_path):
    got, _ = on_a_terminal(arguments, out=True, COLUMNS="60")
    assert LINE.search(CONTROLS.sub("", got))
    shown = left_standing(got)
    assert sorted(line for line in shown if not line.startswith(" ")) == sorted(
        f"archived   {url}" for url in arguments[1 : MANY + 1]
    )
    posts = {path.name for path in (tmp_path / "out/_posts").iterdir()}
    assert {line.partition("post  _posts/")[2] for line in shown if "post  _posts/" in line} == posts
    assert len(shown) == MANY * 5


def test_the_log_lines_of_workers_stay_whole(tmp_path):
    (tmp_path / "posts").mkdir()
    (tmp_path / "crawl.yaml").write_text(
        f"posts_dir: {tmp_path}/posts\npoliteness: {{delay: 0.1}}\nfollow: {{depth: 0}}\n"
    )
    with serve({f"/{n}": VISITS[0].answer for n in range(MANY)}) as site:
        for n in range(MANY):
            (tmp_path / f"posts/{n}.md").write_text(f"---\nfrom: {site.base}/{n}\n---\n")
        (tmp_path / "posts/odd.md").write_text("no front matter")  # both workers warn of it
        options = ["-o", f"{tmp_path}/out", "--config", f"{tmp_path}/crawl.yaml", "--allow-private"]
        got, _ = on_a_terminal(["follow", f"{tmp_path}/posts", *options, "--workers", "2"], out=True)
    assert LINE.search(CONTROLS.sub("", got))
    shown = left_standing(got)
    warned = [line for line in shown if "odd.md" in line]
    assert len(warned) == 3
    assert all(re.fullmatch(r"(\S+ \S+ \[\S+\] WARNING: )?/\S+/odd\.md: not \w+: .*", line) for line in warned)
    assert sorted(line for line in shown if line.startswith("archived")) == sorted(
        f"archived   {site.base}/{n}" for n in range(MANY)
    )
    assert not [line for line in shown if "done" in line]


def test_it_is_not_seen_by_pipes_whatever_they_say_of_colour(arguments):
    environment = os.environ | {"FORCE_COLOR": "1", "TTY_COMPATIBLE": "1", "TTY_INTERACTIVE": "1"}
    ran = subprocess.run(
        [*PERMAPRESS, *arguments[:2], *arguments[-5:]], capture_output=True, env=environment, check=True
    )
    assert ran.stderr == b""
    assert b"\x1b" not in ran.stdout
    assert b"pages/s" not in ran.stdout


@pytest.mark.parametrize(("extra", "env"), [((), {"TERM": "dumb"}), (("--quiet",), {})])
def test_a_terminal_that_cannot_redraw_and_quiet_see_nothing(arguments, extra, env):
    got, _ = on_a_terminal([*arguments[:2], *arguments[-5:], *extra], **env)
    assert got == ""


def test_no_colour_is_no_colour(arguments):
    got, _ = on_a_terminal(arguments, NO_COLOR="1")
    assert LINE.search(CONTROLS.sub("", got))
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", got)


def test_a_ledger_that_cannot_be_watched_ends_the_line_with_the_reason_and_not_the_run(tmp_path):
    ledger = tmp_path / "ledger.db"
    ledger.write_bytes(b"no ledger at all" * 99)
    run = (
        "import sys, time; from pathlib import Path; from crawler.cli.progress import progress\n"
        "with progress('a job', Path(sys.argv[1]), quiet=False): time.sleep(1)\n"
        "print('done')"
    )
    got, piped = on_a_terminal([run, str(ledger)], command=(sys.executable, "-c"))
    said = CONTROLS.sub("", got)
    assert str(ledger) in said
    assert "progress is not shown any more, the run goes on" in said
    assert piped == "done\n"
