"""The months of languages that few of our sources write in, by the letters that they are written with.

The names are those of the Unicode consortium's CLDR, as dateparser ships them.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

# The last character of each script, and its languages.
_SCRIPTS = (
    (0x03FF, ""), (0x052F, "kk mn"), (0x058F, "hy"), (0x05FF, ""), (0x06FF, "fa ur ps"), (0x08FF, ""),
    (0x097F, "mr ne"), (0x09FF, "bn as"), (0x0A7F, "pa"), (0x0AFF, "gu"), (0x0B7F, "or"), (0x0BFF, "ta"),
    (0x0C7F, "te"), (0x0CFF, "kn"), (0x0D7F, "ml"), (0x0DFF, "si"), (0x0E7F, ""), (0x0EFF, "lo"), (0x0FFF, ""),
    (0x109F, "my"), (0x10FF, "ka"), (0x11FF, ""), (0x139F, "am"), (0x177F, ""), (0x17FF, "km"),
)  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def named(name: str) -> int:
    """The number of a month by its whole name in lower case; 0: none is called so."""
    languages = next((found for last, found in _SCRIPTS if ord(name[0]) <= last), "")
    return _names(languages).get(name, 0)


@cache
def _names(languages: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for language in languages.split():
        said: dict[str, list[str]] = import_module(f"dateparser.data.date_translation_data.{language}").info
        for number, month in enumerate(_MONTHS, start=1):
            found |= dict.fromkeys(said.get(month, ()), number)
    return found
