from datetime import UTC, datetime

from crawler.core import sites
from crawler.core.sites import _sites


def test_the_stamp_of_a_url_is_read_by_its_sites_rule():
    assert sites.stamped(
        "https://www.rfa.org/mandarin/yataibaodao/kejiaowen/my-china-closing-ai-u-s-07262024113840.html",
    ) == datetime(2024, 7, 26, 15, 38, 40, tzinfo=UTC)


def test_a_stamp_of_no_such_day_is_no_date():
    assert sites.stamped("https://www.rfa.org/mandarin/x-13402024113840.html") is None


def test_the_table_is_sorted_and_every_sample_matches_its_own_rule():
    hosts = list(_sites())
    assert hosts == sorted(hosts)
    for site in _sites().values():
        assert site.reason
        assert sites.site(site.sample) is site
        if site.date_stamp:
            assert sites.stamped(site.sample)
