"""The golden page: an article as Radio Free Asia's Plone served it, around the body of a post in the seed's shape.

`OWN` is in words of our own; `golden_of` takes the seed's file apart, where the shared folder has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape, unescape
from json import dumps
from zoneinfo import ZoneInfo

from crawler.core import sites

IMAGES = "/@@images/d62e0182-5e40-4b68-a917-0a352bce9bfa.png"
ICON = "https://www.rfa.org/++plone++rfa-resources/img/icon-zoom.png"
SECTION = "https://www.rfa.org/mandarin/golden"


@dataclass(frozen=True, slots=True)
class Golden:
    """What the page says, and so what must come out of it."""

    url: str
    title: str
    body: str  # what stands inside the post's <div>, zoom icon and all
    image: str
    caption: str
    credit: str
    paragraphs: tuple[str, ...]  # plain text, the sign-off last, non-breaking spaces kept
    related: tuple[tuple[str, str], ...]  # URL and text

    @property
    def published(self) -> datetime:
        """What the URL's stamp says."""
        stamp = sites.stamped(self.url)
        assert stamp is not None
        return stamp.astimezone(UTC)


def _plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", markup)).strip(" \n")


def golden_of(url: str, title: str, body: str) -> Golden:
    """The parts of a body in the seed's shape."""
    (image,) = re.findall(r'<img src="([^"]+)" alt=', body)
    (caption,) = re.findall(r'<span class="lead_image_caption">(.*?)</span>', body)
    (credit,) = re.findall(r'<span class="copyright">(.*?)</span>', body)
    related = re.findall(r'<a class="state-published" href="([^"]+)">(.*?)</a>', body)
    return Golden(
        url=url,
        title=title,
        body=body,
        image=image,
        caption=caption,
        credit=credit,
        paragraphs=tuple(map(_plain, re.findall(r"<p>(.*?)</p>", body))),
        related=tuple((link, _plain(text)) for link, text in related),
    )


def golden_of_post(post: str) -> Golden:
    """The parts of a post file in the seed's shape."""
    (url,) = re.findall(r"^from: (.*)$", post, re.MULTILINE)
    (title,) = re.findall(r'^title: "(.*)"$', post, re.MULTILINE)
    return golden_of(url, title, post.partition("<div>\n")[2].rpartition("\n</div>")[0])


def golden_page(golden: Golden, *, structured: bool = True, dated: bool = True) -> str:
    """The page as served. `structured`: JSON-LD and Open Graph in the head; `dated`: the date line under the title."""
    washington = golden.published.astimezone(ZoneInfo("America/New_York"))
    dateline = f'<div id="story_date"><span>{washington:%Y.%m.%d %H:%M} ET</span></div>' if dated else ""
    return _PAGE.format(
        title=escape(golden.title),
        head=_structured(golden) if structured else "",
        dateline=dateline,
        body=golden.body,
        url=golden.url,
        section=SECTION,
    )


def _structured(golden: Golden) -> str:
    title, image = escape(golden.title), golden.image
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": golden.title,
        "datePublished": golden.published.isoformat(),
        "image": [image],
        "publisher": {"@type": "NewsMediaOrganization", "name": "自由亚洲电台"},
        "mainEntityOfPage": golden.url,
    }
    return (
        f'<script type="application/ld+json">{dumps(data, ensure_ascii=False)}</script>\n'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">\n'
        f'<meta property="og:image" content="{image}"><meta property="og:site_name" content="自由亚洲电台">\n'
        f'<meta property="og:url" content="{golden.url}"><link rel="canonical" href="{golden.url}">'
    )


_PAGE = """<!DOCTYPE html>
<html lang="zh-hans" xml:lang="zh-hans">
<head><meta charset="utf-8"><title>{title} — 普通话主页</title>
<meta name="generator" content="Plone - http://plone.com"><meta name="viewport" content="width=device-width">
{head}
<link rel="stylesheet" href="/++plone++rfa-resources/css/rfa.css"><script>var rfa = {{"lang": "man"}};</script>
</head>
<body class="template-story portaltype-story site-mandarin" id="visual-portal-wrapper" dir="ltr">
<div id="topbar"><a href="#content" class="skip">跳至内容</a><form action="/mandarin/search"><input name="q"></form></div>
<ul id="main-nav" class="navbar-nav"><li><a href="/mandarin">主页</a></li><li><a href="/mandarin/yataibaodao">亚太报道</a></li>
<li><a href="/mandarin/zhuanlan">专栏</a></li><li><a href="/mandarin/duomeiti">多媒体</a></li></ul>
<div id="breadcrumbs"><a href="/mandarin">普通话主页</a> | <a href="/mandarin/yataibaodao">亚太报道</a> | <a href="{section}">科教文</a></div>
<div id="content-core" class="row"><div class="col-md-8" id="storycontent">
<h1>{title}</h1>
{dateline}
<div class="sharebar" id="sharelinks"><a href="https://www.facebook.com/sharer.php?u={url}" class="share-facebook">脸书</a>
<a href="https://twitter.com/share?url={url}" class="share-twitter">推特</a><a href="{url}?encoding=simplified" class="print">打印</a>
<img src="/++plone++rfa-resources/img/icon-share.png" width="16" height="16" alt="分享"></div>
<div id="storytext">
{body}
</div>
<div class="tags"><a href="/mandarin/@@search?Subject=kexue">科学</a></div>
<div id="comments" class="discussion"><h3>评论 (2)</h3>
<div class="comment"><span class="commentAuthor">阿花</span><div class="commentBody"><p>我家门口也有这样一条小河，看了文章才明白水为什么会变清，谢谢记者写得这么仔细。</p></div></div>
<div class="comment"><span class="commentAuthor">过路人</span><div class="commentBody"><p>写得不错，不过照片太少了，希望下次能多放几张，也希望多采访几位住在河边的老人。</p></div></div>
<form action="@@add-comment"><textarea name="text"></textarea><button>发表评论</button></form></div>
</div>
<div class="col-md-4 sidebar" id="rightcolumn"><h2>最多人阅读</h2><ul class="mostread">
<li><a href="{section}/deng-06012024101010.html">山里的小学点亮了第一盏太阳能路灯</a></li>
<li><a href="{section}/cha-06022024111111.html">种茶的人说今年春天来得比往年晚了十天</a></li>
<li><a href="{section}/mao-06032024121212.html">图书馆里的猫有了自己的借书证</a></li></ul>
<div class="newsletter"><h2>订阅电子报</h2><form><input type="email"><button>订阅</button></form></div></div></div>
<div id="footer"><p>© 自由亚洲电台 版权所有。未经许可不得转载。</p><ul><li><a href="/about">关于我们</a></li><li><a href="/help">帮助</a></li></ul></div>
</body></html>
"""

