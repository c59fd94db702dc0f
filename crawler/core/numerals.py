"""Dates whose numbers are written otherwise: ２０２４, ٢٠٢٤, 二〇二四年七月二十六日, 一百一十三年."""

from __future__ import annotations

import re
import unicodedata

_DIGIT = re.compile(r"(?![0-9])\d")  # of any script
_FOUR_DIGITS = re.compile(r"(?:(?![0-9])\d){4}")
_FIRST_BYTES = bytes([0xD9, 0xDB, 0xDF, 0xE0, 0xE1, 0xEA, 0xEF, 0xF0])  # of all of them in UTF-8, Unicode 16
_YEAR = re.compile(r"[〇零○一二三四五六七八九十百元]{1,7}\s?年")
_HAN = "〇零○一二三四五六七八九十百廿卅元"
_DATE = re.compile(
    rf"(?P<year>[{_HAN}]{{1,7}}|\d{{1,4}})\s?年\s?(?P<month>[{_HAN}]{{1,3}}|\d{{1,2}})\s?月\s?(?P<day>[{_HAN}]{{1,4}}|\d{{1,2}})\s?[日号號]"
)
_VALUES = {"〇": 0, "零": 0, "○": 0, "元": 1} | {
    sign: value for value, sign in enumerate("一二三四五六七八九", start=1)
}
_TENS = {"十": 10, "廿": 20, "卅": 30, "百": 100}


def may_have_year(text: str) -> bool:
    """Whether a text may hold a year in other numbers than 0 to 9."""
    if text.isascii():
        return False
    return ("年" in text and bool(_YEAR.search(text))) or (_may_have_digit(text) and bool(_FOUR_DIGITS.search(text)))


def plain(text: str) -> str:
    """The text with 0 to 9 for the digits of other scripts, and for Chinese numerals in a date."""
    if text.isascii():
        return text
    if _may_have_digit(text):
        text = _DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)
    return _DATE.sub(_numbered, text) if "年" in text else text


def _may_have_digit(text: str) -> bool:
    """Whether one that is not 0 to 9 may stand in a text; to look for each character's takes ten times as long."""
    said = text.encode("utf-8", "surrogatepass")
    return len(said.translate(None, _FIRST_BYTES)) < len(said)


def _numbered(found: re.Match[str]) -> str:
    year, month, day = (_number(part) for part in found.groups())
    return f"{year}年{month}月{day}日"


def _number(numeral: str) -> int:
    """What a numeral counts: digit by digit, or with tens and hundreds."""
    if numeral.isdecimal():
        return int(numeral)
    if not _TENS.keys() & set(numeral):
        return int("".join(str(_VALUES[sign]) for sign in numeral))
    total = digit = 0
    for sign in numeral:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = _VALUES[sign]
    return total + digit
