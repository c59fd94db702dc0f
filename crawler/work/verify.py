"""What an archive claims, proved: records and digests, the manifest, and each post against its record.

A post that a person edited is no damage; it is told.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from crawler.core.errors import WarcError
from crawler.core.model import Reading, Status
from crawler.ledger.check import faults
from crawler.posts import read_post
from crawler.warc import check, check_manifest, read_readings, warc_files
from crawler.work.evidence import Evidence
from crawler.work.place import ledger_of
from crawler.work.shelf import sha256
from crawler.work.tell import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.config import Config


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was looked at."""

    what: str  # a file, or a file and the offset of a record
    sound: bool
    reason: str

    def as_text(self) -> str:
        """One line for a person."""
        return f"{'sound' if self.sound else 'DAMAGE':<10} {shown(self.what)}: {shown(self.reason)}"

    def as_json(self) -> str:
        """One line for a machine: `what`, `sound`, `reason`."""
        return json.dumps(asdict(self), ensure_ascii=True)


def archive_proofs(config: Config) -> Iterator[Proof]:
    """The proof of the ledger, each WARC file, the manifest, each post that a record names, and what others cite.

    Raises: WarcError where there is neither archive nor ledger; StorageError where the ledger may not be read.
    """
    warcs, ledger = warc_files(config.archive) if config.archive.is_dir() else [], ledger_of(config)
    if not warcs and not os.path.lexists(ledger):
        raise WarcError(f"no WARC files in {config.archive}; name an output folder of permapress")
    yield from _of_ledger(ledger)
    for warc in warcs:
        yield from _of_file(warc)
    for damage in check_manifest(config.archive) if warcs else ():
        yield Proof(damage.file, sound=False, reason=damage.reason)
    older: set[str] = set()
    for reading in _newest(warcs, older).values():
        yield _of_post(config.posts / str(reading.post), reading, older)
    for post, fault in Evidence(warcs, config.posts).faults():
        yield _of_kept(post, fault)


def post_proof(post: Path, config: Config) -> Proof:
    """Whether a post is what its reading record says, and the record that it cites is sound.

    Of a post that was kept, its evidence alone: it is a capture of its `from`.

    Raises: PostError where it is no post; WarcError as `archive_proofs`.
    """
    cited = read_post(post).get("warc_record_id")
    warcs = warc_files(config.archive) if config.archive.is_dir() else []
    older: set[str] = set()
    reading = _newest(warcs, older).get(post.name)
    if reading is None:
        return _of_kept(post, Evidence(warcs, config.posts).fault(post))
    if reading.page_record_id != cited:
        return Proof(str(post), sound=False, reason=f"it cites {cited}, its reading record {reading.page_record_id}")
    damaged = [damage for warc in warcs for damage in check(warc) if damage.record_id in {None, cited}]
    if damaged:
        where = f"{damaged[0].file} at offset {damaged[0].offset}"
        return Proof(str(post), sound=False, reason=f"its record may be damaged: {where}: {damaged[0].reason}")
    return _of_post(post, reading, older)


def _of_ledger(path: Path) -> Iterator[Proof]:
    again = "`permapress verify --rebuild` makes it again from the archive and the posts"
    if not os.path.lexists(path):
        yield Proof(str(path), sound=True, reason=f"it is not there, and nothing is lost: {again}")
        return
    found = faults(path)
    for fault in found:
        yield Proof(str(path), sound=False, reason=f"{fault}; {again}")
    if not found:
        yield Proof(str(path), sound=True, reason="whole: pages, references, values, counts")


def _of_file(warc: Path) -> Iterator[Proof]:
    if warc.suffix == ".open":
        yield Proof(warc.name, sound=True, reason="not closed: a run writes it, or died; after a crash say --repair")
        return
    damages = list(check(warc))
    for damage in damages:
        yield Proof(f"{damage.file} at offset {damage.offset}", sound=False, reason=damage.reason)
    if not damages:
        yield Proof(warc.name, sound=True, reason="every record and digest is right")


def _newest(warcs: list[Path], older: set[str]) -> dict[str, Reading]:
    """The newest reading of each post; the digests of the others go to `older`."""
    newest: dict[str, Reading] = {}
    for found in read_readings(warcs):
        if isinstance(found, Reading) and found.post and found.status is not Status.UNCHANGED:
            if before := newest.get(found.post):
                older.add(before.post_sha256 or "")
            newest[found.post] = found
    return newest


def _of_kept(path: Path, fault: str) -> Proof:
    return Proof(str(path), sound=not fault, reason=fault or "not ours, kept; the capture that it cites is whole")


def _of_post(path: Path, reading: Reading, older: set[str]) -> Proof:
    again = "make it again with `permapress extract`"
    try:
        digest = sha256(path.read_bytes()) if path.is_file() else None
    except OSError as err:
        return Proof(str(path), sound=False, reason=f"{err.strerror or err}; {again}")
    if digest is None:
        return Proof(str(path), sound=False, reason=f"it is not there; {again}")
    if digest == reading.post_sha256:
        return Proof(str(path), sound=True, reason=f"as read from {reading.page_record_id}")
    if digest in older:
        return Proof(str(path), sound=False, reason=f"an earlier reading: a crash kept the newest from it; {again}")
    return Proof(str(path), sound=True, reason="edited since it was written; the archive holds the reading")
