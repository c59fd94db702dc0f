"""What stands in an article's place is none: it must not become a post, nor the next version of a good one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article, NoArticle
from crawler.extraction import extract
from crawler.extraction.refusals.walls import wall
from tests.extraction.pages import PROSE, URL, article, page, tree

WALLS = [
    ("Just a moment...", "Checking your browser before accessing news.example. This process is automatic."),
    ("news.example", "Verifying you are human. This may take a few seconds."),
    ("Are you a robot?", "We've detected unusual activity from your computer network. Click the box below to go on."),
    ("Pardon Our Interruption", "As you were browsing, something about your browser made us think you were a bot."),
    ("Access Denied", "You don't have permission to access this page on this server. Reference #18.2f3a1b"),
    ("Unavailable", "You are in a country belonging to the European Economic Area, and access cannot be granted."),
    ("Page not found | Valley Courier", "Try the search, or go to the first page, to find what you came for today."),
    ("404 - Not Found", "Whatever was here before is somewhere else, or it was nowhere at all, who knows."),
    ("Valley Courier", "Sorry, the page you are looking for may have been moved, deleted, or renamed."),
    ("Valley Courier", "Sorry, the article you were trying to view is no longer here. Try the search instead."),
    ("We'll be back soon!", "Sorry for the inconvenience. We are performing some maintenance at the moment."),
    ("news.example", "This domain is for sale. Buy it today, the price is fair and the transfer quick and safe."),
    ("Fehler 404", "Die gewünschte Seite konnte leider nicht gefunden werden, versuchen Sie die Suche."),
    ("Le Courrier", "Cette page n'existe pas ou plus. Retournez à l'accueil pour lire nos derniers articles."),
    ("Página no encontrada", "Lo sentimos, no hemos encontrado lo que busca. Vuelva a la portada del periódico."),
    ("Страница не найдена", "Возможно, она была удалена или перенесена. Вернитесь на главную страницу газеты."),
    ("抱歉，您访问的页面不存在", "您要查看的页面可能已被删除、名称已被更改，或者暂时不可用，请返回首页。"),
    ("此内容因违规无法查看", "此内容被投诉且经审核涉嫌侵权，无法查看。接相关投诉，请查看详细内容。"),
    ("提示信息", "抱歉，指定的主题不存在或已被删除或正在被审核，请点击返回上一页或者返回论坛首页。"),
    ("小河网", "该内容已被发布者删除，您可以返回小河网的首页，继续浏览其他内容和文章。"),
    ("安全验证", "您的访问过于频繁，为了保护您的账号和数据安全，请完成下面的操作之后继续访问。"),
    ("お探しのページが見つかりません", "移動または削除された可能性があります。トップページから記事をお探しください。"),
    ("페이지를 찾을 수 없습니다", "요청하신 기사가 삭제되었거나 주소가 변경되었을 수 있습니다. 홈으로 돌아가 주세요."),
]


@pytest.mark.parametrize(("heading", "line"), WALLS)
def test_a_wall_is_no_article_and_says_which(heading: str, line: str) -> None:
    found = extract(page(f"<h1>{heading}</h1><p>{line}</p>", head=f"<title>{heading}</title>"), URL)
    assert isinstance(found, NoArticle)
    assert found.reason.startswith("it stands in an article's place: “")


@pytest.mark.parametrize(("heading", "line"), WALLS)
@pytest.mark.parametrize("dated", ["<meta property='article:published_time' content='2024-05-06'>", ""])
def test_an_article_about_a_wall_is_one(heading: str, line: str, dated: str) -> None:
    said = f"<p>{line}</p>" if dated else "".join(f"<p>{text}</p>" for text in (*PROSE, line, *PROSE))
    html = page(f"<h1>{heading}</h1>{said}", head=f"<title>{heading}</title>{dated}")
    assert isinstance(extract(html, URL), Article)


def test_a_short_article_is_one() -> None:
    for text in PROSE:
        assert isinstance(extract(page(f"<h1>The river is clear</h1><p>{text}</p>"), URL), Article)


def test_a_home_page_of_teasers_is_no_article() -> None:
    cards = "".join(
        f"<div><h3><a href='/2024/05/{n}/a-b-c'>{text[:50]}</a></h3><p>{text}</p></div>"
        for n, text in enumerate(PROSE * 2)
    )
    found = extract(page(f"<h1>Valley Courier</h1>{cards}"), "https://news.example/")
    assert isinstance(found, NoArticle)
    assert found.reason == "a list that shows 10 articles of the site"
    assert isinstance(extract(article(), "https://news.example/"), Article)


@given(st.text(max_size=700))
def test_no_text_breaks_it(text: str) -> None:
    wall(tree("<html><head><title>x</title></head><body><h1></h1></body></html>"), text)


@pytest.mark.parametrize("text", ["请" * 599, "page you " * 60, "requested url " + "x" * 500, "the " * 150])
def test_a_hostile_text_costs_what_its_size_costs(text: str) -> None:
    root = tree(f"<html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>")
    start = time.process_time()
    for _ in range(200):
        wall(root, text)
    assert time.process_time() - start < 2
