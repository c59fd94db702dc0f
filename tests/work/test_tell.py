import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Capture, Status
from crawler.core.visit import Outcome
from crawler.work.tell import as_json, as_text, shown

AT = datetime(2026, 11, 3, 4, 5, 6, 789000, tzinfo=UTC)
CAPTURE = Capture(
    url="http://a.example/", file="a.warc.gz", offset=7, length=9, record_id="urn:uuid:1", date=AT, status=200
)


def outcome(**changes):
    fields = {"url": "http://a.example/", "status": Status.ARCHIVED, "reason": "a new post", "at": AT}
    return Outcome(**fields | changes)


def test_json_has_the_promised_keys_in_their_order():
    told = json.loads(
        as_json(outcome(capture=CAPTURE, title="标题", post="_posts/a.md", final_url="http://a.example/"))
    )
    assert list(told) == ["url", "final_url", "status", "reason", "http_status", "title", "post", "warc", "via", "at"]
    assert told["warc"] == {"file": "a.warc.gz", "offset": 7, "length": 9, "record_id": "urn:uuid:1"}
    assert told["http_status"] == 200
    assert told["at"] == "2026-11-03T04:05:06.789Z"


def test_what_is_absent_is_null():
    told = json.loads(as_json(outcome()))
    assert [name for name, value in told.items() if value is None] == [
        "final_url", "http_status", "title", "post", "warc", "via",
    ]  # fmt: skip


@given(st.text())
def test_json_is_one_line_whatever_the_title(title):
    line = as_json(outcome(title=title))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["title"] == title


@given(st.text())
def test_text_from_a_page_cannot_steer_a_terminal(title):
    assert all(
        character.isprintable() or character == "\n" or ord(character) > 0x9F
        for character in as_text(outcome(title=title))
    )
    assert "\x1b" not in shown(title)


def test_text_says_where_things_are():
    told = as_text(outcome(capture=CAPTURE, post="_posts/a.md"))
    assert "_posts/a.md" in told
    assert "a.warc.gz at 7" in told
