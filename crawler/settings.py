"""Scrapy settings: identity, politeness, security, component order. No logic.

Scrapy's own defaults leave TLS unverified, the ``file:`` handler, telnet and a code-executing remote control on,
and take pages of 1 GiB (2.19); what is set here is set for a reason.
"""

from crawler import __version__

# Identity
BOT_NAME = "permapress"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"
USER_AGENT = f"permapress/{__version__}"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh,en;q=0.8,*;q=0.5",
    "Accept-Encoding": "gzip",  # warcio reads no zstd: every reader must open the archive
}

# Output; the commands set these from their options and crawl.yaml
PERMAPRESS_OUTPUT = "output"  # paths in outcomes are relative to it
PERMAPRESS_POSTS_DIR = "output/_posts"
PERMAPRESS_ARCHIVE_DIR = "output/archive"
PERMAPRESS_STATE_DIR = "output/state"
PERMAPRESS_OPERATOR = ""
WARC_MAX_BYTES = 1_000_000_000  # a file is closed and the next begun; WARC 1.1 annex C recommends 1 GB

# What to visit, and when again
SCHEDULER = "crawler.scheduler.LedgerScheduler"
PERMAPRESS_FOLLOW = {"related": False}  # as `follow` in crawl.yaml
PERMAPRESS_SCHEDULED = False  # a run of a job that never ends: what is not due soon is left to the next
PERMAPRESS_RECHECK: list[float] = []  # seconds after which a scheduled run visits an article again
PERMAPRESS_SINCE: dict[str, float] = {}  # name of a sitemap's source → only what is younger than so many seconds
PERMAPRESS_LIMITS: dict[str, float] = {}  # pages, seconds, bytes, disk_free (bytes): where a run ends
PERMAPRESS_PATIENCE_S = 3600  # how long a run waits for a host that asks for it; beyond, the visit ends

PERMAPRESS_ANNOTATE: list[str] = []  # paths of posts whose front matter gets the evidence where they are kept
PERMAPRESS_READERS = 0  # processes that read pages; 0: one a core

# Politeness
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = BOT_NAME  # the product token, RFC 9309 §2.2.1
DOWNLOAD_DELAY = 1.0  # kept across processes by the ledger; here for redirects, which it does not see
DOWNLOAD_DELAY_JITTER = 0
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 2  # of one response, which gives one: Scrapy makes so many tasks for each (100 took 5 ms)
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"  # nobody is told who pointed at it
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408]  # not 429: who says "too many" is not asked at once again
RETRY_EXCEPTIONS = [  # connections that broke before an answer were tried again by the handler
    "scrapy.exceptions.DownloadTimeoutError",
    "scrapy.exceptions.ResponseDataLossError",
]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the outcome says it
REDIRECT_MAX_TIMES = 10
METAREFRESH_ENABLED = False  # a page's markup steers no crawl

# Security and limits
PERMAPRESS_ALLOW_PRIVATE = False
DOWNLOAD_HANDLERS = {
    "http": "crawler.fetch.handler.RecordingHandler",
    "https": "crawler.fetch.handler.RecordingHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = "crawler.fetch.resolver.GuardedResolver"
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_TLS_MIN_VERSION = "TLSv1.2"
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
RESPONSE_HEADERS_MAX_BYTES = 256 * 1024
DOWNLOAD_FAIL_ON_DATALOSS = True
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
COMPRESSION_ENABLED = False  # the handler's payload is decoded, by the function that reads WARC files offline
HTTPERROR_ALLOW_ALL = True  # every status is an outcome

# Component order
EXTENSIONS = {
    # Servers on loopback that run what they are told, in this process; the first also takes 0.6 s to be imported.
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "crawler.frontier.Frontier": 50,
    "crawler.fetch.recorder.Recorder": 100,
    "crawler.extensions.Extraction": 200,
    "crawler.extensions.ReactorWatch": 300,
    "crawler.limits.Limits": 350,
    "crawler.loose_ends.LooseEnds": 400,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.fetch.guard_middleware.GuardMiddleware": 90,
    "crawler.middlewares.RememberedRobotsMiddleware": 100,
    "crawler.middlewares.RetrySoonMiddleware": 550,
    "crawler.fetch.redirect.RedirectAsFoundMiddleware": 600,
}
SPIDER_MIDDLEWARES = {  # a spider yields what it found and no requests: there is nothing for them to do
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # drops without an outcome; core.urls measures
}
ITEM_PIPELINES = {
    "crawler.pipelines.RescuePipeline": 200,
    "crawler.pipelines.PostPipeline": 300,
    "crawler.pipelines.OutcomePipeline": 900,
}

# Scrapy's own speech
LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.extensions.QuietItems"
LOGSTATS_INTERVAL = 0
DOWNLOADER_STATS = False  # nobody reads them; a report counts outcomes
STATS_DUMP = False
LOG_VERSIONS: list[str] = []
