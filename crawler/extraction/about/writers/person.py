"""Whether a text is somebody's name, by its shape: no names are listed here, but words that stand where they do."""

from __future__ import annotations

import re
from functools import lru_cache

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
    r"|user(?:profile|name)?|finance|business|guide|tips|reviews?|best|top|full|list|explore|network|show|hide|close|captions?|themes?)\b",
    re.IGNORECASE,
)
# The same of Chinese pages, where no space ends a word: a text that is hardly more, and what no name holds.
_BUTTON = re.compile(
    r".{0,2}(?:关注|關注|设置|設定|个人|個人|登录|登錄|登入|注册|註冊|密码|密碼|授权|授權|首页|首頁|客服|下载|下載|分享|收藏|评论|評論|点击|點擊|阅读|閱讀|更多"
    r"|网络|名片|粉丝|留言|私信|主页|返回|订阅|訂閱|举报|舉報|打印|列印|字号|字號|全文|打赏|投稿|搜索|搜尋|未知|匿名|佚名|本站|网友|網友).{0,2}"
)
_NO_NAME = re.compile(r"[>»?？!！]|微信号|公众号|功能介绍|当前位置|當前位置|您的位置|您现在的位置")
_ALONE = frozenset(
    ["in", "on", "at", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "lifestyle", "news", "sport", "sports",
     "politics", "opinion", "culture", "world", "local", "people"]
)  # fmt: skip
_JOB = re.compile(
    r"\b(?:editors?|editorial|reporters?|correspondents?|writers?|directors?|managers?|producers?|professor|journalists?"
    r"|journalistin|columnists?|founders?|co-founders?|coordinators?|specialists?|experts?|reviewers?|staff|team|officers?|ceo|cto|coo"
    r"|cfo|president|analysts?|redakteur(?:in)?|redaktion|redactie|redacción|rédaction|desk|newsroom|marketer|attorney|lawyer|engineers?|developers?"
    r"|consultants?|strategists?|photographers?|bloggers?|university|universit\w+|institute?|agency|company|inc|ltd|llc|gmbh"
    r"|department|ministry|police|councils?|committee|commission|foundation|bureau|association|federation|government|protection"
    r"|[a-z]{3,}(?:ologist|tician|titian|tionist)s?|freelance|senior|head|chief|vice|associate|assistant|winemaker|executive|representative|media|magazine|experte)\b",
    re.IGNORECASE,
)
_TEAM = re.compile(r"(?:[A-Z][\w.&'’-]* ){1,4}(?:Team|Staff|Editors|Editorial|Redaktion|Newsroom|Desk)")
# Chinese, Japanese: who publishes, not who writes.
_OUTLET = re.compile(
    r".{2,}(?:网|網|报|報|社|电视台|電視台|广播|廣播|频道|頻道|客户端|新闻|新聞|在线|在線|周刊|週刊|杂志|雜誌|传媒|傳媒|集团|集團|公司|编辑部"
    r"|編輯部|編集部|中心|大学|大學|学院|學院|学校|學校|政府|协会|協會|研究院|研究所|教育局|委员会|日报|日報|晚报|时报|時報|官方|办公室|宣传部|小编|小編|管理员|融媒体?)"
)
_AGENCIES = frozenset(
    ["reuters", "afp", "ap", "dpa", "efe", "ansa", "upi", "bloomberg", "xinhua", "tass", "pti", "kyodo", "yonhap"]
)
_PARTICLE = frozenset(
    ["von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "ten", "ter", "zu",
     "zum", "y", "e", "al", "el", "bin", "ibn", "af", "av", "do", "'t", "und", "dr.", "dr", "prof.", "ap", "st."]
)  # fmt: skip
# Common family names: where no label says so, a Chinese text is a name only if it begins with one.
FAMILIES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅高郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖萧蕭田董潘袁蔡蒋蔣余于"
    "杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付傅方邹鄒熊白孟秦邱侯江尹薛闫閻段雷龙龍黎史陶贺賀毛"
    "郝顾顧龚龔邵万萬覃武钱錢戴严嚴欧歐莫孔向常汤湯"
    "倪殷翁庄莊鲁魯詹颜顏骆駱樊葛伍俞柳聂聶焦柯阮凌毕畢裴涂耿鲍鮑靳祁缪繆屈戚佟霍卓邢岳阎閻瞿饶饒褚柴"
)
_TWO_CHARACTER_FAMILIES = ("欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "慕容", "司徒", "皇甫")
MAX_HAN_NAME = 3  # characters; of four, two are the family's
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
    return not _is_nobody(text)


@lru_cache(1024)  # a page says who wrote it several times, and each of its rules asks
def _is_nobody(text: str) -> bool:
    if _NO_NAME.search(text) or _BUTTON.fullmatch(text):
        return True
    return bool(_NOBODY.search(text)) or text.lower() in _ALONE


def is_outlet(text: str) -> bool:
    """Whether a Chinese or Japanese text is the name of who publishes: 小河日报, 小河市人民政府."""
    return bool(_OUTLET.fullmatch(text))


def is_han_person(name: str) -> bool:
    """Whether a Chinese name begins as people's do: where no label says that it is one."""
    return name.startswith(_TWO_CHARACTER_FAMILIES) or (name[:1] in FAMILIES and 1 < len(name) <= MAX_HAN_NAME)


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's."""
    return name.lower() in _AGENCIES


def is_team(text: str) -> bool:
    """Whether a text is what those who write for a site sign as together: `Example Team`."""
    return bool(_TEAM.fullmatch(text))


@lru_cache(1024)
def has_job(text: str) -> bool:
    """Whether a text holds the words of a job or an office."""
    return bool(_JOB.search(text)) or is_outlet(text)


def _is_part(word: str) -> bool:
    first = _LETTER.search(word)
    return first is not None and (
        word[first.start()].isupper() or not word[first.start()].islower() or word.lower() in _PARTICLE
    )
