"""`WarcStore`: where exchanges and readings are put, and the evidence that comes back."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from crawler.core.errors import StorageError
from crawler.core.model import Capture
from crawler.warc import conversion, manifest
from crawler.warc import exchange as exchanges
from crawler.warc import info as warcinfo
from crawler.warc.digest import sha256
from crawler.warc.disk import reported
from crawler.warc.file import WarcFile
from crawler.warc.record import member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from crawler.core.model import Article, Exchange, Reading
    from crawler.core.visit import Earlier
    from crawler.warc.record import Draft


class WarcStore:
    """The WARC files of one process in one run: `permapress-<run>-<pid>-<serial>.warc.gz`.

    The first append makes the folder and a file; the append after a file reached `max_bytes` begins the next.
    Safe in threads, and beside other processes in the same folder. What cannot be written leaves the file at its last
    whole record and ends the store: each further call but `close` raises the same StorageError, since a crawl that
    goes on while its archive does not is worth nothing.
    """

    def __init__(
        self,
        folder: Path,
        run: str,
        pid: int,
        info: warcinfo.WarcInfo,
        new_id: Callable[[], str],
        *,
        max_bytes: int = 1_000_000_000,
    ) -> None:
        self._folder = folder
        self._stem = f"permapress-{run}-{pid}"
        self._info = info
        self._new_id = new_id  # gives "urn:uuid:…", never the same
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._serial = 0
        self._file: WarcFile | None = None
        self._warcinfo_id = ""
        self._ended = ""  # why nothing more is taken; empty: it is

    def append(self, exchange: Exchange, earlier: Earlier | None = None) -> Capture:
        """Write an attempt's records; the capture is of its response, its revisit or its failure.

        `earlier`: the answer that this one may repeat; one that does is written as a revisit of that.

        Raises: StorageError naming the file and what to do.
        """
        return self._write(exchanges.drafts(exchange, self._new_id, earlier))

    def append_reading(self, reading: Reading, article: Article | None, at: datetime) -> Capture:
        """Write a reading record, before it the article as a conversion of the page's record (None: no article).

        Raises: StorageError as `append`; WarcError where the reading is too long to be read back.
        """
        return self._write(conversion.drafts(reading, article, at, self._new_id))

    def sync(self) -> None:
        """Make all captures so far survive a power cut; without, they survive the death of the process.

        Raises: StorageError.
        """
        with self._working():
            if self._file:
                self._file.sync()

    def close(self) -> None:
        """Finish the file: synced, under its name, in the manifest. Nothing more is taken; a second call does nothing.

        Raises: StorageError; a file that could not be finished stays `.open` for repair.
        """
        with self._lock:
            self._ended = self._ended or f"the store in {self._folder} is closed; open another"
            self._finish()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _working(self) -> Iterator[None]:
        with self._lock:
            if self._ended:
                raise StorageError(self._ended)
            try:
                yield
            except StorageError as err:
                self._ended = str(err)
                raise

    def _write(self, drafts: tuple[Draft, ...]) -> Capture:
        """Write records together; the capture is of the last."""
        digests = [sha256(draft.block) for draft in drafts]
        with self._working():
            file, opening = self._current(drafts[-1].date)
            members = [member(*pair, self._warcinfo_id) for pair in zip(drafts, digests, strict=True)]
            file.append(b"".join((opening, *members)))
            offset = file.size - len(members[-1])
        return _capture(drafts[-1], digests[-1], file.name, offset, len(members[-1]))

    def _current(self, at: datetime) -> tuple[WarcFile, bytes]:
        """The file to write to, and the warcinfo member that has to go first where the file is new."""
        if self._file and self._file.size >= self._max_bytes:
            self._finish()
        self._file = self._file or self._next_file()
        if self._file.size:
            return self._file, b""
        self._warcinfo_id = self._new_id()
        opening = warcinfo.draft(self._info, self._file.name, self._warcinfo_id, at)
        return self._file, member(opening, sha256(opening.block), None)

    def _next_file(self) -> WarcFile:
        with reported(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            while True:
                name = f"{self._stem}-{self._serial:05d}.warc.gz"
                self._serial += 1
                try:
                    return WarcFile(self._folder, name)
                except FileExistsError:  # a run and process number that were here before
                    continue

    def _finish(self) -> None:
        file, self._file = self._file, None
        if file and (digest := file.close()):
            manifest.add(self._folder, file.name, digest)


def _capture(draft: Draft, block_digest: str, file: str, offset: int, length: int) -> Capture:
    return Capture(
        url=draft.url or "",
        file=file,
        offset=offset,
        length=length,
        record_id=draft.id,
        date=draft.date,
        status=draft.status,
        block_digest=block_digest,
        payload_digest=draft.payload_digest,
        truncated=draft.truncated,
    )
