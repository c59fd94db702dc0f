"""The JSON Schema takes what we take and refuses what we refuse; jsonschema is the judge."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from crawler.config import load, schema
from crawler.core.errors import ConfigError
from tests.config.test_sources import EVERY_KIND

REST = """
operator: {name: "…", contact: "https://example.org/"}
posts_dir: ../site/_posts
seen: allurls.dat
follow: {related: true, depth: 1, per_article: 20, same_site: true}
politeness: {per_host: 1, delay: 1.0, robots: true}
refresh: {recheck: [1h, 1d, P7D]}
limits: {pages: , minutes: , bytes: 500MB, disk_free: 1GiB}
warn:
"""


@pytest.fixture(scope="module")
def judge():
    told = json.loads(schema())
    Draft202012Validator.check_schema(told)
    return Draft202012Validator(told)


@pytest.mark.parametrize("text", ["{}", "sources:\n", EVERY_KIND, EVERY_KIND + REST])
def test_what_we_take_it_takes(judge, written, text):
    load(written(text), {})
    assert list(judge.iter_errors(yaml.safe_load(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "politness: {}",
        "politeness: 3",
        "politeness: {delay: -1}",
        "follow: {depth: 11}",
        "refresh: {recheck: [30]}",
        "refresh: {recheck: [1x]}",
        "limits: {bytes: 5 parsecs}",
        "limits: {pages: '3'}",
        "sources: [{feed: }]",
        "sources: [{feed: example.org}]",
        "sources: [{feed: 'https://a.example/', list: b}]",
        "sources: [{list: a, since: 3d}]",
        "sources: [{name: a}]",
        "sources: [a]",
        "output: ''",
    ],
)
def test_what_we_refuse_it_refuses(judge, written, text):
    with pytest.raises(ConfigError):
        load(written(text), {})
    assert list(judge.iter_errors(yaml.safe_load(text)))


def test_its_defaults_are_what_it_takes(judge):
    defaults = {name: key["default"] for name, key in judge.schema["properties"].items() if "default" in key}
    assert defaults["refresh"] == {"recheck": ["PT1H", "P1D", "P7D"]}
    assert list(judge.iter_errors(defaults)) == []


def test_every_key_is_described(judge):
    told = judge.schema
    sections = [told, *told["$defs"].values()]
    assert [name for one in sections for name, key in one["properties"].items() if "description" not in key] == []
