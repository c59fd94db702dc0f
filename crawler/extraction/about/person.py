"""Whether a text is somebody's name, by its shape: no names are listed here, but words that stand where they do."""

from __future__ import annotations

import re

MAX_CHARACTERS = 60
MAX_WORDS = 6
# What pages write in and beside bylines that is nobody: buttons, roles, licences, places of a site.
_NOBODY = re.compile(
    r"\b(?:log\s?in|sign|profiles?|share|follow|subscribe|subscription|newsletter|comments?|contact|about|more|read|view|all"
    r"|posts?|articles?|stories|twitter|facebook|bluesky|instagram|linkedin|youtube|e-?mail|menu|search|home|authors?|bio"
    r"|contributors?|members?|register|accounts?|licen[cs]e|commons|cc|copyright|rights|advertisement|sponsored|updated"
    r"|published|posted|written|reviewed|minutes?|min|hours?|ago|yesterday|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|click|here|privacy|cookies?|policy|terms|category|categories|tags?|topics?|artikel|beitr[aä]ge|autor"
    r"|autoren|kommentare?|uhr|mehr|alle|von|by|foto|photo|image|video|podcast|this|our|your|their|what|how|why|is|are"
    r"|user(?:profile|name)?|finance|business|guide|tips|reviews?|best|top|full|list|explore|network|show|hide|close)\b",
    re.IGNORECASE,
)
_ALONE = frozenset(
    ["in", "on", "at", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "lifestyle", "news", "sport", "sports",
     "politics", "opinion", "culture", "world", "local"]
)  # fmt: skip
_JOB = re.compile(
    r"\b(?:editors?|editorial|reporters?|correspondents?|writers?|directors?|managers?|producers?|professor|journalists?"
    r"|journalistin|columnists?|founders?|co-founders?|coordinators?|specialists?|experts?|reviewers?|staff|team|officers?|ceo|cto|coo"
    r"|cfo|president|analysts?|redakteur(?:in)?|redaktion|redactie|redacción|rédaction|desk|newsroom|marketer|attorney|lawyer|engineers?|developers?"
    r"|consultants?|strategists?|photographers?|bloggers?|university|universit\w+|institute?|agency|company|inc|ltd|llc|gmbh"
    r"|freelance|senior|head|chief|vice|associate|assistant|winemaker|executive|representative|media|magazine|experte)\b",
    re.IGNORECASE,
)
# Chinese, Japanese: who publishes, not who writes.
_OUTLET = re.compile(
    r".{2,}(?:网|網|报|報|社|电视台|電視台|广播|廣播|频道|頻道|客户端|新闻|新聞|在线|在線|周刊|週刊|杂志|雜誌|传媒|傳媒|集团|集團|公司|编辑部"
    r"|編輯部|編集部|中心|大学|大學|学院|學院|学校|學校|政府|协会|協會|研究院|研究所|教育局|委员会|日报|日報|晚报|时报|時報|官方|办公室|宣传部|小编|小編|管理员|融媒体?)"
)
_PARTICLE = frozenset(
    ["von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "ten", "ter", "zu",
     "zum", "y", "e", "al", "el", "bin", "ibn", "af", "av", "do", "'t", "und", "dr.", "dr", "prof.", "ap", "st."]
)  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")
_HAN = re.compile(r"[\u4e00-\u9fff·]{2,6}|[\u3040-\u30ff\u4e00-\u9fff]{2,8}|[\uac00-\ud7a3]{2,4}")


def is_person(text: str) -> bool:
    """Whether a text has the shape of a person's full name.

    Two to six words that begin as names do, or a few Chinese, Japanese or Korean characters.
    """
    if not may_be_name(text) or has_job(text):
        return False
    if _HAN.fullmatch(text):
        return True
    words = text.replace(",", " ").split()
    return (
        1 < len(words) <= MAX_WORDS and all(map(_is_part, words)) and words[0].lower() not in {"the", "und", "e", "y"}
    )


def may_be_name(text: str) -> bool:
    """Whether a text can name anybody at all, be it a nickname or an office."""
    if not text or len(text) > MAX_CHARACTERS or not _LETTER.search(text):
        return False
    return not _NOBODY.search(text) and text.lower() not in _ALONE


def is_outlet(text: str) -> bool:
    """Whether a Chinese or Japanese text is the name of who publishes: 小河日报, 小河市人民政府."""
    return bool(_OUTLET.fullmatch(text))


def has_job(text: str) -> bool:
    """Whether a text holds the words of a job or an office."""
    return bool(_JOB.search(text)) or is_outlet(text)


def _is_part(word: str) -> bool:
    first = _LETTER.search(word)
    return first is not None and (
        word[first.start()].isupper() or not word[first.start()].islower() or word.lower() in _PARTICLE
    )
