"""A title and the site's name that stands behind or before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from crawler.extraction.about.headline import bare, bare_host, brand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MIN_NAME = 4  # letters of a name that is a part of the host
MAX_TAIL_CHARACTERS, MAX_TAIL_SHARE, MIN_HEAD_CHARACTERS = 30, 0.5, 10
# In Chinese: characters of a title that a site's name follows, and of such a name that no word tells. Set by the forms
# that tests name: 26 pages with a title to compare say the same with and without them (2026-11-26).
MIN_HAN, MAX_CHANNEL, MAX_CHANNEL_SHARE = 6, 7, 0.75
_HAN = re.compile("[\u4e00-\u9fff]")
_OFFICE = re.compile(
    r"(?:政府|局|大学|大學|学院|學院|中学|小学|公司|协会|電視|电视台?|报|報|新聞|财经|財經|在线|在線|门户|平台|社区|论坛|博客|周刊|杂志)$"
)
_CHANNEL = re.compile(
    r"(?:新闻|新聞|公司|企业|行业|学院|集团|单位|工作|媒体|通知|公告|公示|动态|資訊|资讯|信息|要闻|快讯|报道|文章|内容|正文"
    r"|详情|详细|显示|页面?|列表|浏览|中心|首页|[-—_>\s]){1,20}"
)
MIN_OWN_SHARE = 0.4  # of what may be the site's name, that the site calls itself
_HYPHEN = (
    r"(?<=[\u4e00-\u9fff）】”！？。…」』])-(?=[\u4e00-\u9fffA-Z]|\d+[\u4e00-\u9fff])"  # in Chinese, without spaces
)
_HYPHENS = r"(?<=[\u4e00-\u9fff）】”！？。…」』])\s*-{2,}\s*"  # in other languages they are a dash
_SPACED = re.compile(rf"\s+[-–—|｜·•«»‹›>~∙⋅─_]+\s+|\s*[|｜»]\s*|{_HYPHENS}|\s+::\s*|{_HYPHEN}")
_SEPARATOR = re.compile(rf"\s+[-–—|｜·•«»‹›>~∙⋅─:]+\s+|\s*[|｜_»]\s*|\s*[—]{{2}}\s*|{_HYPHENS}|\s*::\s*|{_HYPHEN}")
_STOPGAP = re.compile(
    r"index|start|home(?: ?page)?|untitled(?: (?:document|page))?|loading(?:\.{3}|…)?|(?:page )?title|document|default"
    r"|new page|article|news|startseite|accueil|inicio|início|documento sin título|documento senza titolo"
    r"|unbenanntes dokument|document sans (?:nom|titre)|无标题文档|無標題文件|首页|首頁|無題ドキュメント|ホーム"
    r"|главная|\d+",
    re.IGNORECASE,
)
_SITE_WORD = re.compile(r".{0,20}(?:网|網|网站|官网|日报|日報|晚报|新闻|频道|传媒|医院|主页)$")


@dataclass(frozen=True, slots=True)
class Names:
    """What a site is called."""

    told: str  # by the head: what holds it, and little more, is the site's name as well; empty: not told
    shown: frozenset[str]  # bare; what else it is called, there or over the page
    host: str  # bare
    brand: str = ""  # bare; what the host is registered as: `example` of shop.example.org

    @classmethod
    def of(cls, url: str, told: str, shown: Iterable[str] = ()) -> Self:
        """Of the site of a page; empty names are none."""
        named = (bare(part) for text in dict.fromkeys((told, *shown)) for part in (text, *parted(text)))
        return cls(told, frozenset(filter(None, named)), bare_host(url), brand(url))

    def has(self, text: str) -> bool:
        """Whether a text, or a part of a title, is the site's name: without any letter it is nobody's else."""
        said = bare(text)
        if not said or said in self.shown or _SITE_WORD.fullmatch(text):
            return True
        own, host = bare(self.told), self.host
        if own and own in said and len(own) >= MIN_OWN_SHARE * len(said):
            return True
        return bool(host) and said.isascii() and len(said) >= MIN_NAME and (said in host or host in said)

    def has_part(self, text: str) -> bool:
        """Whether what a separator parts from a title is the site's name, a word beside it or not: Example Magazine."""
        said = bare(text)
        is_branded = self.brand in said and len(self.brand) >= max(MIN_NAME, MIN_OWN_SHARE * len(said))
        return is_branded or self.has(text)

    def within(self, claims: Iterable[str]) -> str:
        """The part of a title that is one of the names, for a site that does not tell its own; empty: none is."""
        parts = (part for claim in claims for part in parted(claim))
        return next((one for one in parts if bare(one) in self.shown and not (is_stopgap(one) or is_channel(one))), "")

    def are(self, heading: str) -> bool:
        """Whether a heading is nothing but the site's name."""
        said = bare(heading)
        return said in self.shown or (len(said) >= MIN_NAME and self.host.startswith(said))


