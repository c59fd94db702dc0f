"""`permapress init` as a new user types it."""

import json
import subprocess

from jsonschema import Draft202012Validator

from crawler.config import load
from crawler.work.init import FILES
from tests.site.command import PERMAPRESS, permapress


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_new_folder_gets_every_file_and_the_next_step_is_told(tmp_path):
    ran = permapress("init", tmp_path / "my press")
    assert (ran.status, ran.log) == (0, "")
    assert names(tmp_path / "my press") == sorted(FILES)
    assert "Next: name your sources" in ran.output
    assert load(tmp_path / "my press/crawl.yaml", {}).output == tmp_path / "my press/output"


def test_what_is_there_is_kept_and_said_so_and_the_rest_is_written(tmp_path):
    (tmp_path / "crawl.yaml").write_text("mine")
    ran = permapress("init", tmp_path, "--quiet")
    assert (ran.status, ran.output) == (0, "")
    assert ran.log.splitlines() == [
        f"permapress: {tmp_path / 'crawl.yaml'} is there already and was kept; --force overwrites it"
    ]
    assert names(tmp_path) == sorted(FILES)
    assert (tmp_path / "crawl.yaml").read_text() == "mine"
    assert permapress("init", tmp_path, "--force", "--quiet").log == ""
    assert (tmp_path / "crawl.yaml").read_text() != "mine"


def test_the_units_name_the_folder_without_detours(tmp_path):
    (tmp_path / "a").mkdir()
    permapress("init", tmp_path / "a/../b")
    assert f"WorkingDirectory={tmp_path / 'b'}\n" in (tmp_path / "b/permapress.service").read_text()


def test_json_names_each_file_and_whether_it_was_written(tmp_path):
    permapress("init", tmp_path)
    (tmp_path / "permapress.timer").unlink()
    # Not by `permapress`, which takes each line of --json for an outcome.
    ran = subprocess.run([*PERMAPRESS, "init", tmp_path, "--json"], capture_output=True, text=True, check=True)
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [one["file"] for one in told] == [str(tmp_path / name) for name in FILES]
    assert [one["file"] for one in told if one["written"]] == [str(tmp_path / "permapress.timer")]


def test_the_schema_is_printed_and_nothing_is_written(tmp_path):
    ran = permapress("init", tmp_path / "a", "--schema")
    assert ran.status == 0
    Draft202012Validator.check_schema(json.loads(ran.output))
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_written_exits_3(tmp_path):
    (tmp_path / "file").write_text("")
    ran = permapress("init", tmp_path / "file")
    assert (ran.status, ran.output) == (3, "")
    assert "cannot write" in ran.log
