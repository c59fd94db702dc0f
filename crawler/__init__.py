"""Permapress: archives articles. The WARC is the truth; a post is a reading of it.

The rooms say what is true; they import no Scrapy and no Twisted, open no socket and ask no clock:

- ``core``        what everyone may import: the model, what a visit gives, the errors, URLs, sites.yaml
- ``sources``     what points at articles → ``Seed``
- ``posts``       ``Article`` → ``Post`` → file, and back: front-matter Markdown
- ``extraction``  HTML → ``Article | NoArticle``; the only user of trafilatura
- ``warc``        ``Exchange`` → record → ``Capture``, and back; the only user of warcio
- ``ledger``      SQLite: a frontier with leases, outcomes, names; not under Scrapy yet, whose own scheduler serves

The shell says when things happen; it is Scrapy:

- ``fetch``       the wire: recording handler, address guard, robots
- ``spiders``     ``archive``: posts and single URLs
- ``pipelines``   300 reading record and post, 900 outcome
- ``settings``    identity, politeness, security, component order

- ``run``         one crawl from start to end, for the commands

``work`` joins rooms into jobs that need no network: extract, verify, and the reading that both ends share.
``cli`` holds the commands people type, ``config`` what crawl.yaml and flags decide.

The road of one URL: source → ``Seed`` → Scrapy request → address guard → recording handler → ``Exchange`` →
WARC → ``Capture`` → spider callback → extraction worker → ``Finding`` → reading record → post → ``Outcome``.
"""

__version__ = "0.1.0"
