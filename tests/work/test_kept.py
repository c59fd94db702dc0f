"""Posts of others in the folder that is followed and written: they stay, and may cite what was captured."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from crawler.config import Config
from crawler.core import urls
from crawler.core.model import Article, NoArticle, Reading, Seed, Status
from crawler.core.visit import Finding
from crawler.posts import among, read_post, write_post
from crawler.warc import records
from crawler.work.extract import extracted
from crawler.work.kept import kept_names
from crawler.work.reading import Draft, drafted
from crawler.work.repair import repairs
from crawler.work.shelf import Shelf
from crawler.work.verify import archive_proofs, post_proof
from tests.warc.samples import AT, exchange, store
from tests.work.test_extract import article

URL = "https://news.example.org/2024/harbour.html"
NAME = "2014-02-18-港口.md"
POST = f'---\nlayout: post\ntitle: "港口"\nfrom: {URL}\ntags: [ 泡泡 ]\n---\n\n<p>as it was in 2014</p>\n'.encode()
KEPT = "the post that points here is kept"


class Desk:
    """An output folder whose posts are a person's, and one visit after another."""

    def __init__(self, folder):
        self.config = Config(output=folder)
        self.posts = self.config.posts
        self.posts.mkdir()
        self.visits = 0

    def write(self, name: str = NAME, data: bytes = POST):
        path = self.posts / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return path

    @property
    def warcs(self):
        return sorted(self.config.archive.glob("*.warc.gz"))

    def visit(self, via, *, annotate=None, words: str = "The Harbour", before_apply=lambda: None) -> Draft:
        """A visit of the URL as a pipeline makes it: page, draft, reading record, then the draft's effects."""
        body = article(words)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        at = AT + timedelta(days=self.visits)
        seed = Seed(URL, urls.key(URL), via=str(via) if via else None, title="港口")
        read = Article(url=URL, title=words, html=f"<p>{words}</p>", text=words)
        self.visits += 1
        with store(self.config.archive, pid=self.visits, new_id=numbered(self.visits)) as target:
            capture = target.append(exchange(url=URL, response=head + body, started=at, ended=at))
            shelf = Shelf(self.posts, self.config.output, lambda: self.warcs)
            draft = drafted(Finding(seed, (capture,), URL, read), shelf, annotate=annotate)
            target.append_reading(draft.reading, read, at)
            before_apply()
            shelf.apply(draft, seed.key)
        return draft

    def proofs(self) -> dict[str, tuple[bool, str]]:
        proofs = {os.path.relpath(proof.what, self.posts): proof for proof in archive_proofs(self.config)}
        return {name: (proof.sound, proof.reason) for name, proof in proofs.items() if name.endswith(".md")}


def numbered(visit: int):
    numbers = iter(range(100))
    return lambda: f"urn:uuid:00000000-0000-4000-8000-{visit:06d}{next(numbers):06d}"


def lines(draft_date="2026-11-12T01:02:03.000Z", record="urn:uuid:00000000-0000-4000-8000-000001000000") -> bytes:
    return f"archived_at: {draft_date}\nwarc_record_id: {record}\n".encode()


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_the_post_that_pointed_is_kept_and_no_second_one_is_written(desk):
    path = desk.write()
    draft = desk.visit(path)
    assert (draft.post, draft.path, draft.title) == (None, path, "The Harbour")
    assert (draft.reading.status, draft.reading.reason, draft.reading.post) == (Status.ARCHIVED, KEPT, None)
    assert draft.reading.settings == (("kept", NAME),)
    assert [each.read_bytes() for each in desk.posts.iterdir()] == [POST]


@pytest.mark.parametrize("spelling", ["_posts/../_posts/{}", "./_posts/{}", "link/{}"])
def test_it_is_known_however_it_was_named(desk, monkeypatch, spelling):
    desk.write()
    monkeypatch.chdir(desk.config.output)
    (desk.config.output / "link").symlink_to("_posts")
    assert desk.visit(spelling.format(NAME)).reading.reason == KEPT


def test_a_name_that_is_no_utf_8_is_known_as_seeds_have_it(desk):
    desk.write("a\udcff.md")
    draft = desk.visit(f"{desk.posts}/a\\xff.md")
    assert kept_names(draft.reading) == ("a\\xff.md",)


def test_a_post_below_the_folder_is_kept_too(desk):
    assert kept_names(desk.visit(desk.write(f"2014/{NAME}")).reading) == (f"2014/{NAME}",)


@pytest.mark.parametrize("via", [None, "elsewhere/" + NAME, "https://example.org/feed", "a\0b"])
def test_where_something_else_pointed_a_reading_stands_beside_it(desk, via):
    path = desk.write()
    draft = desk.visit(via)
    assert draft.post
    assert draft.post.path != NAME
    assert path.read_bytes() == POST


