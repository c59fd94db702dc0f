"""Defaults < crawl.yaml < flags → ``Config``. An error names file, line and key, and says what to write instead."""

from crawler.config.load import MAX_CONFIG_BYTES, load
from crawler.config.model import Config
from crawler.config.schema import schema
from crawler.config.sections import Follow, Limits, Operator, Politeness, Refresh, Warn
from crawler.config.sources import Feed, Opml, Posts, Sitemap, Source, Subs, UrlList

__all__ = [
    "MAX_CONFIG_BYTES",
    "Config",
    "Feed",
    "Follow",
    "Limits",
    "Operator",
    "Opml",
    "Politeness",
    "Posts",
    "Refresh",
    "Sitemap",
    "Source",
    "Subs",
    "UrlList",
    "Warn",
    "load",
    "schema",
]
