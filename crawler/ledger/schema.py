"""The tables, version by version. Times are microseconds since 1970 in UTC; NULL means what None means in the model.

A visit's life: ``waiting`` → ``leased`` → ``done``, or back to ``waiting`` when it is released or its lease expires.

Two tables are derived, so that nothing has to be counted or scanned. ``queues`` has a row for each host, job and
priority that has waiting visits: when the first of them is due, and when the host may be asked for it
(``ready_at``); a lease picks hosts there and never looks at the visits of a host that must wait. ``tallies``
counts visits; triggers keep it.
"""

from __future__ import annotations

APPLICATION_ID = 0x50726D61  # "Prma", in SQLite's file header: tells a ledger from any other database
KEY_VERSION = 1  # of the rules in core.urls.key: where they change, a migration computes the keys anew

_FIRST = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    f"INSERT INTO meta VALUES ('keys', {KEY_VERSION}), ('token', 0)",  # noqa: S608 - our own number
    "CREATE TABLE runs (run TEXT, job TEXT, started INTEGER NOT NULL, PRIMARY KEY (run, job)) WITHOUT ROWID",
    """CREATE TABLE hosts (
        id         INTEGER PRIMARY KEY,
        name       TEXT NOT NULL UNIQUE,
        next_at    INTEGER NOT NULL DEFAULT 0,  -- pacing
        hold_until INTEGER NOT NULL DEFAULT 0,  -- what the host itself asked for
        active     INTEGER NOT NULL DEFAULT 0,  -- visits that ask now
        failures   INTEGER NOT NULL DEFAULT 0   -- visits that failed, since one that did not
    )""",
    "CREATE TABLE urls (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL)",  # url as first found
    """CREATE TABLE visits (
        id       INTEGER PRIMARY KEY,
        url      INTEGER NOT NULL REFERENCES urls,
        host     INTEGER NOT NULL REFERENCES hosts,
        run      TEXT NOT NULL,
        job      TEXT NOT NULL,
        state    TEXT NOT NULL DEFAULT 'waiting',
        due      INTEGER NOT NULL,
        priority INTEGER NOT NULL,
        depth    INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        asking   INTEGER NOT NULL DEFAULT 0,  -- 1 from the lease to the answer: counts in hosts.active
        token    INTEGER,
        holder   TEXT,
        expires  INTEGER,
        found    TEXT,     -- the URL as this seed has it; NULL: as in urls
        via TEXT, title TEXT, date INTEGER, author TEXT, label TEXT
    )""",
    "CREATE INDEX waiting ON visits (host, job, priority, due) WHERE state = 'waiting'",
    "CREATE INDEX leased ON visits (expires) WHERE state = 'leased'",
    "CREATE UNIQUE INDEX unfinished ON visits (url, job) WHERE state <> 'done'",  # one at a time
    "CREATE INDEX done ON visits (url) WHERE state = 'done'",
    """CREATE TABLE queues (
        host     INTEGER REFERENCES hosts,
        job      TEXT,
        priority INTEGER,
        due      INTEGER NOT NULL,            -- of its first visit
        ready_at INTEGER NOT NULL,            -- the latest of due and the host's next_at and hold_until
        turn     INTEGER NOT NULL DEFAULT 0,  -- token of the host's last lease: among equals the longest waiting
        PRIMARY KEY (host, job, priority)
    ) WITHOUT ROWID""",
    "CREATE INDEX turns ON queues (job, ready_at, turn)",
    """CREATE TABLE outcomes (
        visit INTEGER PRIMARY KEY REFERENCES visits,
        status TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
        final_url TEXT, title TEXT, post TEXT, post_digest TEXT
    )""",
    """CREATE TABLE captures (
        visit INTEGER NOT NULL REFERENCES visits,
        url TEXT NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
        record_id TEXT NOT NULL, date INTEGER NOT NULL, status INTEGER,
        block_digest TEXT NOT NULL, payload_digest TEXT, truncated TEXT
    )""",
    "CREATE INDEX captures_of ON captures (visit)",
    """CREATE TABLE links (
        visit INTEGER REFERENCES visits, url INTEGER REFERENCES urls, reason TEXT NOT NULL,
        PRIMARY KEY (visit, url)
    ) WITHOUT ROWID""",
    "CREATE INDEX links_to ON links (url)",
    "CREATE TABLE aliases (alias TEXT, key TEXT, PRIMARY KEY (alias, key)) WITHOUT ROWID",
    "CREATE INDEX aliases_of ON aliases (key)",
    """CREATE TABLE names (
        id INTEGER PRIMARY KEY,
        folded TEXT NOT NULL UNIQUE, key TEXT NOT NULL, path TEXT NOT NULL UNIQUE, digest TEXT
    )""",
    "CREATE INDEX names_of ON names (key)",
    "CREATE TABLE tallies (job TEXT, state TEXT, visits INTEGER NOT NULL, PRIMARY KEY (job, state)) WITHOUT ROWID",
    """CREATE TRIGGER visit_added AFTER INSERT ON visits BEGIN
        INSERT INTO tallies VALUES (new.job, new.state, 1) ON CONFLICT DO UPDATE SET visits = visits + 1;
    END""",
    """CREATE TRIGGER visit_moved AFTER UPDATE OF state ON visits BEGIN
        UPDATE tallies SET visits = visits - 1 WHERE job = old.job AND state = old.state;
        INSERT INTO tallies SELECT new.job, new.state, 1 WHERE new.state <> 'done'
            ON CONFLICT DO UPDATE SET visits = visits + 1;
    END""",
    """CREATE TRIGGER visit_ended AFTER INSERT ON outcomes BEGIN
        INSERT INTO tallies SELECT job, new.status, 1 FROM visits WHERE id = new.visit
            ON CONFLICT DO UPDATE SET visits = visits + 1;
    END""",
)

