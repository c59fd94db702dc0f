"""``Exchange`` → record → ``Capture``, and back. The only user of warcio."""

from crawler.warc.check import check, check_manifest
from crawler.warc.decode import Payload, decoded
from crawler.warc.found import Damage, Record
from crawler.warc.info import WarcInfo
from crawler.warc.one import payload_at
from crawler.warc.pages import read_pages, read_readings
from crawler.warc.records import records, warc_files
from crawler.warc.store import WarcStore

__all__ = [
    "Damage",
    "Payload",
    "Record",
    "WarcInfo",
    "WarcStore",
    "check",
    "check_manifest",
    "decoded",
    "payload_at",
    "read_pages",
    "read_readings",
    "records",
    "warc_files",
]
