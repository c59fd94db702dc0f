"""Conditional requests: only of the URL that gave the earlier answer, and only by what can be sent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import Response

from crawler.core.visit import SCHEDULED, Earlier, Lease
from crawler.fetch.conditions import earlier_of, set_conditions, validators
from tests.ledger.samples import NOW, RUN, later, seed

URL = "https://a.example/1?b=[c]"
EARLIER = Earlier(URL, "urn:uuid:1", NOW, "sha256:X", 'W/"tag"', "Mon, 23 Nov 2026 12:00:00 GMT")


def request(url=URL, earlier=EARLIER, **fields):
    lease = Lease(1, 1, seed(URL), SCHEDULED, RUN, 0, 0, later(120), earlier=earlier)
    return Request(url, meta={"lease": lease, "verbatim_url": True}, **fields)


def sent(made):
    return {name: value for name, (value,) in made.headers.items()}


def test_both_validators_are_sent_to_the_url_that_gave_them():
    assert sent(set_conditions(request())) == {
        b"If-None-Match": b'W/"tag"',
        b"If-Modified-Since": b"Mon, 23 Nov 2026 12:00:00 GMT",
    }


@pytest.mark.parametrize(
    "url", ["https://a.example/1", "http://a.example/1?b=[c]", "https://b.example/1?b=[c]", URL + "&d"]
)
def test_nothing_is_sent_to_another_url(url):
    assert sent(set_conditions(request(url))) == {}
    assert earlier_of(request(url)) is None


def test_a_redirect_elsewhere_drops_what_the_first_step_sent():
    first = set_conditions(request())
    assert sent(set_conditions(first.replace(url="https://a.example/new"))) == {}


def test_a_redirect_to_the_url_that_answered_last_time_sends_what_the_first_step_could_not():
    first = set_conditions(request("https://a.example/old"))
    assert sent(first) == {}
    assert sent(set_conditions(first.replace(url=URL))) == sent(set_conditions(request()))


def test_a_fragment_is_no_other_url():
    assert earlier_of(request(URL + "#top")) == EARLIER


def test_without_a_lease_or_an_earlier_answer_nothing_is_sent():
    assert sent(set_conditions(Request(URL))) == {}
    assert sent(set_conditions(request(earlier=None))) == {}
    assert sent(set_conditions(request(earlier=replace(EARLIER, etag=None, modified=None)))) == {}


HOSTILE = ['"\r\nX-Evil: 1"', "a\nb", "\x00", '"' + "x" * 10_000, "", "標", "\ud800", "\u2028", '"\x7f"']


@pytest.mark.parametrize("value", HOSTILE)
def test_what_no_server_can_have_sent_is_not_sent_whoever_wrote_it_into_the_state_file(value):
    assert sent(set_conditions(request(earlier=replace(EARLIER, etag=value, modified=value)))) == {}


@given(value=st.text())
def test_whatever_is_sent_is_one_line_of_bytes(value):
    for sent_ in sent(set_conditions(request(earlier=replace(EARLIER, etag=value)))).values():
        assert b"\r" not in sent_
        assert b"\n" not in sent_
        assert len(sent_) <= 1_000


def answer(**headers):
    return Response(URL, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_validators_are_kept_as_they_were_sent_and_go_back_as_they_came():
    etag, modified = validators(answer(ETag=' "\xe9\xa8"  '.encode("latin-1"), Last_Modified=b"no date at all"))
    assert (etag, modified) == ('"\xe9\xa8"', "no date at all")
    made = set_conditions(request(earlier=replace(EARLIER, etag=etag, modified=modified)))
    assert sent(made) == {b"If-None-Match": b'"\xe9\xa8"', b"If-Modified-Since": b"no date at all"}


@pytest.mark.parametrize(
    "value", [b"", b"  ", b'"\r\nX: 1"', b"\x00", b'"' + b"x" * 10_000 + b'"', b"\xff\xfe\x80", b"a\x7fb"]
)
def test_a_hostile_validator_is_none(value):
    assert validators(answer(ETag=value, Last_Modified=value)) == (None, None)


def test_a_validator_that_is_missing_is_none():
    assert validators(answer()) == (None, None)


@given(value=st.binary(max_size=40))
def test_what_is_kept_of_any_bytes_goes_back_as_they_came(value):
    etag, _ = validators(answer(ETag=value))
    if etag is not None:
        assert sent(set_conditions(request(earlier=replace(EARLIER, etag=etag, modified=None)))) == {
            b"If-None-Match": value.decode("latin-1").strip().encode("latin-1")
        }
