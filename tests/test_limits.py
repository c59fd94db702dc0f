"""Where a run ends although there is more to do, as far as one process tells; tests/run has whole runs."""

from __future__ import annotations

import shutil

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from crawler.limits import Limits


def made(archive, **limits):
    return Limits.from_crawler(
        get_crawler(settings_dict={"PERMAPRESS_LIMITS": limits, "PERMAPRESS_ARCHIVE_DIR": str(archive)})
    )


@pytest.mark.parametrize("limits", [{}, {"pages": 0, "disk_free": 0}, {"pages": None, "seconds": None}])
def test_without_a_limit_nobody_looks(tmp_path, limits):
    with pytest.raises(NotConfigured):
        made(tmp_path, **limits)


def test_a_disk_with_room_is_no_end(tmp_path):
    assert made(tmp_path, disk_free=1)._disk() == ""


def test_a_disk_with_less_room_than_shall_stay_free_is_told_with_both_figures_and_the_key(tmp_path):
    least = shutil.disk_usage(tmp_path).total + 2**20
    told = made(tmp_path, disk_free=least)._disk()
    assert str(tmp_path) in told
    assert f"{least / 2**20:.0f} shall stay so (limits.disk_free)" in told


def test_the_disk_of_an_archive_that_is_not_there_yet_is_the_one_it_will_lie_on(tmp_path, monkeypatch):
    assert made(tmp_path / "output" / "archive", disk_free=1)._disk() == ""
    monkeypatch.chdir(tmp_path)
    assert made("output/archive", disk_free=1)._disk() == ""
