"""The words in dates: months of many languages, halves of the day, zones by name and by number."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from crawler.core.month_names import named

# A line a month, beginnings without accents, which no two months share: English, German, French, Spanish, Portuguese,
# Italian, Dutch, Scandinavian, Polish, Czech, Croatian, Turkish, Azerbaijani, Indonesian, Hungarian, Romanian,
# Lithuanian, Finnish, Estonian, Albanian, Russian, Ukrainian, Belarusian, Serbian, Bulgarian, Greek, Arabic, Hebrew,
# Hindi, Thai. The longest beginning counts. `listopada` is Poland's November, and Croatia's October: the former.
_MONTHS = (
    "jan ene gen sty led oca ian sau tammi yan sijec янв січ яну сту јан ιαν يناير ינואר जनवरी ม.ค มกรา",
    "feb fev fevr unor lut sub vas helmi peb veljac vee shkurt фев лют φεβ فبراير شباط פברואר फरवरी ก.พ กุมภา",
    "mar mac mrt maart mae bre kovo maalis ozujk ozujak мар бер сак μαρ مارس اذار מרץ मार्च มี.ค มีนา",
    "apr avr abr nis kwi dub bal huhti travnj travanj prill апр кві кра απρ ابريل نيسان אפריל अप्रैल เม.ย เมษา",
    "may mai mag mei maj kve geg touko svibnj svibanj мая май мај тра μαι مايو ايار मई พ.ค พฤษภา",
    (
        "jun juin hun giu cze cerven cervna cvn haz iun bir kesa lipnj lipanj juun iyun июн чер јун чэр юни ιουν يونيو"
        " حزيران יוני जून มิ.ย มิถุน"
    ),
    (
        "jul juil hul lug lip cervenec cervence cvc tem iul lie heina srpnj srpanj juul iyul korrik июл лип јул ліп юли"
        " ιουλ يوليو تموز יולי जुलाई ก.ค กรกฎา"
    ),
    "aug aou ago ogo sie srp agu rugp elo avq kolovoz gush авг сер жні αυγ اغسطس אוגוסט अगस्त ส.ค สิงหา",
    (
        "sep set sze wrz zar eyl szep rugs syys sentya rujan rujna shtator сен вер септ σεπ سبتمبر ايلول ספטמבר"
        " सितंबर सितम्बर ก.ย กันยา"
    ),
    "oct okt out ott paz rij eki spa loka tetor окт жов кас οκτ اكتوبر אוקטובר अक्टूबर अक्तूबर ต.ค ตุลา",
    "nov nob lis kas noi lap marras noy studeno studeni nento ноя лис ноем νοε نوفمبر נובמבר नवंबर नवम्बर พ.ย พฤศจิ",
    "dec dez dic dis des gru pro ara aralik joulu dek dhjet дек гру дец сне δεκ ديسمبر דצמבר दिसंबर दिसम्बर ธ.ค ธันวา",
)
_HAN_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_HALVES = re.compile(
    r"(?P<late>下午|晚上|傍晚|夜间|午後|오후|\bp\.?m\b)|(?P<noon>中午)|(?P<early>上午|早上|早晨|凌晨|清晨|午前|오전|\ba\.?m\b)",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?P<sign>[+\u2212-])\s?(?P<hours>\d{1,2}):?(?P<minutes>[0-5]\d)?(?!\d)")
_LOST_PLUS = re.compile(r"^\s(?P<hours>\d\d):?(?P<minutes>[0-5]\d)$")  # `+` read as a space by a form's decoder
_ABBREVIATION = re.compile(r"(?<![A-Za-z])[A-Z]{1,5}(?![A-Za-z])")
_FARTHEST_HOURS = 14

_NAMED = {
    "Asia/Shanghai": "北京时间 北京時間 中国标准时间 中國標準時間 东八区 東八區 Asia/Shanghai",
    "Asia/Taipei": "台北时间 台北時間 臺北時間 台北標準時間 台灣時間 台湾时间 Asia/Taipei",
    "Asia/Hong_Kong": "香港时间 香港時間 Asia/Hong_Kong",
    "Asia/Singapore": "新加坡时间 新加坡時間 Asia/Singapore",
    "Asia/Tokyo": "东京时间 東京時間 日本时间 日本時間 日本標準時 Asia/Tokyo",
    "Asia/Seoul": "首尔时间 首爾時間 韩国时间 Asia/Seoul",
    "America/New_York": "美东时间 美東時間 纽约时间 紐約時間 America/New_York",
    "America/Los_Angeles": "美西时间 美西時間 洛杉矶时间 America/Los_Angeles",
    "Europe/London": "伦敦时间 倫敦時間 Europe/London",
    "UTC": "格林尼治 格林威治 世界时 世界標準時 协调世界时",
}
# RFC 822 §5.1 and what feeds write beside. IST is India's, CST America's: in a Chinese date it is China's.
_HOURS = {
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "IST": 5.5, "ICT": 7, "WIB": 7, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10,
    "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "ET": -5, "PT": -8,
}  # fmt: skip


def month(name: str) -> int:
    """The number of a month by its name's beginning, or by its name; 0: none is called so."""
    bare = "".join(part for part in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(part))
    beginnings = _beginnings()
    found = next((beginnings[bare[:size]] for size in range(8, 1, -1) if bare[:size] in beginnings), 0)
    return found or (0 if name.isascii() else named(name.lower()))


def han_month(number: str) -> int:
    """The number of a month by its Chinese numeral; 0: it is none."""
    return _HAN_MONTHS.index(number) + 1 if number in _HAN_MONTHS else 0


def is_thai(name: str) -> bool:
    """Whether a month's name is Thai, where the years are Buddha's."""
    return "\u0e00" <= name[:1] <= "\u0e7f"


@cache
def _beginnings() -> dict[str, int]:
    bare = (unicodedata.normalize("NFKD", line) for line in _MONTHS)
    return {
        "".join(part for part in word if not unicodedata.combining(part)): number
        for number, line in enumerate(bare, start=1)
        for word in line.split()
    }


def shift_hours(hour: int, words: str) -> int:
    """The hour of twenty-four that an hour of twelve means."""
    found = _HALVES.search(words)
    if found is None or hour > 12:  # noqa: PLR2004  # hours
        return hour
    if found["late"] or (found["noon"] and hour < 11):  # noqa: PLR2004  # 中午11点 is before noon
        return hour % 12 + 12
    return hour % 12 if found["early"] else hour


def zone(words: str, *, is_chinese: bool) -> tzinfo | None:
    """The zone that words beside a time name; None: none, or none that is known."""
    for name, words_for_it in _named():
        if words_for_it in words:
            return ZoneInfo(name)
    if found := _OFFSET.search(words) or _LOST_PLUS.search(words):
        return _offset(found)
    for abbreviation in _ABBREVIATION.findall(words):
        if abbreviation == "CST" and is_chinese:
            return timezone(timedelta(hours=8))
        if abbreviation in _HOURS:
            hours = _HOURS[abbreviation]
            return timezone(timedelta(hours=hours)) if hours else UTC
    return None


@cache
def _named() -> tuple[tuple[str, str], ...]:
    return tuple((name, word) for name, line in _NAMED.items() for word in line.split(" ") if word)


def _offset(found: re.Match[str]) -> tzinfo | None:
    parts = found.groupdict()
    hours, minutes = int(parts["hours"]), int(parts["minutes"] or 0)
    if hours > _FARTHEST_HOURS:
        return None
    passed = timedelta(hours=hours, minutes=minutes)
    return timezone(passed if parts.get("sign", "+") == "+" else -passed)
