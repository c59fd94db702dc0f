import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import MAX_CONFIG_BYTES, load, schema
from crawler.config.told import MOST
from crawler.core.errors import ConfigError


def test_without_a_file_the_defaults_hold():
    config = load(None, {})
    assert config.posts.as_posix() == "output/_posts"
    assert config.archive.as_posix() == "output/archive"
    assert (config.politeness.per_host, config.politeness.delay, config.politeness.robots) == (1, 1.0, True)
    assert not config.allow_private


def test_flags_win_over_the_file_and_an_absent_flag_does_not_count(written):
    path = written("output: a\nallow_private: true\n")
    assert load(path, {"output": "b", "allow_private": None}).output.name == "b"
    assert load(path, {"output": None, "allow_private": None}).allow_private


def test_a_path_below_the_home_folder_is_found_there(written, monkeypatch):
    monkeypatch.setenv("HOME", "/home/a b")
    config = load(written("output: ~/press\nseen: ~other/x\nsources: [{list: ~/urls.txt}]\n"), {})
    assert (config.output.as_posix(), config.sources[0].where.as_posix()) == ("/home/a b/press", "/home/a b/urls.txt")
    assert config.seen.name == "x"
    assert config.seen.parent.name == "~other"


def test_paths_of_the_file_are_relative_to_its_folder_and_flags_to_where_one_stands(written):
    path = written("posts_dir: ../site/_posts\noutput: out\n")
    assert load(path, {}).posts == path.parent / "../site/_posts"
    assert load(path, {}).archive == path.parent / "out/archive"
    assert load(path, {"output": "here"}).archive.as_posix() == "here/archive"


def test_a_flag_of_a_section_leaves_the_rest_of_it_as_written(written):
    path = written("follow: {depth: 3, per_article: 7}\n")
    follow = load(path, {"follow": {"depth": 2, "same_site": None}}).follow
    assert (follow.depth, follow.per_article, follow.same_site, follow.related) == (2, 7, True, True)
    assert load(None, {"follow": {"same_site": False}}).follow.same_site is False
    assert load(written("output: a\n"), {"follow": {"depth": 0}}).follow.depth == 0


def test_a_section_that_is_none_is_told_under_flags_too(written):
    with pytest.raises(ConfigError, match=r"crawl.yaml:1: follow: "):
        load(written("follow: 3\n"), {"follow": {"depth": 2}})


@pytest.mark.parametrize("text", ["depth: 11", "depth: -1", "per_article: 201", "same_site: perhaps", "off_site: true"])
def test_following_has_bounds(written, text):
    with pytest.raises(ConfigError, match=f"crawl.yaml:2: follow.{text.partition(':')[0]}: "):
        load(written(f"follow:\n  {text}\n"), {})


def test_the_state_lies_in_the_output():
    assert load(None, {"output": "here"}).state.as_posix() == "here/state"


def test_an_empty_file_is_the_defaults(written):
    assert load(written("# nothing yet\n"), {}) == load(None, {})


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("output: x\npolitness:\n  delay: 2\n", 2, "politness: unknown key; did you mean `politeness`?"),
        ("follow:\n  dept: 2\n", 2, "follow.dept: unknown key; did you mean `depth`?"),
        ("zz: 1\n", 1, "zz: unknown key; remove it; known are operator, output"),
        ("1: 2\n", 1, "1: keys should be strings"),
        ("politeness:\n  delay: .nan\n", 2, "politeness.delay: input should be a finite number"),
        ("limits:\n  pages: '3'\n", 2, "limits.pages: input should be a valid integer"),
        (
            "politeness:\n  per_host: 1\n  delay: -1\n",
            3,
            "politeness.delay: input should be greater than or equal to 0",
        ),
        ("politeness:\n  robots: perhaps\n", 2, "politeness.robots: input should be a valid boolean"),
        ("politeness: 3\n", 1, "politeness: "),
        ("operator:\n  name: A\n  mail: b\n", 3, "operator.mail: unknown key"),
        ("output: a\nallow_private: true\noutput: b\n", 3, "not YAML as it is read here: output is there twice"),
        ("politeness:\n  delay: 1\n  delay: 0\n", 3, "not YAML as it is read here: delay is there twice"),
    ],
)
def test_an_error_names_file_line_and_key(written, text, line, words):
    path = written(text)
    with pytest.raises(ConfigError) as raised:
        load(path, {})
    assert str(raised.value).startswith(f"{path}:{line}: {words}")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [", "not YAML"),
        ("- a\n", "expected keys"),
        ("output: 2020-99-99\n", "quotes"),
        ("a: !!int x\n", "quotes"),
        ("[" * 3_000, "nested too deeply"),
        ("{" * 3_000, "nested too deeply"),
        (b"\xff\xfe", "not UTF-8"),
        (b"#" * (MAX_CONFIG_BYTES + 1), "larger than"),
        ("operator: !!python/object/apply:os.system [true]\n", "not YAML"),
    ],
)
def test_what_is_no_configuration_says_so(written, text, words):
    with pytest.raises(ConfigError, match=words):
        load(written(text), {})


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(ConfigError, match="--config"):
        load(tmp_path / "none.yaml", {})


def test_errors_stand_in_the_order_of_the_file_and_no_more_than_a_person_reads(written):
    text = "zz: 1\nsources:\n" + "- feed: x\n" * 2000
    with pytest.raises(ConfigError) as raised:
        load(written(text), {})
    lines = str(raised.value).splitlines()
    assert [line.split(":")[1] for line in lines[:3]] == ["1", "3", "4"]
    assert lines[MOST].endswith("and 1981 more errors")


def test_a_key_without_a_value_is_as_one_that_is_not_there(written):
    path = written("sources:\nposts_dir:\npoliteness:\nlimits: {pages: , disk_free: }\n")
    assert load(path, {}) == load(written(""), {})


def test_the_readme_shows_a_configuration_that_loads(written):
    readme = Path(__file__).parents[2] / "README.md"
    (text,) = re.findall(r"```yaml\n(# crawl.yaml.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    assert load(written(text), {}).limits.minutes == 45


_TOLD = json.loads(schema())
_KEYS = sorted({key for section in (_TOLD, *_TOLD["$defs"].values()) for key in section["properties"]})
_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.binary(),
    st.sampled_from(["1d", "30", "1GiB", "https://a.example/", "~/x", "~", "/", "..", "P1D"]),
)  # fmt: skip


def key(number):
    return _KEYS[number % len(_KEYS)]


_KNOWN = st.integers(0, 99).map(key)  # not sampled_from: hypothesis would print all of them wherever it prints a tree
_TREES = st.recursive(
    _VALUES,
    lambda below: st.one_of(
        st.lists(below, max_size=4),
        st.dictionaries(st.one_of(_KNOWN, st.text(), st.integers(), st.none()), below, max_size=4),
    ),
    max_leaves=10,
)


def told(path):
    """The error; where it is read, where it was read."""
    try:
        load(path, {})
    except ConfigError as err:
        return str(err)
    return str(path)


@given(st.dictionaries(st.one_of(_KNOWN, st.text(max_size=9), st.integers()), _TREES, max_size=6))
def test_whatever_is_written_is_a_configuration_or_an_error_that_names_its_lines(tmp_path_factory, tree):
    path = tmp_path_factory.mktemp("any") / "crawl.yaml"
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8", errors="surrogateescape")
    assert told(path).startswith(str(path))


@given(st.text())
def test_whatever_text_it_is_it_is_read_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "crawl.yaml"
    path.write_text(text, encoding="utf-8", errors="backslashreplace")
    assert told(path).startswith(str(path))
