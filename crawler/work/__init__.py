"""Jobs that need no network: rooms joined, no Scrapy."""
