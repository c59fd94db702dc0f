"""The database made again from what an archive and its posts tell, and from posts alone."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.config import Config
from crawler.core.errors import LockedError, StorageError, WarcError
from crawler.core.model import Ending, Reading, Seed, Status
from crawler.core.visit import Earlier
from crawler.ledger import Ledger
from crawler.ledger.check import faults
from crawler.work.place import ledger_of
from crawler.work.rebuild import rebuilt
from crawler.work.state_file import write_state
from crawler.work.verify import archive_proofs
from tests.warc.samples import AT, RUN, exchange, ids, store

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "http://news.example.org/a"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hi"
OURS = "archived_at: 2026-11-12T01:02:03.000040Z\nwarc_record_id: urn:uuid:1\nrender_with_liquid: false\n"
RELATED = "related: [ https://x.example/1, nowhere ]\n"


def config(folder: Path) -> Config:
    return Config(output=folder)


def rebuild(folder: Path) -> list[str]:
    """What was left out."""
    *told, last = rebuilt(config(folder), NOW)
    assert last.sound
    assert faults(ledger_of(config(folder))) == []
    return [proof.reason for proof in told]


def rows(folder: Path, query: str):
    with closing(sqlite3.connect(ledger_of(config(folder)))) as db:
        return db.execute(query).fetchall()


def outcomes(folder: Path):
    query = "SELECT key, status, reason, post FROM outcomes JOIN visits v ON v.id = visit JOIN urls u ON u.id = v.url ORDER BY at, key"
    return rows(folder, query)


def answer(url: str, status: str = "200 OK", head: str = "", **changes):
    return exchange(url=url, response=f"HTTP/1.1 {status}\r\n{head}\r\n<p>hi".encode(), **changes)


def reading(capture, url=None, **changes) -> Reading:
    seed = Seed(url or capture.url, "key of older rules", via="feed", title="题")
    made = Reading(seed, capture.url, capture.record_id, capture.date, (), (), status=Status.NO_ARTICLE, reason="none")
    return replace(made, **changes)


def post(folder: Path, name: str, url: str = URL, extra: str = "", body: str = "") -> Path:
    path = folder / "_posts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f'---\nlayout: post\ntitle: "T"\nfrom: {url}\n{extra}---\n\n{body}'
    path.write_text(text, encoding="utf-8")
    return path


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_reading_is_a_visit_with_retries_redirects_and_who_pointed_at_it(tmp_path):
    with store(tmp_path / "archive") as target:
        target.append(answer("http://news.example.org/robots.txt"))
        failed = exchange(url=URL, response=b"", ending=Ending.FAILED, reason="refused")
        hops = [failed, answer(URL, "302 Found", "Location: /b\r\n"), answer("http://news.example.org/b", "503 Busy")]
        other = target.append(answer("http://news.example.org/other"))
        captures = [target.append(each) for each in (*hops, answer("http://news.example.org/b"))]
        read = reading(captures[-1], URL + "#top", post="2026-11-12-T.md", post_sha256="0" * 64, status=Status.ARCHIVED)
        target.append_reading(read, None, AT + timedelta(seconds=9))
        target.append_reading(reading(other), None, AT)
    assert rebuild(tmp_path) == []
    assert outcomes(tmp_path) == [
        ("http://news.example.org/other", "no_article", "none", None),
        (URL, "archived", "none", "_posts/2026-11-12-T.md"),
    ]
    assert rows(
        tmp_path, "SELECT run, via, title, found, attempts, state FROM visits WHERE via = 'feed' AND found IS NULL"
    )
    ids_of = rows(
        tmp_path,
        f"SELECT record_id FROM captures c JOIN visits v ON v.id = c.visit JOIN urls u ON u.id = v.url WHERE key = '{URL}'",
    )
    assert ids_of == [(capture.record_id,) for capture in captures]
    assert rows(tmp_path, "SELECT * FROM aliases") == [("http://news.example.org/b", URL)]
    assert rows(tmp_path, "SELECT run, job FROM runs") == [(RUN, "rebuilt")]
    assert rows(tmp_path, "SELECT key, path, digest FROM names") == [(URL, "_posts/2026-11-12-T.md", "0" * 64)]


def test_visits_without_a_reading_are_told_by_what_the_server_said_last(tmp_path):
    base = "http://news.example.org/"
    with store(tmp_path / "archive") as target:
        for each in (
            answer(base + "gone", "404 Not Found"),
            answer(base + "no", "403 Forbidden"),
            answer(base + "busy", "503 Busy"),
            answer(base + "busy", "500 Oops"),
            exchange(url=base + "dead", response=b"", ending=Ending.FAILED, reason="DNS: no such host"),
            answer(base + "cut", ending=Ending.DISCONNECT),
            answer(base + "moved", "301 Moved", "Location: /gone-too\r\n"),
            answer(base + "gone-too", "410 Gone"),
            answer(base + "on-its-way", "302 Found", "Location: /never-asked\r\n"),
            answer(base + "unread"),
            answer(base + "robots.txt", "404 Not Found"),
            exchange(url=base + "babble", response=b"babble"),
        ):
            target.append(each)
    assert rebuild(tmp_path) == []
    found = {key.removeprefix(base): (status, reason) for key, status, reason, _ in outcomes(tmp_path)}
    assert found == {
        "gone": ("gone", "HTTP 404 Not Found"),
        "no": ("refused", "HTTP 403 Forbidden"),
        "busy": ("failed", "HTTP 500 Internal Server Error"),
        "dead": ("failed", "DNS: no such host"),
        "cut": ("failed", "no whole answer: disconnect"),
        "moved": ("gone", "HTTP 410 Gone"),
    }


def test_pages_of_one_url_go_each_to_its_own_reading(tmp_path):
    with store(tmp_path / "archive") as target:
        captures = [target.append(answer(URL)) for _ in range(3)]
        for capture in (captures[2], captures[0]):
            target.append_reading(reading(capture), None, AT)
    rebuild(tmp_path)
    found = rows(tmp_path, "SELECT visit, record_id FROM captures ORDER BY visit")
    assert found == [(1, captures[2].record_id), (2, captures[0].record_id)]


def test_a_reading_speaks_for_no_page_of_another_writer_and_strangers_failures_are_no_visits(tmp_path):
    with store(tmp_path / "archive") as target:
        capture = target.append(answer(URL))
    with store(tmp_path / "archive", pid=8, new_id=ids()) as target:
        target.append_reading(reading(capture), None, AT)
    with store(tmp_path / "other", pid=9) as target:
        theirs = target.append(answer("http://theirs.example/"))
        target.append(answer("http://theirs.example/gone", "404 Not Found"))
        target.append_reading(reading(theirs), None, AT)
    (file,) = (tmp_path / "other").glob("*.warc.gz")
    file.rename(tmp_path / "archive" / "theirs.warc.gz")
    rebuild(tmp_path)
    assert [row[0] for row in outcomes(tmp_path)] == ["http://theirs.example/"]
    assert rows(tmp_path, "SELECT run FROM visits") == [("unknown",)]


def test_a_run_that_went_on_in_a_second_file_is_one(tmp_path):
    with store(tmp_path / "archive", max_bytes=1) as target:
        capture = target.append(answer(URL))
        target.append_reading(reading(capture), None, AT)
    assert len(list((tmp_path / "archive").glob("*.warc.gz"))) == 2
    rebuild(tmp_path)
    assert [row[:2] for row in outcomes(tmp_path)] == [(URL, "no_article")]


def test_what_is_damaged_is_passed_over_and_the_rest_is_there(tmp_path):
    with store(tmp_path / "archive") as target:
        captures = [target.append(answer(f"{URL}/{n}")) for n in range(3)]
        for capture in captures:
            target.append_reading(reading(capture, "ftp://x" if capture is captures[1] else None), None, AT)
    (path,) = (tmp_path / "archive").glob("*.warc.gz")
    data = bytearray(path.read_bytes())
    data[captures[0].offset + 40] ^= 0xFF
    path.write_bytes(data)
    (tmp_path / "archive" / "arc.warc").write_bytes(b"filedesc://x.arc 0.0.0.0")
    told = rebuild(tmp_path)
    assert sorted(reason.split(":")[0] for reason in told) == ["a reading is left out", "left out"]
    assert [row[0] for row in outcomes(tmp_path)] == [f"{URL}/2"]


def test_posts_alone_keep_their_names_and_what_we_captured_is_not_visited_again(tmp_path):
    ours = post(tmp_path, "2026-01-01-a.md", extra=OURS + RELATED)
    theirs = post(tmp_path, "2026-01-02-b.md", "https://b.example/b?utm_source=x")
    annotated = post(tmp_path, "2026-01-03-c.md", "https://c.example/", OURS.partition("render")[0])
    bad_time = post(tmp_path, "2026-01-04-d.md", "https://d.example/", OURS.replace("2026", "never"))
    twin = post(tmp_path, "2026-01-01-A.md", "https://e.example/")
    post(tmp_path, "none.md", "nowhere")
    (tmp_path / "_posts" / "broken.md").write_bytes(b"no front matter")
    (reason,) = rebuild(tmp_path)
    assert reason.startswith("no URL keeps its name: ")
    keys = [URL, "https://b.example/b", "https://c.example/", "https://d.example/", "https://e.example/"]
    paths = [f"_posts/{path.name}" for path in (ours, theirs, annotated, bad_time, twin)]
    with Ledger(ledger_of(config(tmp_path))) as ledger:
        assert [ledger.name_of(key) for key in keys] == paths
        assert [ledger.digest_of(path) for path in paths] == [sha256(ours), None, None, None, None]
        added = ledger.add([Seed(key, key) for key in keys], run="next", job="follow", at=NOW)
    assert (added.new, added.known) == (3, 2)
    assert [(row[0], row[1], row[3]) for row in outcomes(tmp_path)] == [
        (URL, "archived", "_posts/2026-01-01-a.md"),
        ("https://c.example/", "archived", "_posts/2026-01-03-c.md"),
    ]
    assert rows(tmp_path, "SELECT key, reason FROM links JOIN urls u ON u.id = links.url") == [
        ("https://x.example/1", "related, as the post tells")
    ]
    assert not list((tmp_path / "state").glob("*broken*"))


def test_versions_of_one_url_are_visits_of_their_own(tmp_path):
    post(tmp_path, "2026-01-01-a.md", extra=OURS)
    post(tmp_path, "2026-01-01-b.md", extra=OURS.replace("uuid:1", "uuid:2").replace("11-12", "11-13"))
    rebuild(tmp_path)
    assert [row[3] for row in outcomes(tmp_path)] == ["_posts/2026-01-01-a.md", "_posts/2026-01-01-b.md"]
    with Ledger(ledger_of(config(tmp_path))) as ledger:
        assert ledger.name_of(URL) == "_posts/2026-01-01-b.md"


@pytest.mark.parametrize("version", ["newest", "older", "edited"])
def test_the_digest_of_a_post_is_of_what_we_wrote_there(tmp_path, version):
    bodies = {
        name: post(tmp_path, "2026-01-01-a.md", extra=OURS, body=name).read_bytes() for name in ("older", "newest")
    }
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in bodies.items()}
    with store(tmp_path / "archive") as target:
        for number, name in enumerate(bodies):
            capture = target.append(answer(URL))
            digest = {"post": "2026-01-01-a.md", "post_sha256": digests[name], "status": Status.ARCHIVED}
            target.append_reading(reading(capture, **digest), None, AT + timedelta(seconds=number))
    (tmp_path / "_posts" / "2026-01-01-a.md").write_bytes(bodies.get(version, bodies["newest"] + b"!"))
    rebuild(tmp_path)
    with Ledger(ledger_of(config(tmp_path))) as ledger:
        assert ledger.digest_of("_posts/2026-01-01-a.md") == digests.get(version, digests["newest"])
    assert len(outcomes(tmp_path)) == 2


def test_an_annotated_post_whose_record_is_in_the_archive_is_one_visit(tmp_path):
    with store(tmp_path / "archive") as target:
        capture = target.append(answer(URL))
        target.append_reading(reading(capture, status=Status.UNCHANGED), None, AT)
    post(tmp_path, "a.md", extra=OURS.partition("render")[0].replace("urn:uuid:1", capture.record_id))
    rebuild(tmp_path)
    assert [row[1] for row in outcomes(tmp_path)] == ["unchanged"]


def test_a_run_that_lives_or_a_folder_that_is_none_keeps_everything_as_it_is(tmp_path):
    with pytest.raises(WarcError, match="neither"):
        list(rebuilt(config(tmp_path / "nowhere"), NOW))
    assert not (tmp_path / "nowhere").exists()
    post(tmp_path, "a.md")
    (tmp_path / "state").mkdir()
    with (tmp_path / "state" / "run.holder").open("w") as run:
        fcntl.flock(run, fcntl.LOCK_EX)
        with pytest.raises(LockedError):
            list(rebuilt(config(tmp_path), NOW))
    assert not ledger_of(config(tmp_path)).exists()


def test_the_ledger_is_proved_with_the_archive(tmp_path):
    post(tmp_path, "2026-01-01-a.md", extra=OURS)
    with store(tmp_path / "archive") as target:
        target.append(answer(URL))
    path = ledger_of(config(tmp_path))

    def proof():
        return next(proof for proof in archive_proofs(config(tmp_path)) if proof.what == str(path))

    assert proof().sound
    assert "nothing is lost" in proof().reason
    rebuild(tmp_path)
    assert (proof().sound, proof().reason.split(":")[0]) == (True, "whole")
    path.write_bytes(path.read_bytes()[:9000])
    assert not proof().sound
    assert "verify --rebuild" in proof().reason
    path.unlink()
    path.mkdir()
    assert not proof().sound
    rebuild(tmp_path)
    assert proof().sound
    shutil.rmtree(tmp_path / "archive")
    assert [proof.sound for proof in archive_proofs(config(tmp_path))] == [True]


def with_state(folder: Path, *lines: str) -> Config:
    state = folder / "state.txt"
    state.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return Config(output=folder, state_file=state)


def test_the_state_file_tells_when_what_the_posts_tell_of_is_visited_again(tmp_path):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-11-12-a.md").write_text(f"---\ntitle: A\nfrom: {URL}\n{OURS}---\nx", encoding="utf-8")
    ended = '"status": "gone", "at": "2026-11-20T00:00:00.000Z"'
    made = with_state(tmp_path, f'{{"url": "{URL}", {ended}, "next": "2026-12-01T00:00:00.000Z", "step": -2}}')
    assert [proof.sound for proof in rebuilt(made, NOW)] == [True]
    assert faults(ledger_of(made)) == []
    with Ledger(ledger_of(made)) as ledger:
        (known,) = ledger.known()
        write_state(tmp_path / "again.txt", [known])
        assert ledger.name_of(URL) == "_posts/2026-11-12-a.md"
    assert (tmp_path / "again.txt").read_text() == (tmp_path / "state.txt").read_text()


def test_a_state_file_alone_makes_a_ledger(tmp_path):
    made = with_state(tmp_path, f'{{"url": "{URL}", "next": "2026-12-01T00:00:00.000Z", "step": 1}}')
    assert [proof.sound for proof in rebuilt(made, NOW)] == [True]
    with Ledger(ledger_of(made)) as ledger:
        assert [known.next.step for known in ledger.known() if known.next] == [1]


def test_a_state_file_that_cannot_be_read_leaves_no_ledger_that_knows_less(tmp_path):
    made = with_state(tmp_path)
    (tmp_path / "_posts").mkdir()
    (tmp_path / "state.txt").unlink()
    (tmp_path / "state.txt").mkdir()
    with pytest.raises(StorageError, match="cannot read"):
        list(rebuilt(made, NOW))
    assert not ledger_of(made).exists()


def earlier(capture) -> Earlier:
    return Earlier(capture.url, capture.record_id, capture.date, capture.payload_digest, '"1"')


def test_a_revisit_is_an_unchanged_visit_of_the_post_whichever_way_the_server_said_so(tmp_path):
    base = "http://news.example.org/"
    with store(tmp_path / "archive") as target:
        first = [target.append(answer(base + path)) for path in "ab"]
        for capture in first:
            read = reading(
                capture, post=f"2026-11-12-{capture.url[-1]}.md", post_sha256="0" * 64, status=Status.ARCHIVED
            )
            target.append_reading(read, None, AT)
    run = RUN.replace("20261112", "20261113")
    day = AT + timedelta(days=1)
    with store(tmp_path / "archive", run=run, new_id=ids(100)) as target:
        target.append(answer(base + "a", "304 Not Modified", started=day, ended=day), earlier(first[0]))
        target.append(answer(base + "moved", "301 Moved", "Location: /b\r\n", started=day, ended=day))
        target.append(answer(base + "b", started=day, ended=day), earlier(first[1]))
        target.append(answer(base + "c", "304 Not Modified", started=day, ended=day))
    assert rebuild(tmp_path) == []
    assert [row for row in outcomes(tmp_path) if row[1] != "archived"] == [
        (base + "a", "unchanged", "HTTP 304 Not Modified", "_posts/2026-11-12-a.md"),
        (base + "c", "failed", "HTTP 304 Not Modified, unasked", None),
        (base + "moved", "unchanged", "the same bytes as on 2026-11-12 01:02 UTC", None),
    ]
    assert rows(tmp_path, "SELECT alias FROM aliases") == [(base + "b",)]
    assert rows(tmp_path, "SELECT DISTINCT run FROM visits ORDER BY 1") == [(RUN,), (run,)]


def test_a_page_that_changed_is_a_visit_of_its_own_beside_the_one_that_found_it_unchanged(tmp_path):
    with store(tmp_path / "archive") as target:
        capture = target.append(answer(URL))
        target.append(answer(URL, "304 Not Modified"), earlier(capture))
        newer = target.append(answer(URL))
        for each in (capture, newer):
            target.append_reading(reading(each), None, AT)
    rebuild(tmp_path)
    assert sorted(row[1] for row in outcomes(tmp_path)) == ["no_article", "no_article", "unchanged"]


@pytest.mark.parametrize("feed_run", [RUN, RUN.replace("20261112", "20261111")])
def test_every_post_of_a_feed_s_text_is_a_rescued_visit_whichever_run_fetched_the_feed(tmp_path, feed_run):
    base = "http://news.example.org/"
    with store(tmp_path / "archive", run=feed_run) as target:
        feed = target.append(answer(base + "rss"))
    with store(tmp_path / "archive", new_id=ids(100), pid=7 if feed_run == RUN else 8) as target:
        for path in "ab":
            target.append(answer(base + path, "404 Not Found"))
            rescued = reading(
                feed, base + path, post=f"2026-11-12-{path}.md", post_sha256="0" * 64, status=Status.RESCUED
            )
            target.append_reading(rescued, None, AT)
    assert rebuild(tmp_path) == []
    assert [row[:2] for row in outcomes(tmp_path)] == [(base + "a", "rescued"), (base + "b", "rescued")]
    assert rows(tmp_path, "SELECT final_url FROM outcomes ORDER BY 1") == [(base + "a",), (base + "b",)]
    assert rows(tmp_path, "SELECT * FROM aliases") == []  # a feed is no other address of what it carries
