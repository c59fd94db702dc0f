"""What a server sends in place of an article, with a page's status: checks for robots, errors, doors, domains for sale.

Kept, it would be a post, and the next version of one that was good.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.body.text.line import said
from crawler.extraction.refusals.named import names

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_WALL = 600  # characters of Latin text that say as much; an article about walls says more
MAX_FIRST = 200  # characters of the text that are read
# In a heading or the first words: nobody says so but a machine, of the page itself.
_PHRASES = (
    r"checking (?:if the site connection is secure|your browser before)|verify(?:ing)? (?:that )?you are (?:a )?human",
    r"(?:confirm|sure|verify) (?:that )?you(?:['’]|\sa)?re (?:a human|human|not a (?:ro)?bot)|are you a robot",
    r"unusual (?:activity|traffic) from your|pardon our interruption|ddos protection by",
    r"enable javascript and cookies to continue|enable javascript to (?:run|use|view)",
    r"javascript is (?:disabled|required)|you (?:don['’]t|do not) have permission to (?:access|view)",
    r"access to this page has been denied",
    r"your (?:request|access|ip(?: address)?) (?:has been|was|is) (?:blocked|denied)",
    r"not available in your (?:country|region|location)|country belonging to the european economic area",
    (
        r"(?:page|article|story|content|url|link) (?:that )?you(?:['’](?:re|ve)| are| were| have)? "
        r"(?:requested|looking for|(?:trying|tried) to (?:reach|access|view))"
    ),
    r"requested (?:url|page|resource) (?:\S{1,200} )?(?:was|could|can) ?not (?:be )?found",
    r"this page (?:doesn['’]t|does not) exist|you are being redirected",
    r"redirected to (?:your|the) requested (?:content|page)",
    r"this domain (?:name )?(?:is|may be) for sale|buy this domain|domain (?:has expired|is parked)",
    r"error establishing a database connection|we['’]ll be back (?:soon|shortly|online)|back online shortly",
    r"performing (?:some )?(?:scheduled )?maintenance|(?:site|website) is (?:down for|under(?:going)?) maintenance",
    r"seite (?:konnte |wurde )?(?:leider )?nicht gefunden|page (?:est )?introuvable|cette page n['’]existe",
    r"página (?:que (?:busca|está buscando|procura)|no (?:existe|encontrada|se encuentra)|não (?:existe|encontrada))",
    r"pagina (?:non trovata|niet gevonden)|strona nie (?:istnieje|została znaleziona)",
    r"страниц[аы] не (?:найдена|существует)|sayfa bulunamadı|halaman tidak ditemukan|không tìm thấy trang",
    r"الصفحة غير موجودة|ページが(?:見つかりません|存在しません)|お探しのページ|アクセスが拒否",
    r"페이지를 찾을 수 없습니다|존재하지 않는 (?:페이지|기사)|页面不存在|頁面不存在|该(?:内容|文章)不存在",
    r"找不到(?:该|您|此|這|这)?.{0,8}(?:页面|頁面|网页|網頁|内容|文章)|页面(?:走丢|找不到|已删除|未找到)",
    r"(?:内容|文章|帖子|主题|页面)(?:已被|已经被|已)(?:发布者|作者|管理员)?(?:删除|下线|移除|屏蔽)",
    r"此内容被投诉|因违规无法查看|涉嫌违反.{0,20}(?:无法|停止)查看|该公众号已迁移|此账号已被屏蔽",
    r"(?:请|請)(?:完成|进行|進行)?.{0,6}(?:安全验证|人机验证|人機驗證|滑动验证)|访问(?:过于|太)频繁",
    r"您的访问.{0,10}(?:异常|被拒绝|被拦截)|当前环境异常|请在微信客户端打开",
    r"(?:网站|系统)(?:正在)?(?:维护|升级)中|正在(?:跳转|为您跳转)|域名(?:出售|转让)",
)
_STATES = (
    r"error|not found|forbidden|page not found|gone|bad gateway|service unavailable|internal server error"
    r"|gateway time-?out|too many requests|(?:页面|頁面).{0,8}"
)
# The whole of a heading.
_TITLES = (
    rf"(?:error |fehler |erreur )?(?:403|404|410|429|451|500|502|503|504)(?:[\s:–—-]{{1,3}}(?:{_STATES}))?",
    r"(?:page|article|content|document|file) (?:is )?(?:not found|unavailable|removed|deleted)|not found|forbidden",
    r"access denied|just a moment\.{0,3}|attention required!?|one more step|security check|robot check",
    r"(?:bot|human) verification|service (?:temporarily )?unavailable|temporarily unavailable|bad gateway",
    r"internal server error|site maintenance|under (?:construction|maintenance)|request blocked",
    r"redirecting(?:\.{3}|…)?|unavailable|oops!?|whoops!?|seite nicht gefunden|page introuvable",
    r"找不到页面|页面不存在|出错了|安全验证|系统提示|提示信息",
)
_SAYS = re.compile("|".join(_PHRASES), re.IGNORECASE)
_IS = re.compile("|".join(_TITLES), re.IGNORECASE)
_SITE = re.compile(r"\s+[-–—|·]\s+")


def wall(page: _Element, text: str) -> str:
    """What a page says instead of an article, as it says it; empty: it may be one."""
    if said(text[: 2 * MAX_WALL]) > MAX_WALL:
        return ""
    headings = list(names(page, "title", "h1", "h2"))
    for heading in headings:
        name = _SITE.split(heading, maxsplit=1)[0].strip(" .!。！")
        if _IS.fullmatch(name) or _IS.fullmatch(heading):
            return heading
    found = next(filter(None, map(_SAYS.search, [*headings, text[:MAX_FIRST]])), None)
    return found[0] if found else ""
