"""``Exchange`` → record → ``Capture``, and back. The only user of warcio."""

from crawler.warc.decode import Payload, decoded
from crawler.warc.info import WarcInfo
from crawler.warc.store import WarcStore

__all__ = ["Payload", "WarcInfo", "WarcStore", "decoded"]
