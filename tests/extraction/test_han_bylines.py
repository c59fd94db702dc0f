"""Chinese pages name who wrote them in many forms; who edits, says or photographs is no author."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.about.lines import Lines
from crawler.extraction.about.writers.han_bylines import han_bylines
from tests.extraction.pages import tree

PROSE = "小河变清了，鱼也回来了，镇上的人都很高兴，学校的孩子们常到河边去看。"


def read(body: str) -> tuple[str, ...]:
    page = tree(f"<html><body><h1>一条小河是怎样变清的</h1>{body}<p>{PROSE}</p></body></html>")
    return han_bylines(Lines(page))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("（记者 王小明 通讯员 李大同）", "王小明 李大同"),
        ("（记者王小明 通讯员李大同、张青禾）", "王小明 李大同 张青禾"),
        ("□ 本报记者 王小明 李大同", "王小明 李大同"),
        ("记者王小明 通讯员李大同 报道", "王小明 李大同"),
        ("小河新闻记者王小明报道", "王小明"),
        ("小河网记者 欧阳青禾", "欧阳青禾"),
        ("記者王小明／台北報導", "王小明"),
        ("〔記者王小明／台北報導〕小河變清了。", "王小明"),
        ("记者 王　明 李大同", "王明 李大同"),
        ("（小河社記者王小明河口12日電）小河變清了。", "王小明"),
        ("（小河社記者王小明、李大同新河口5月12日專電）", "王小明 李大同"),
        ("（小河社記者王明河口12日綜合外電）", "王明"),
        ("文丨小河周刊记者 王小明", "王小明"),
        ("撰文｜王小明 编辑｜李大同", "王小明"),
        ("采写：小河报记者 王小明 实习生 李大同", "王小明 李大同"),
        ("2024-05-06 10:20 来源：小河日报 记者：王小明", "王小明"),
        ("作者：王小明/李大同", "王小明 李大同"),
        ("本报评论员 王小明", "王小明"),
        ("编译：王小明", "王小明"),
        ("作者：王小明，小河大学教授", "王小明"),
        ("（作者 王小明 系小河大学教授）", "王小明"),
        ("《小河》作者 王小明", "王小明"),
        ("(文/图 王小明 李大同)", "王小明 李大同"),
        ("（王小明 李大同）", "王小明 李大同"),
        ("（小河日报 王小明）", "王小明"),
        ("王小明/小河青年报", "王小明"),
        ("王小明 ／ 小河網", "王小明"),
        ("首页/小河网", ""),
        ("王小明/李大同", ""),
        (f"小河网北京1月2日电 (王小明){PROSE}", "王小明"),
        (f"本报讯（首席记者王小明）{PROSE}", "王小明"),
    ],
)
def test_reporters_and_correspondents_are_authors(text: str, names: str) -> None:
    assert read(f"<p>{text}</p>") == tuple(names.split())


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("药剂科党支部", "药剂科党支部 王小明 李大同"),
        ("小河街道办", "小河街道办 王小明 李大同"),
        ("张青禾", "张青禾"),
    ],
)
def test_who_wrote_for_an_office_stands_beside_it(who: str, names: str) -> None:
    line = f"<p>来源：本站原创　作者：{who}</p>"
    assert read(f"{line}<p>本站讯（职工通讯员 王小明 李大同）{PROSE}</p>") == tuple(names.split())
    assert read(f"{line}<p>{PROSE}本站讯（职工通讯员 王小明 李大同）</p>") == (who,)


def test_a_latin_name_is_one_name() -> None:
    assert read("<p>作者：Tom Riverside</p>") == ("Tom Riverside",)


@pytest.mark.parametrize(
    "text",
    [
        "责任编辑：李大同",
        "（责编：李大同、张青禾）",
        "编辑 | 李大同",
        "（小河社记者 王小明 摄）",
        "记者从小河镇政府获悉，小河变清了。",
        "记者们都说小河变清了",
        "记者昨日获悉",
        "本报记者很高兴",
        "记者高兴地说",
        "小河网北京1月2日电 (小河镇)鱼也回来了。",
        "来源：小河日报",
        "（作者单位：小河大学）",
        "作者：未知 责任编辑：李大同",
        "作者 王小明在河边住了二十年，每天都去看那里的鱼。",
        "（小河镇）",
        "（周三）",
    ],
)
def test_nobody_is_no_author(text: str) -> None:
    assert read(f"<p>{text}</p>") == ()


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<span>作者：</span><span>王小明</span><span>分享</span>", "王小明"),
        ("<span>作者：</span><a>王小明</a>、<a>李大同</a><i>分享</i>", "王小明 李大同"),
        ("<span>作者：</span><a>王小明</a><b>、</b><a>李大同</a><i>分享</i>", "王小明 李大同"),
        ("<span>来源：</span><span>小河日报</span><span>记者</span><span>王小明</span>", "王小明"),
        ("（记者 <a>王小明</a>）", "王小明"),
        ("<span>8条评论</span>| 作者<span>王小明</span>", "王小明"),
        ("<span>拉黑作者</span><span>小河边</span>", ""),
    ],
)
def test_a_label_and_its_names_may_stand_in_elements_of_their_own(markup: str, names: str) -> None:
    assert read(f"<div>{markup}</div>") == tuple(names.split())


@given(st.text(alphabet=st.sampled_from("作者记者通讯员：/｜（）王小明、 和报道电1月a.<b>"), max_size=90))
def test_no_text_breaks_it(text: str) -> None:
    read(f"<p>{text}</p>")


@pytest.mark.parametrize(
    "text", ["记者" * 900, "作者：" + "王 " * 900, "（记者" + "王小明、" * 400, "作" + " " * 1900, " " * 1900 + "作者"]
)
def test_a_hostile_page_costs_what_its_size_costs(text: str) -> None:
    start = time.process_time()
    read(f"<p>{text}</p>" * 2_000)
    assert time.process_time() - start < 4
