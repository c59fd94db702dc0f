"""Permapress: archives articles. The WARC is the truth; a post is a reading of it.

The rooms say what is true; they import no Scrapy and no Twisted, open no socket and ask no clock:

- ``core``        what everyone may import: the model, what a visit gives, the errors, URLs, dates, sites.yaml
- ``sources``     what points at articles → ``Seed``: feeds, sitemaps, posts, lists
- ``posts``       ``Article`` → ``Post`` → file, and back: front-matter Markdown
- ``extraction``  HTML → ``Article | NoArticle``; the only user of trafilatura. Within: what a page says ``about``
                  itself (its ``writers``, ``days``, ``subjects``), its ``body`` (``text``, ``pictures``), what its site
                  ``repeats``, ``links``, the ``processes`` that read
- ``warc``        ``Exchange`` → record → ``Capture``, and back; the only user of warcio
- ``ledger``      SQLite: what is to be visited, by whom, and how it ended, what sites repeat; the only user of sqlite3

The shell says when things happen; it is Scrapy. From what a person asked for to the wire, and back:

- ``run``           one request of a person as a ``job``: a ``crawl`` in this process, or ``workers``; ``stopping`` it;
                    the ``scheduled`` run over all sources, ``alone`` in its output, and its report
- ``scheduler``     what to fetch next is what is leased next
- ``frontier``      the ledger as a crawl uses it: ``calls`` by one thread, ``leases`` kept alive, ends in a ``batch``
- ``spiders``       ``archive``: makes the visits it is given, of articles and of sources; their ``ends`` without a page
- ``commands``      ``scrapy crawl``, which refuses arguments that ask for nothing
- ``fetch``         the wire: recording handler, address guard, robots, what an answer or a failure means
- ``middlewares``   which answers are asked for again at once; robots.txt remembered
- ``extensions``    the processes that read pages, a watch on the reactor
- ``pipelines``     the order law in numbers: 200 a feed's text for a lost page; 300 reading record and post, by the
                    ``press``; 900 outcome, and when the URL is visited next
- ``limits``        where a run ends although there is more to do
- ``loose_ends``    an outcome for what broke where nobody expected it
- ``faults``        named points between the steps of that law, where tests have the process killed
- ``settings``      identity, politeness, security, component order

``work`` joins rooms into jobs that need no network: extract, verify, repair, rebuild, explain, status, what ``follow``
decides, what the sources of crawl.yaml take in, when a URL is due again (``refresh``), the ``report`` of a run, the
``state_file`` that outlives a disk, and the reading that both ends share. ``cli`` holds the commands people type, a
file each, ``config`` what crawl.yaml and flags decide, ``templates`` the files that ``init`` writes.

A source is a visit too: what a feed names are the links of that visit, and enter the ledger with its outcome.

The road of one URL: source → ``Seed`` → ledger → ``Lease`` → Scrapy request → address guard → recording handler →
``Exchange`` → WARC → ``Capture`` → spider callback → extraction worker → ``Finding`` → reading record → post →
``Finish`` → one transaction: the outcome, the captures, the links found, the end of the lease.
"""

__version__ = "0.1.0"
