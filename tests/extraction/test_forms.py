"""A page that is there to be filled in is no article; one with a form beside its text is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article, NoArticle
from crawler.extraction import extract
from crawler.extraction.refusals.addresses import is_account
from tests.extraction.pages import PROSE, article, page

SHORT = f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>"
ACCOUNTS = [
    "https://news.example/login",
    "https://news.example/user/register",
    "https://news.example/customer/account/login/",
    "https://news.example/wp-login.php?action=lostpassword",
    "https://news.example/member.php?mode=register",
    "https://news.example/users/sign_in",
    "https://news.example/auth/forgot-password.aspx",
    "https://news.example/createaccount",
    "https://news.example/de/anmelden.html",
    "https://news.example/mot-de-passe-oublie",
    "https://news.example/zhuce.html",
    "https://news.example/password/reset",
    "https://news.example/index.php?task=login",
]
ARTICLES = [
    "https://news.example/2024/05/how-to-reset-your-password",
    "https://news.example/tech/register-your-drone-before-may",
    "https://news.example/2024/account-of-a-journey",
    "https://news.example/logistics",
    "https://news.example/authors/4",
    "https://news.example/identification/mushrooms-of-the-forest",
    "https://news.example/join/the-harbour-choir",
    "https://news.example/?tag=login",
    "https://theregister.example/2024/05/06/story/",
    "https://news.example/",
]


@pytest.mark.parametrize("url", ACCOUNTS)
def test_an_accounts_page_is_told_by_its_address(url: str) -> None:
    rules = "".join(f"<p>{text}</p>" for text in PROSE * 4)
    found = extract(page(f"<h1>Welcome</h1>{rules}<form><input type=email name=a></form>"), url)
    assert isinstance(found, NoArticle)
    assert found.reason == "a form for an account, as its address says"
    beside = "<div class='search'><input name=q></div><form class='newsletter'><input type=email name=e></form>"
    long = [f"<p>{line}</p>" for line in PROSE * 3]  # as an encyclopedia's page on what it is
    assert isinstance(extract(article(beside, *long), url), Article)


@pytest.mark.parametrize("url", ARTICLES)
def test_an_articles_address_is_none_of_an_account(url: str) -> None:
    assert not is_account(url)


CONTACT = "https://news.example/contact"
FORMS = {
    "a form of 3 fields": "<form><input name=a><input type=tel name=b><textarea name=c></textarea></form>",
    "a form that asks for a password": "<form><input type=hidden name=t><input type=password name=a></form>",
}


@pytest.mark.parametrize("reason", FORMS)
def test_a_form_with_hardly_any_text_is_no_article(reason: str) -> None:
    found = extract(page(f"<h1>Write to us</h1><p>{PROSE[0]}</p>{FORMS[reason]}<p>{PROSE[1]}</p>"), CONTACT)
    assert isinstance(found, NoArticle)
    assert found.reason.startswith(reason)


@pytest.mark.parametrize("form", FORMS.values())
@pytest.mark.parametrize(
    "html",
    [
        "<h1>The river</h1>{0}<p>" + "</p><p>".join(PROSE * 3) + "</p>",
        f"<h1>The river</h1>{SHORT}<div class='comment-respond'>{{0}}</div>",
        f"<time datetime='2024-05-06'>6 May 2024</time><h1>The river</h1><p>{PROSE[0]}</p>{{0}}<p>{PROSE[1]}</p>",
    ],
    ids=["long", "below", "dated"],
)
def test_an_article_with_a_form_is_one(html: str, form: str) -> None:
    assert isinstance(extract(page(html.format(form)), CONTACT), Article)


def test_fields_for_a_comment_a_letter_or_a_search_are_not_the_pages() -> None:
    for name in ("comments", "newsletter-box", "search", "reply"):
        fields = f"<div class={name}><input name=a><input name=b><textarea></textarea></div>"
        assert isinstance(extract(page(f"<h1>River</h1><p>{PROSE[0]}</p>{fields}<p>{PROSE[1]}</p>"), CONTACT), Article)


def test_what_stands_in_menus_and_fields_is_no_article() -> None:
    options = "".join(f"<option>Things of the kind {number}</option>" for number in range(60))
    found = extract(page(f"<select>{options}</select><p>Choose one.</p>"), "https://shop.example/things")
    assert isinstance(found, NoArticle)
    assert found.reason == "most of its text stands in menus, forms and other places of no article"


@given(st.text(max_size=300))
def test_no_address_breaks_it(text: str) -> None:
    is_account(text)
    is_account(f"https://news.example/{text}")


@pytest.mark.parametrize("text", ["my" * 100, "login" * 40, "sign" * 10, "a=login&" * 5_000, "/login" * 20_000])
def test_a_hostile_address_costs_what_its_size_costs(text: str) -> None:
    started = time.process_time()
    is_account(f"https://news.example/{text}?{text}")
    assert time.process_time() - started < 1
