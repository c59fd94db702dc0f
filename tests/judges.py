"""Programs that are not ours and judge what we write: found, or the test is skipped with a reason.

Where ``PERMAPRESS_ALL_JUDGES`` is set (CI), a missing one is a failure.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

LONG = bool(os.environ.get("PERMAPRESS_LONG"))  # `make torture`: what takes minutes in all its variants
SHARED = Path(__file__).resolve().parents[2] / "shared"  # real posts and pages, beside the repository


def _missing(reason: str) -> None:
    if os.environ.get("PERMAPRESS_ALL_JUDGES"):
        pytest.fail(reason)
    pytest.skip(reason)


def need(*programs: str) -> None:
    """Skip the running test unless every program is on the PATH."""
    for program in programs:
        if shutil.which(program) is None:
            _missing(f"needs {program}; install it to run this test")


def need_shared(*parts: str) -> Path:
    """The path of a file or folder of the shared folder; skips where it is absent.

    Users do not have the folder: its absence is never a failure.
    """
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip("the shared folder is not beside this repository")
    return path