def is_stopgap(text: str) -> bool:
    """Whether a text is what programs write where nobody gave a title, or over a site's first page."""
    return bool(_STOPGAP.fullmatch(text))


def is_channel(text: str) -> bool:
    """Whether a text is where on its site a Chinese page stands: 新闻动态."""
    return bool(_CHANNEL.fullmatch(text))


def is_place(claim: str, names: Names) -> bool:
    """Whether a Chinese title says where its page stands, the site beside it, and nothing else: 公司新闻--小河公司."""
    parts = parted(claim)
    rest = [part for part in parts if not is_channel(part)]
    return len(rest) < len(parts) and all(names.has(part) or _OFFICE.search(part) for part in rest)


def parted(text: str) -> list[str]:
    """A title's parts, as separators part them."""
    return [part.strip() for part in _SEPARATOR.split(text)]


def without_tail(text: str) -> str:
    """Without a short part behind the last separator: a site's name, though nothing else on the page says so."""
    if len(_HAN.findall(text)) >= MIN_HAN:
        return _without_channels(text)
    parts = list(_SPACED.finditer(text))
    head, tail = (text[: parts[-1].start()].strip(), text[parts[-1].end() :].strip()) if parts else (text, "")
    is_name = 0 < len(tail) <= min(MAX_TAIL_CHARACTERS, MAX_TAIL_SHARE * len(head)) and len(head) >= MIN_HEAD_CHARACTERS
    return head if is_name else text


def _without_channels(text: str) -> str:
    """A Chinese title without the site's name and the channels before it: 小河变清了_国内_小河新闻."""
    head = text.partition("_")[0].strip()
    if len(head) < MIN_HAN:
        head = text.strip()
    while parts := list(_SPACED.finditer(head)):
        rest, tail = head[: parts[-1].start()].strip(), head[parts[-1].end() :].strip()
        if len(rest) < MIN_HAN or not 0 < len(tail) <= MAX_CHANNEL_SHARE * len(rest):
            break
        if len(tail) > MAX_CHANNEL and not _SITE_WORD.search(tail) and not _OFFICE.search(tail):
            break
        head = rest
    return head


def without_site(claim: str, names: Names, others: Sequence[str]) -> str:
    """A title rid of what stands before or behind a separator, if that is the site's name.

    It is where the site is called so, or where another claim is just the rest.
    """
    if _HAN.search(names.told) and claim.endswith(f" {names.told}"):
        return claim.removesuffix(names.told).strip()
    parts = list(_SEPARATOR.finditer(claim))
    if not parts:
        name, _, rest = claim.partition(": ")
        return rest.strip() if rest.strip() and names.are(name) else claim.strip()
    bare_others = {bare(other) for other in others}
    for cut, keep_head in ((parts[0], False), (parts[-1], True), (parts[0], True)):
        head, tail = claim[: cut.start()].strip(), claim[cut.end() :].strip()
        rest, name = (head, tail) if keep_head else (tail, head)
        if rest and (bare(rest) in bare_others or names.has_part(name)):
            return rest if bare(rest) in bare_others else without_site(rest, names, others)
    return claim.strip()