def test_a_post_of_ours_is_no_strangers_whoever_pointed(desk):
    ours = desk.visit(None).path
    assert desk.visit(ours, words="Changed").reading.status is Status.UPDATED
    ours.write_bytes(ours.read_bytes() + b"edited")
    draft = desk.visit(ours, words="Changed again")
    assert draft.post
    assert draft.path != ours


def test_a_page_that_is_no_article_says_so_and_nothing_is_annotated(desk):
    path = desk.write()
    seed = Seed(URL, urls.key(URL), via=str(path))
    finding = Finding(seed, (desk_capture(desk),), URL, NoArticle(URL, "a stub"))
    draft = drafted(finding, Shelf(desk.posts, desk.config.output, list), annotate=among([desk.posts]))
    assert (draft.reading.status, draft.annotations) == (Status.NO_ARTICLE, ())


def desk_capture(desk):
    with store(desk.config.archive, pid=99) as target:
        return target.append(exchange(url=URL))


def test_evidence_is_added_and_not_another_byte(desk):
    path = desk.write()
    path.chmod(0o640)
    draft = desk.visit(path, annotate=among([desk.posts]))
    head, _, body = path.read_bytes().partition(b"warc_digest")
    assert head == POST.partition(b"---\n\n")[0] + lines(desk_date(draft), draft.reading.page_record_id)
    assert body.partition(b"\n")[2] == b"---\n\n" + POST.partition(b"---\n\n")[2]
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in desk.posts.iterdir()) == [NAME]


def desk_date(draft: Draft) -> str:
    return draft.reading.fetched.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_a_later_capture_replaces_the_evidence_and_edits_between_are_respected(desk):
    path = desk.write()
    desk.visit(path, annotate=among([path]))
    path.write_bytes(path.read_bytes().replace("港口".encode(), "海港".encode()) + b"more\n")
    second = desk.visit(path, annotate=among([path]))
    data = path.read_bytes()
    assert data.count(b"warc_record_id") == 1
    assert second.reading.page_record_id.encode() in data
    assert "海港".encode() in data
    assert data.endswith(b"more\n")


def test_versions_that_were_followed_are_annotated_and_others_are_not(desk):
    path, followed, other = desk.write(), desk.write("a/2.md"), desk.write("b/3.md")
    draft = desk.visit(path, annotate=among([path, desk.posts / "a"]))
    assert kept_names(draft.reading) == (NAME, "a/2.md")
    assert b"warc_record_id" in followed.read_bytes()
    assert other.read_bytes() == POST


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xef\xbb\xbf" + POST, "byte order mark"),
        (POST.replace(b'"', b"@"), "not YAML"),
        (POST.replace(b"---\n\n", b"\n"), "not closed"),
    ],
)
def test_what_cannot_be_annotated_is_kept_as_it_is_and_told(desk, data, says):
    path = desk.write(data=data)
    draft = desk.visit(path, annotate=among([path]))
    assert draft.reading.reason.startswith(f"{KEPT}; {NAME} is not annotated: ")
    assert says in draft.reading.reason
    assert draft.reading.status is Status.ARCHIVED
    assert path.read_bytes() == data


def test_a_read_only_post_is_left_alone(desk):
    path = desk.write()
    path.chmod(0o444)
    assert "read-only" in desk.visit(path, annotate=among([path])).reading.reason
    assert path.read_bytes() == POST


def test_a_link_within_the_folder_stays_one_and_what_it_leads_to_is_annotated_once(desk):
    path = desk.write()
    link = desk.posts / "2014-link.md"
    link.symlink_to(NAME)
    draft = desk.visit(link, annotate=among([desk.posts]))
    assert len(draft.annotations) == 1
    assert link.is_symlink()
    assert path.read_bytes().count(b"warc_record_id") == 1


def test_a_link_out_of_the_folder_is_never_followed_by_a_write(desk, tmp_path):
    outside = tmp_path / "outside.md"
    path = desk.write()

    def swapped():
        outside.write_bytes(POST)
        path.unlink()
        path.symlink_to(outside)

    desk.visit(path, annotate=among([path]), before_apply=swapped)
    assert outside.read_bytes() == POST
    assert path.is_symlink()


def test_a_post_that_changed_since_it_was_read_is_left_alone(desk, caplog):
    path = desk.write()
    desk.visit(path, annotate=among([path]), before_apply=lambda: path.write_bytes(b"edited"))
    assert path.read_bytes() == b"edited"
    assert "changed since it was read" in caplog.text


def test_a_post_that_is_gone_meanwhile_is_not_made_again(desk, caplog):
    path = desk.write()
    desk.visit(path, annotate=among([path]), before_apply=path.unlink)
    assert list(desk.posts.iterdir()) == []
    assert "not annotated" in caplog.text


def test_a_kept_post_is_never_ours(desk):
    path = desk.write()
    for annotate in (None, among([path])):
        desk.visit(path, annotate=annotate)
        shelf = Shelf(desk.posts, desk.config.output, lambda: desk.warcs)
        assert not shelf.is_ours(NAME)
        assert shelf.untouched(urls.key(URL)) is None


