"""Values that every YAML reader of a publisher takes for the same string."""

import json
import os
import subprocess

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.posts.scalar import listed, quoted, scalar, storable
from tests.judges import need
from tests.posts.words import TITLES

PSYCH = 'require "yaml"; require "json"; puts JSON.generate(YAML.load(STDIN.read))'
JS_YAML = 'const y = require("js-yaml"); console.log(JSON.stringify(y.load(require("fs").readFileSync(0, "utf8"))))'


def front_matter(texts: tuple[str, ...]) -> str:
    """Each text as a title, as an author and in a list of tags."""
    lines = []
    for number, text in enumerate(texts):
        lines += [
            f"t{number}: {quoted(text)}",
            f"a{number}: {scalar(text)}",
            f"l{number}: {listed((text, '标签', text))}",
        ]
    return "\n".join(lines) + "\n"


def expected(texts: tuple[str, ...]) -> dict[str, object]:
    return {
        f"{kind}{number}": [text, "标签", text] if kind == "l" else text
        for number, text in enumerate(texts)
        for kind in "tal"
    }


def read_by(*command: str, **environment: str) -> dict[str, object]:
    done = subprocess.run(
        command,
        input=front_matter(TITLES).encode(),
        capture_output=True,
        timeout=60,
        check=True,
        env={**os.environ, **environment},
    )
    return json.loads(done.stdout)


def test_more_than_sixty_nasty_titles_are_tried():
    assert len(set(TITLES)) >= 60


def test_pyyaml_reads_what_was_written():
    assert yaml.safe_load(front_matter(TITLES)) == expected(TITLES)


@pytest.mark.judge
def test_psych_reads_what_was_written():
    need("ruby")
    assert read_by("ruby", "-Eutf-8:utf-8", "-e", PSYCH) == expected(TITLES)


@pytest.mark.judge
def test_js_yaml_reads_what_was_written():
    need("node")
    assert read_by("node", "-e", JS_YAML, NODE_PATH="/usr/share/nodejs") == expected(TITLES)


@given(st.text())
@example("2024-07-26T19:35:21.442Z")
@example("https://example.org/a:")
@example("\U000f0000\U0001fffe")
def test_no_string_fails_to_come_back_through_pyyaml(text):
    assert yaml.safe_load(front_matter((text,))) == expected((text,))


@given(st.text(alphabet="aYesno0189_-.,:#'()&/ \t[]{}字", max_size=12))
def test_no_string_that_looks_plain_fails_to_come_back(text):
    assert yaml.safe_load(front_matter((text,))) == expected((text,))


@given(st.lists(st.text(alphabet="ab, []{}字:#-"), max_size=4).map(tuple))
def test_lists_come_back(items):
    assert yaml.safe_load(listed(items)) == list(items)


def test_a_list_reads_as_in_the_seed():
    assert listed(("自由亚洲电台", "Science")) == "[ 自由亚洲电台, Science ]"
    assert listed(()) == "[]"


def test_safe_strings_stay_plain():
    for text in ("自由亚洲电台", "Jane O'Hara, 李四", "https://example.org/a?b=c%20d#e", "urn:uuid:1-2", "sha256:AB23"):
        assert scalar(text) == text


def test_a_time_is_no_author():
    assert scalar("2024-07-26T19:35:21.442Z").startswith('"')


def test_a_lone_surrogate_is_replaced():
    assert storable("a\ud800b") == "a\ufffdb"
    assert quoted("a\ud800b") == '"a\ufffdb"'


def test_what_a_reader_might_drop_or_refuse_is_escaped():
    assert quoted("\ufeff\u2028\x85\ufdd0\uffff\ue000\U000f0000") == (
        '"\\ufeff\\u2028\\u0085\\ufdd0\\uffff\\ue000\\U000f0000"'
    )


def test_a_text_longer_than_a_line_is_quoted():
    assert scalar("字" * 200) == "字" * 200
    assert scalar("字" * 201) == f'"{"字" * 201}"'
