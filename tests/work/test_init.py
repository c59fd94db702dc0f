"""What `init` writes: taken by us, by systemd, by a shell as cron starts it, by GitHub's own schema."""

import json
import os
import re
import shlex
import subprocess
from importlib import resources

import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator

from crawler import __version__
from crawler.config import Config, load, schema
from crawler.core.errors import ConfigError, StorageError
from crawler.work.init import FILES, Written, written
from tests.judges import need

PROGRAM = ("/usr/bin/env", "permapress")
ODD = "a 100% of $HOME 'x' \"y\" \\z 新"  # a folder's name that each kind of quoting has trouble with


@pytest.fixture
def folder(tmp_path):
    [*written(tmp_path / "press", PROGRAM, "nobody", force=False)]
    return tmp_path / "press"


def test_all_files_are_written_and_named(tmp_path):
    assert [*written(tmp_path / "a/b", PROGRAM, "nobody", force=False)] == [
        Written(name, written=True) for name in FILES
    ]
    assert all((tmp_path / "a/b" / name).is_file() for name in FILES)
    assert os.access(tmp_path / "a/b/.github/permapress-push.sh", os.X_OK)


def test_nothing_is_left_to_be_filled_in(folder):
    assert [name for name in FILES if re.search(r"@[A-Z_]+@", (folder / name).read_text())] == []


def test_a_file_that_is_there_is_kept_and_the_others_are_written(folder):
    (folder / "crawl.yaml").write_text("mine")
    (folder / "permapress.timer").unlink()
    kept = [file.path for file in written(folder, PROGRAM, "nobody", force=False) if not file.written]
    assert kept == [name for name in FILES if name != "permapress.timer"]
    assert (folder / "crawl.yaml").read_text() == "mine"
    assert (folder / "permapress.timer").is_file()


def test_by_force_it_is_written_again(folder):
    (folder / "crawl.yaml").write_text("mine")
    assert all(file.written for file in written(folder, PROGRAM, "nobody", force=True))
    assert "sources" in (folder / "crawl.yaml").read_text()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="file"):
        [*written(tmp_path / "file", PROGRAM, "nobody", force=False)]


def test_a_path_with_a_line_break_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(ConfigError, match="choose a folder"):
        [*written(tmp_path / "a\nExecStart=b", PROGRAM, "nobody", force=False)]
    assert [*tmp_path.iterdir()] == []


# crawl.yaml


def test_crawl_yaml_loads_as_it_is_and_says_the_defaults(folder):
    config = load(folder / "crawl.yaml", {})
    assert config == Config(output=folder / "output", state_file=folder / "output/state.txt")
    judge = Draft202012Validator(json.loads(schema()))
    assert list(judge.iter_errors(yaml.safe_load((folder / "crawl.yaml").read_text()))) == []


def test_what_crawl_yaml_has_commented_out_is_what_holds_without_it(folder):
    text = (folder / "crawl.yaml").read_text()
    bare = re.sub(r"^(  )?# ([a-z_]+:)", r"\1\2", text, flags=re.MULTILINE)
    bare = re.sub(r"^#( {2,3}[- ] ?.*)", r"\1", bare.replace("sources: []", "sources:"), flags=re.MULTILINE)
    (folder / "bare.yaml").write_text(bare)
    config = load(folder / "bare.yaml", {})
    assert [source.kind for source in config.sources] == ["feed", "sitemap", "posts", "list", "opml", "subs"]
    assert config.model_copy(update={"sources": ()}) == load(folder / "crawl.yaml", {})


def test_crawl_yaml_shows_every_key(folder):
    told = json.loads(schema())
    keys = {key for section in (told, *told["$defs"].values()) for key in section["properties"]}
    shown = set(re.findall(r"^[# -]*([a-z_]+):", (folder / "crawl.yaml").read_text(), re.MULTILINE))
    assert keys - shown == set()


# systemd


@pytest.mark.judge
@pytest.mark.parametrize("name", ["press", "a 100% of $HOME 新", ODD])
def test_systemd_takes_the_units_whatever_the_path_and_looks_for_the_program_there(tmp_path, name):
    need("systemd-analyze")
    folder = tmp_path / name
    program = folder / "bin/permapress"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    [*written(folder, (str(program),), "root", force=False)]
    ran = verified(folder)
    assert (ran.returncode, ran.stderr) == (0, "")
    program.unlink()
    if name != ODD:
        assert f"Command {program} is not executable" in verified(folder).stderr


def verified(folder):
    units = ("permapress.service", "permapress.timer")
    return subprocess.run(
        ["systemd-analyze", "verify", *(folder / unit for unit in units)], capture_output=True, text=True, check=False
    )


def test_the_service_gets_its_paths_in_systemd_s_own_quoting(tmp_path):
    folder = tmp_path / ODD
    [*written(folder, ("/opt/a b/python", "-m", "crawler"), "press", force=False)]
    lines = (folder / "permapress.service").read_text().splitlines()
    inner = str(folder).replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    variable = inner.replace("$", "$$")
    assert f'ExecStart="/opt/a b/python" "-m" "crawler" run --config "{variable}/crawl.yaml"' in lines
    [*written(folder, ("/opt/$a'b",), "press", force=True)]
    other = (folder / "permapress.service").read_text().splitlines()
    assert f'ExecStart="/usr/bin/env" "/opt/$$a\'b" run --config "{variable}/crawl.yaml"' in other
    assert f"WorkingDirectory={folder}".replace("%", "%%") in lines
    assert f'ReadWritePaths="{inner}"' in lines
    assert "User=press" in lines