def test_extract_passes_over_what_was_kept(desk):
    path = desk.write()
    desk.visit(path, annotate=among([path]))
    before = path.read_bytes()
    (one,) = extracted(desk.warcs, desk.config, AT)
    assert (one.outcome.status, one.outcome.reason) == (Status.UNCHANGED, "a post that was there before is kept")
    assert [each.read_bytes() for each in desk.posts.iterdir()] == [before]


def test_repair_does_not_make_a_kept_post_again(desk):
    path = desk.write()
    desk.visit(path, annotate=among([path]))
    path.unlink()
    assert list(repairs(desk.config)) == []
    assert not path.exists()
    assert desk.proofs() == {}


def test_an_annotated_post_is_proved(desk):
    path = desk.write(f"2014/{NAME}")
    desk.visit(path, annotate=among([path]))
    proof = post_proof(path, desk.config)
    assert (proof.sound, proof.reason) == (True, "not ours, kept; the capture that it cites is whole")
    assert desk.proofs() == {f"2014/{NAME}": (True, proof.reason)}
    path.write_bytes(path.read_bytes() + b"edited\n")
    assert post_proof(path, desk.config).sound


def test_an_earlier_evidence_is_as_good(desk):
    path = desk.write()
    desk.visit(path, annotate=among([path]))
    first = path.read_bytes()
    desk.visit(path, annotate=among([path]))
    path.write_bytes(first)
    assert post_proof(path, desk.config).sound


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b"warc_digest: sha256:", b"warc_digest: sha256:A", "warc_digest is not sha256:"),
        (b"archived_at: 2", b"archived_at: 1", "archived_at is not 2026-"),
        (b"harbour.html", b"tide.html", "its `from` is not the URL"),
        (b"from: https", b"from: ftp", "its `from` is not the URL"),
    ],
)
def test_evidence_that_was_tampered_with_is_no_proof(desk, old, new, says):
    path = desk.write()
    desk.visit(path, annotate=among([path]))
    path.write_bytes(path.read_bytes().replace(old, new))
    proof = post_proof(path, desk.config)
    assert not proof.sound
    assert says in proof.reason
    assert desk.proofs()[NAME] == (False, proof.reason)


def test_what_cites_nothing_or_another_archive_is_not_proved_and_no_damage(desk):
    path = desk.write()
    desk.visit(path)
    assert "it cites None" in post_proof(path, desk.config).reason
    assert desk.proofs() == {}
    path.write_bytes(POST.replace(b"layout: post", b"warc_record_id: urn:uuid:9"))
    assert not post_proof(path, desk.config).sound
    other = desk.write("other.md")
    assert "no reading record" in post_proof(other, desk.config).reason


def test_a_record_that_is_damaged_proves_nothing(desk):
    path = desk.write()
    cited = desk.visit(path, annotate=among([path])).reading.page_record_id
    (warc,) = desk.warcs
    (record,) = [found for found in records(warc) if found.id == cited]
    data = bytearray(warc.read_bytes())
    data[record.offset + record.length - 8] ^= 1  # its checksum
    warc.write_bytes(data)
    proof = post_proof(path, desk.config)
    assert not proof.sound
    assert "that it cites is no proof" in proof.reason


def test_a_record_that_is_not_there_proves_nothing(desk):
    path = desk.write()
    desk.visit(path)
    seed = Seed(URL, urls.key(URL))
    with store(desk.config.archive, pid=50) as target:
        lost = Reading(seed, URL, "urn:uuid:9", AT, (("kept", NAME),), ())
        target.append_reading(lost, None, AT)
    path.write_bytes(POST.replace(b"layout: post", b"warc_record_id: urn:uuid:9"))
    proof = post_proof(path, desk.config)
    assert (proof.sound, proof.reason) == (
        False,
        "the record urn:uuid:9 that it cites is no proof: it is in none of the WARC files",
    )


def test_a_stranger_cannot_name_a_file_outside(desk, tmp_path):
    with store(desk.config.archive, pid=50) as target:
        capture = target.append(exchange(url=URL))
        seed = Seed(URL, urls.key(URL))
        settings = (("kept", "../secret.md"), ("kept", str(tmp_path / "secret.md")))
        reading = Reading(seed, URL, capture.record_id, capture.date, settings, ())
        target.append_reading(reading, None, AT)
    (tmp_path / "secret.md").write_bytes(POST.replace(b"layout: post", f"warc_record_id: {capture.record_id}".encode()))
    assert desk.proofs() == {}


def test_another_post_of_ours_is_written_as_ever_through_apply(desk):
    draft = desk.visit(None)
    assert draft.post
    assert read_post(draft.path).get("from") == URL
    assert write_post(draft.post, desk.posts) == draft.path