_URL = "https://www.rfa.org/mandarin/golden/xiao-he-07262024113840.html"
_TITLE = "一条小河是怎样变清的"
_CAPTION = "2023年7月6日，孩子们在小河边捞鱼。"
_RELATED = (
    f'<ul><li><strong><span class="result-title"> <a class="state-published" href="{SECTION}/ya-07032024134917.html">'
    "野鸭回到了城西的池塘</a> </span></strong></li>"
    f'<li><strong><span class="result-title"><a class="state-published" href="{SECTION}/shu4-05152024141330.html">'
    "两岸要种树　街坊凑出三万元买树苗</a></span></strong></li>"
    f'<li><span class="result-title"><a class="state-published" href="{SECTION}/yu-02222024105621.html"><strong>'
    '鱼苗放流　渔夫："要多但不要急"</strong></a></span></li></ul>'
)
_PARAGRAPHS = (
    "城西有一条不到三公里长的小河，十年前它又黑又臭，住在两岸的人家夏天不敢开窗。今年春天，有人在桥下看见了成群的小鱼，消息传开以后，来看鱼的人一天比一天多。",
    "第一个动手的是退休的自来水工人老周。他每天早晨提着一只桶，沿河走一遍，把漂在水面上的袋子和瓶子捞上来。头一年没有人帮他，邻居都说这是白费力气。",
    "转机出现在第二年。附近小学的自然课老师带着学生来取水样，他们在教室里用最简单的试纸测了酸碱度，又把结果画成一张很长的图，贴在街口的布告栏里。",
    "“孩子们画的图比什么通知都管用，”老周说，“大家一看就明白，水是从哪一段开始变坏的。”",
    "图上最红的一段在菜市场后面。那里的洗菜水和鱼摊的水直接流进河里。市场的商户开了两次会，最后自己出钱，修了一条小水沟，把脏水引到污水管里去。",
    "水干净了一些，但河底的淤泥还在。区里的工程队来看过，估算要清出四千多立方米泥，于是决定分三年，每年冬天水浅的时候清一段。",
    "清出来的泥没有运走很远。农科所化验以后认为可以用来种树，两岸的街坊便凑钱买了树苗，把泥铺在堤上，种了柳树和水杉。",
    "研究湖泊的学者林女士解释说，树根能拦住雨水带来的泥沙，树荫又让水温低一些，“水温低了，水里的氧就多，鱼才待得住。”",
    "她也提醒，小河的流量不大，遇到干旱的年份仍然可能变差。要让它一直清下去，最要紧的是上游的小水库按时放一点水。",
    "如今河边多了一条走道，傍晚有人散步，有人写生。小学的自然课还在每个月取一次水样，图已经换到第七张，红色的一段不见了。",
    "老周仍旧每天早晨出门，只是桶里常常是空的。他说，空着桶回家，是他这些年最高兴的一件事。",
    "责编：青禾&nbsp;&nbsp;&nbsp; 网编：小满",
)


def _own_body() -> str:
    paragraphs = [f"<p>{paragraph}</p>" for paragraph in _PARAGRAPHS]
    gap = " " * 24
    return (
        f'<img src="{_URL}{IMAGES}" alt="{_TITLE}" title="{_TITLE}" height="413" width="620" referrerpolicy="no-referrer">'
        f'{gap}<span class="lead_image_caption">{_CAPTION}</span>{gap}<div id="zoomattribute">{gap}'
        f'<a id="single_image" href="{_URL}/@@images/image/social_media" data-fancybox="" data-caption="{_CAPTION}" '
        f'title="{_CAPTION}">{gap}<img src="{ICON}" referrerpolicy="no-referrer">{gap}</a>{gap}'
        f'<span class="copyright">本台记者摄影</span>{gap}</div> <!-- zoomattribute -->{gap}'
        f"{paragraphs[0]}{_RELATED}{''.join(paragraphs[1:])}"
    )


OWN = golden_of(_URL, _TITLE, _own_body())
