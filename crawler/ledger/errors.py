"""What SQLite reports, told as ours: a disk that refuses is a StorageError, a file that is wrong a LedgerError."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.core.errors import LedgerError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PRIMARY = 0xFF  # the low byte of an extended result code is the code proper
_REMEDIES = {
    sqlite3.SQLITE_FULL: "free some space and run again",
    sqlite3.SQLITE_IOERR: "free some space, raise the limit on file sizes (ulimit -f) or look at the disk; run again",
    sqlite3.SQLITE_READONLY: "mount the disk for writing or give this user the right to write there",
    sqlite3.SQLITE_CANTOPEN: "give this user the right to write there or choose another output folder",
    sqlite3.SQLITE_PERM: "give this user the right to write there or choose another output folder",
    sqlite3.SQLITE_BUSY: "another process holds it for too long: wait for it or stop it",
    sqlite3.SQLITE_PROTOCOL: "another process holds it for too long: wait for it or stop it",
    sqlite3.SQLITE_NOMEM: "free some memory and run again",
}


def damaged(path: Path, why: object) -> LedgerError:
    """The error for a file whose content is wrong."""
    return LedgerError(f"the ledger {path} is damaged ({why}); move it away and rebuild it: verify --rebuild")


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn what SQLite raises within into StorageError or LedgerError.

    A ProgrammingError is a mistake of the caller's (a closed ledger) and stays what it is.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.Error as err:
        code = getattr(err, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & _PRIMARY  # absent: text that is no UTF-8
        if remedy := _REMEDIES.get(code):
            raise StorageError(f"cannot use the ledger {path}: {err}; {remedy}") from err
        raise damaged(path, err) from err
    except UnicodeDecodeError as err:  # sqlite3 cannot tell of a damaged schema whose text is no UTF-8
        raise damaged(path, err) from err
