"""Front-matter values that PyYAML, Psych, go-yaml and js-yaml read alike.

Plain only in a class of strings tested to be safe; else double-quoted JSON escapes with raw non-ASCII, the one form
that all four take for the same string.
"""

from __future__ import annotations

import re
import unicodedata

MAX_PLAIN_CHARACTERS = 200  # a longer one is a sentence, and sentences hold what YAML takes for syntax

# YAML 1.1's words for true, false and nothing (yaml.org/type); Psych and go-yaml know them still.
_WORDS = frozenset({"y", "yes", "on", "true", "n", "no", "off", "false", "null", "nan", "inf"})
_PLAIN_PUNCTUATION = frozenset(" _-./'()&")
_BLOCK_PUNCTUATION = _PLAIN_PUNCTUATION | {","}
_URL = re.compile(r"[a-z][a-z0-9+.-]*:[!$%&'()*+,./0-9:;=?@A-Z_a-z~#-]*[/0-9A-Za-z=_-]")
_MUST_ESCAPE = re.compile(
    r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff'
    "\U000f0000-\U0010ffff]|[\U0001fffe-\U0001ffff\U0002fffe-\U0002ffff\U0003fffe-\U0003ffff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # no UTF-8 holds one
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_BMP = 0xFFFF


def storable(text: str) -> str:
    """The text as UTF-8 can hold it: a lone surrogate becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def quoted(text: str) -> str:
    """The text double-quoted, and `storable`."""
    return f'"{_MUST_ESCAPE.sub(_escape, storable(text))}"'


def scalar(text: str) -> str:
    """The text plain where that is safe, else quoted."""
    return text if _is_plain(text, _BLOCK_PUNCTUATION) or _URL.fullmatch(text) else quoted(text)


def listed(items: tuple[str, ...]) -> str:
    """A list as the seed writes it: ``[ a, b ]``."""
    if not items:
        return "[]"
    return f"[ {', '.join(item if _is_plain(item, _PLAIN_PUNCTUATION) else quoted(item) for item in items)} ]"


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    return _SHORT.get(character) or (f"\\u{code:04x}" if code <= _BMP else f"\\U{code:08x}")


def _is_plain(text: str, punctuation: frozenset[str]) -> bool:
    return (
        0 < len(text) <= MAX_PLAIN_CHARACTERS
        and text[0].isalpha()
        and text[-1] != " "
        and text.lower() not in _WORDS
        and all(_is_plain_character(character, punctuation) for character in text)
    )


def _is_plain_character(character: str, punctuation: frozenset[str]) -> bool:
    category = unicodedata.category(character)
    return character in punctuation or category[0] in "LNM" or (category[0] == "P" and character > "\u2000")
