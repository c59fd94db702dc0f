"""Python's looks for garbage: put off for a moment, never for good."""

from __future__ import annotations

import gc

import pytest

from crawler.core.collector import looked_away


def test_looks_are_put_off_and_come_back_even_after_an_error() -> None:
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError):
        _broken()
    assert gc.isenabled()


def _broken() -> None:
    with looked_away():
        assert not gc.isenabled()
        raise ZeroDivisionError


def test_who_has_turned_them_off_finds_them_off() -> None:
    gc.disable()
    try:
        with looked_away(), looked_away():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
