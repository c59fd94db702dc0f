"""Reports on the disk: ``state/runs/<run>.json``, its metrics beside it, the latest also as ``state/metrics.om``.

The JSON object has the fields of ``Report`` and of the values in it as its keys, and ``version``, 1, ``seconds``,
``visits`` and ``pages_per_s`` besides. A reader is to pass over keys that it does not know.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from crawler.core.errors import StorageError
from crawler.warc.disk import reported, sync_folder
from crawler.work.report.metrics import metrics
from crawler.work.report.model import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)

VERSION = 1
MAX_BYTES = 50_000_000  # ten thousand sources with all their reasons are 20 MB
LOOK_BACK = 100  # runs: four days of hourly ones

_MODE = 0o644  # who collects metrics is somebody else
_shape = TypeAdapter(Report)


def write(report: Report, state: Path) -> Path:
    """Keep a report below the state folder; each file appears whole or not at all.

    Returns the path of the JSON file. Raises: StorageError.
    """
    runs = state / "runs"
    measured = metrics(report).encode()
    with reported(runs):
        runs.mkdir(parents=True, exist_ok=True)
    path = runs / f"{report.run}.json"
    _put(runs / f"{report.run}.om", measured)
    _put(path, as_json(report).encode())
    _put(state / "metrics.om", measured)
    return path


def as_json(report: Report) -> str:
    """The text of the file."""
    return json.dumps(as_object(report), ensure_ascii=False, indent=2) + "\n"


def as_object(report: Report) -> dict[str, object]:
    """The object of the file."""
    counted = {"seconds": report.seconds, "visits": report.visits, "pages_per_s": round(report.pages_per_s, 3)}
    told: dict[str, object] = _shape.dump_python(report, mode="json")
    return {"version": VERSION} | told | counted


def earlier(state: Path, most: int = LOOK_BACK) -> Iterator[Report]:
    """The reports of the latest runs, the latest first; a damaged file, or one of a later version, is passed over.

    Raises: StorageError where the folder is there and cannot be read.
    """
    try:
        paths = sorted((state / "runs").glob("*.json"), reverse=True)  # a run's id starts with its time
    except OSError as err:
        raise StorageError(f"cannot read {state / 'runs'}: {err.strerror}; check its permissions") from err
    for path in paths[:most]:
        if (report := _read(path)) is not None:
            yield report


def _read(path: Path) -> Report | None:
    try:
        with path.open("rb") as file:
            told = json.loads(file.read(MAX_BYTES))
        if isinstance(told, dict) and told.get("version") == VERSION:
            return _shape.validate_python(told)
        reason = f"no report of version {VERSION}"
    except (OSError, ValueError, RecursionError) as err:
        reason = " ".join(str(err).split())[:200]
    logger.warning("%s is passed over: %s", path, reason)
    return None


def _put(path: Path, data: bytes) -> None:
    with reported(path):
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fchmod(descriptor, _MODE)
                os.fsync(descriptor)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        sync_folder(path.parent)