def test_the_timer_is_hourly_spread_and_makes_up_for_what_was_missed(folder):
    lines = (folder / "permapress.timer").read_text().splitlines()
    assert {"OnCalendar=hourly", "RandomizedDelaySec=10min", "Persistent=true"} <= set(lines)


# cron


def test_the_crontab_line_starts_the_program_whatever_the_path(tmp_path):
    """Five fields, then a command; cron ends it at a bare % and reads \\% as %, then a shell gets it."""
    folder = tmp_path / ODD
    program = folder / "say"
    folder.mkdir()
    program.write_text('#!/bin/sh\npwd\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    [*written(folder, (str(program),), "nobody", force=False)]
    (line,) = [one for one in (folder / "permapress.crontab").read_text().splitlines() if not one.startswith("#")]
    minute, *stars, command = line.split(" ", 5)
    assert 0 < int(minute) < 59
    assert stars == ["*"] * 4
    assert not re.search(r"(?<!\\)%", command)
    ran = subprocess.run(["sh", "-c", command.replace(r"\%", "%")], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == [str(folder), "run", "--config", str(folder / "crawl.yaml"), "--quiet"]


# GitHub Actions


@pytest.fixture
def workflow(folder):
    text = (folder / ".github/workflows/permapress.yml").read_text()
    told = yaml.safe_load(text)
    return told | {"on": told.pop(True)}  # YAML 1.1 reads `on` so, GitHub does not


def steps(workflow):
    return workflow["jobs"]["run"]["steps"]


def step(workflow, name):
    return next(one for one in steps(workflow) if one.get("name") == name)


def test_the_workflow_is_one_by_github_s_schema(workflow):
    path = resources.files("check_jsonschema").joinpath("builtin_schemas/vendor/github-workflows.json")
    assert list(Draft7Validator(json.loads(path.read_text())).iter_errors(workflow)) == []


def test_the_workflow_runs_every_hour_one_at_a_time_and_may_push(workflow):
    assert re.fullmatch(r"[1-9]\d? \* \* \* \*", workflow["on"]["schedule"][0]["cron"])
    assert workflow["concurrency"] == {"group": "permapress", "cancel-in-progress": False}
    assert workflow["permissions"] == {"contents": "write"}


def test_the_workflow_keeps_the_archive_before_it_pushes_the_posts(workflow):
    assert [one.get("name") or one["uses"].partition("@")[0] for one in steps(workflow)] == [
        "actions/checkout", "actions/setup-python", "Install", "actions/cache/restore", "Run", "actions/cache/save",
        "Keep the WARC files", "Commit and push", "Tell how the run went",
    ]  # fmt: skip
    assert f'"permapress=={__version__}"' in step(workflow, "Install")["run"]
    assert "steps.archive.outcome == 'success'" in step(workflow, "Commit and push")["if"]


@pytest.mark.parametrize("status", [0, 1, 3, 5])
def test_a_run_that_failed_is_pushed_first_and_fails_the_job_at_the_end(workflow, tmp_path, status):
    (tmp_path / "permapress").write_text(f"#!/bin/sh\nexit {status}\n")
    (tmp_path / "permapress").chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "GITHUB_OUTPUT": str(tmp_path / "told")}
    bash(step(workflow, "Run")["run"], environment, expected=0)
    assert (tmp_path / "told").read_text() == f"status={status}\n"
    last = step(workflow, "Tell how the run went")
    assert last["env"] == {"STATUS": "${{ steps.run.outputs.status }}"}
    bash(last["run"], {"STATUS": str(status)}, expected=status)
    bash(last["run"], {"STATUS": ""}, expected=1)  # the run was killed


def bash(script, environment, expected):
    """As GitHub runs a step."""
    ran = subprocess.run(["bash", "-e", "-c", script], env={"PATH": os.environ["PATH"]} | environment, check=False)
    assert ran.returncode == expected


def test_the_steps_that_are_offered_instead_are_steps_too(folder):
    text = (folder / ".github/workflows/permapress.yml").read_text()
    offered = re.findall(r"^      # (- name: Keep the WARC files\n(?:      #.*\n)+)", text, re.MULTILINE)
    (first,) = offered
    told = yaml.safe_load(re.sub(r"^      # ?", "", first, flags=re.MULTILINE).replace("… or", "# … or"))
    assert [one["id"] for one in told] == ["archive", "archive"]
    for one in told:
        assert subprocess.run(["bash", "-n", "-c", one["run"]], check=False).returncode == 0


def test_the_paths_that_are_pushed_are_those_of_crawl_yaml(workflow, folder):
    _, _, *paths = shlex.split(step(workflow, "Commit and push")["run"])
    config = load(folder / "crawl.yaml", {})
    assert [str(path.relative_to(folder)) for path in (config.posts, config.state_file)] == [paths[0], paths[-1]]
    assert folder / step(workflow, "Keep the WARC files")["with"]["path"] == config.archive
    cached = [one["with"] for one in steps(workflow) if "actions/cache" in one.get("uses", "")]
    assert [folder / one["path"] for one in cached] == [config.state / "runs"] * 2
    assert cached[0]["key"] == cached[1]["key"]
    assert cached[0]["key"].startswith(cached[0]["restore-keys"])
