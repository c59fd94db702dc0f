"""What the programs that Chinese sites run on say of an article is read whole: title, day, authors."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.extraction.about.metadata import metadata
from tests.extraction.pages import tree

TITLE = "一条小河是怎样在十年里变清的"
PROSE = f"<p>　　{'小河变清了，鱼也回来了，镇上的人都很高兴，学校的孩子们常到河边去看。' * 3}</p>"
TIME = "2024-05-06 10:20"

# head, what stands before the text, what stands behind it, the authors
PAGES = {
    "a portal's columns": (
        f"<title>{TITLE}_小河新闻_小河网</title>",
        (
            f"<div class='place'>当前位置: <a href='/'>主页</a> &gt;</div><div class='title'><h2>{TITLE}</h2></div>"
            f"<div class='info'><small>时间:</small>{TIME}<small>来源:</small>小河日报 <small>作者:</small>王小明<small>点击:</small>9次</div>"
        ),
        "",
        ["王小明"],
    ),
    "a forum": (
        f"<title>{TITLE} - 小河论坛 - Powered by a forum!</title>",
        (
            f"<a href='home.php?mod=space&amp;uid=12'>河边的人</a><h1><span>{TITLE}</span></h1>"
            f"<em>发表于 2024-5-6 10:20:30</em><a href='x'>只看该作者</a>"
        ),
        "",
        ["河边的人"],
    ),
    "a government": (
        (
            f"<title>{TITLE}_小河市人民政府</title><meta name='PubDate' content='{TIME}'>"
            "<meta name='Author' content='小河市人民政府办公室'>"
        ),
        f"<div class='xl_tit'>{TITLE}</div><span>发布时间：{TIME}</span><span>来源：小河日报</span><span>浏览次数：9</span>",
        "",
        ["小河市人民政府办公室"],
    ),
    "a newspaper": (
        f"<title>{TITLE}--小河--小河网</title><meta name='publishdate' content='2024-05-06'><meta name='author' content='106000'>",
        f"<h1>{TITLE}</h1><div class='author'>本报记者  王小明  李大同</div><div>2024年05月06日10:20 | 来源：小河日报</div>",
        "<div class='edit'>(责编：张青禾、赵方)</div>",
        ["王小明", "李大同"],
    ),
    "an agency": (
        f"<title>{TITLE}-小河网</title><meta name='publishdate' content='2024-05-06'>",
        f"<h1>{TITLE}</h1><p>来源：小河网</p><p>　　小河社北京5月6日电（记者王小明、李大同）小河变清了。</p>",
        "<div>【责任编辑:张青禾 】</div>",
        ["王小明", "李大同"],
    ),
    "a page of tables": (
        f"<title>{TITLE}</title>",
        (
            f"<table><tr><td><font size=5><b>{TITLE}</b></font></td></tr>"
            "<tr><td>小河网 &nbsp; 2024年5月6日 10:20 &nbsp; 来源：小河日报 &nbsp; 作者：王小明</td></tr></table>"
        ),
        "",
        ["王小明"],
    ),
    "a business magazine": (
        f"<title>{TITLE}-36河</title>",
        f"<h1>{TITLE}</h1><a href='/user/123'>河边的人</a><span>·2024年05月06日 10:20</span><p>文｜王小明</p><p>编辑｜李大同</p>",
        "",
        ["王小明"],
    ),
    "a platform": (
        f"<title>{TITLE}-小河头条</title>",
        f"<h1>{TITLE}</h1><span>原创</span><span>{TIME}</span><a href='/c/user/abc/'>河边的人</a>",
        "",
        ["河边的人"],
    ),
    "a daily of Taiwan": (
        f"<title>{TITLE} - 生活 - 自由小河電子報</title><meta name='author' content='自由小河報'>",
        f"<h1>{TITLE}</h1><span>2024/05/06 10:20</span><p>〔記者王小明／台北報導〕小河變清了。</p>",
        "",
        ["王小明"],
    ),
    "a university": (
        f"<title>{TITLE}-小河大学新闻网</title>",
        f"<h1>{TITLE}</h1><span>发布者：李大同</span><span>发布时间：2024-05-06</span>",
        "<p>（文/王小明 图/赵方）</p>",
        ["王小明"],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_its_title_day_and_authors(name: str) -> None:
    head, before, behind, authors = PAGES[name]
    menu = "<div class='nav'><a href='/'>首页</a><a href='/user/login'>登录</a></div>"
    footer = "<div class='footer'>版权所有 小河网 2010-2024 联系人：王编辑</div>"
    root = tree(f"<html lang='zh'><head>{head}</head><body>{menu}{before}{PROSE}{behind}{footer}</body></html>")
    found = metadata(root, "https://www.xiaohe.example/a/123.html")
    assert found.title == TITLE
    assert found.published is not None
    assert found.published.date() == date(2024, 5, 6)
    assert list(found.authors) == authors