_SECOND = (
    "ALTER TABLE visits ADD COLUMN kind TEXT NOT NULL DEFAULT 'article'",
    "ALTER TABLE visits ADD COLUMN step INTEGER NOT NULL DEFAULT 0",  # of the schedule of visits
    "ALTER TABLE visits ADD COLUMN source TEXT",  # name of the source in crawl.yaml that led there
    """CREATE TABLE latest (
        url INTEGER PRIMARY KEY REFERENCES urls,
        answered TEXT NOT NULL, record_id TEXT NOT NULL, date INTEGER NOT NULL,
        payload_digest TEXT, etag TEXT, modified TEXT
    )""",
    "CREATE TABLE taken (key TEXT PRIMARY KEY) WITHOUT ROWID",  # not to be visited where a source names them
    "ALTER TABLE hosts ADD COLUMN delay INTEGER NOT NULL DEFAULT 0",  # what its robots.txt ask for; microseconds
    "ALTER TABLE hosts ADD COLUMN known INTEGER NOT NULL DEFAULT 0",  # until when its robots.txt is
    """CREATE TABLE robots (
        site        TEXT PRIMARY KEY,  -- scheme, host and port
        host        INTEGER NOT NULL REFERENCES hosts,
        asked       INTEGER NOT NULL,
        rules       TEXT NOT NULL,     -- the lines of our group; empty: everything is allowed
        unreachable TEXT NOT NULL,     -- why it could not be had; empty: it could
        delay       INTEGER NOT NULL   -- Crawl-delay, microseconds
    ) WITHOUT ROWID""",
    "CREATE INDEX robots_of ON robots (host)",
)

_THIRD = (
    """CREATE TABLE readings (
        id     INTEGER PRIMARY KEY,  -- of a site the lowest are forgotten first
        url    INTEGER NOT NULL UNIQUE REFERENCES urls,
        site   TEXT NOT NULL,        -- registered domain
        title  TEXT NOT NULL,
        blocks TEXT NOT NULL,        -- fingerprints; empty: forgotten
        cut    TEXT NOT NULL         -- hints that decided what was cut: the next reading has them too
    )""",
    "CREATE INDEX remembered ON readings (site, id) WHERE blocks <> ''",
)

MIGRATIONS = (_FIRST, _SECOND, _THIRD)  # the statements that lead from version n to n + 1: released ones never change
"""The schema version is how many of these a file has seen."""

ARRIVALS = """CREATE TEMP TABLE arrivals (
    n INTEGER PRIMARY KEY, key TEXT, url TEXT, via TEXT, title TEXT, date INTEGER, author TEXT, label TEXT,
    host TEXT, reason TEXT, follow INTEGER, kind TEXT
)"""
"""Seeds on their way in, a connection's own."""
