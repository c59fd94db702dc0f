"""The one tree of errors.

::

    PermapressError
    ├── UrlError         a URL that cannot be requested: not http(s), no host, unreadable
    ├── AddressError     an address we do not connect to: private, loopback, reserved …
    ├── ConfigError      crawl.yaml, sites.yaml or a flag; exit 4
    ├── SourceError      a list of feeds or of URLs taken that cannot be used: it names file, entry and fix
    ├── PostError        a post that cannot be read or written as asked
    ├── ExtractionError  the workers cannot run (not: a page without an article, which is a value)
    ├── WorkersError     every process that shared the work died; exit 1
    ├── LedgerError      a ledger that cannot be used: damaged, of a newer version, another program's; exit 3
    │   └── NoLedgerError    there is none where one was to be asked; exit 1
    ├── LockedError      a run holds what was to be replaced; exit 5
    ├── WarcError        a WARC or WACZ file that cannot be read
    └── StorageError     the output cannot be written: disk full, read-only, locked; exit 3

Each message names the URL or path and says what to do.
"""


class PermapressError(Exception):
    """The root: whatever Permapress itself raises."""


class UrlError(PermapressError):
    """A URL that cannot be requested."""


class AddressError(PermapressError):
    """An address that is not connected to."""


class ConfigError(PermapressError):
    """Configuration that cannot be used."""


class SourceError(PermapressError):
    """A file that names sources, or what was taken, and cannot be used."""


class PostError(PermapressError):
    """A post that cannot be read or written as asked."""


class ExtractionError(PermapressError):
    """Extraction cannot run at all."""


class WorkersError(PermapressError):
    """Nobody is left to do the work."""


class LedgerError(PermapressError):
    """A ledger that cannot be used."""


class NoLedgerError(LedgerError):
    """There is no ledger to be asked."""


class LockedError(PermapressError):
    """A living run holds the output."""


class WarcError(PermapressError):
    """A WARC or WACZ file that cannot be read."""


class StorageError(PermapressError):
    """The output cannot be written."""
