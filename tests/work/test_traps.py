"""Traps that only the course of a crawl tells of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.work.traps import MAX_BARREN, MAX_STRANGE, Traps

SITE = "https://news.example.org"
TOKENS = [f"a{n}b{n}c{n}d{n}e{n}" for n in range(40)]


def met(traps: Traps, *targets: str) -> list[str]:
    """For each link "follow", or the kind of trap that it is."""
    return [traps.by_form(SITE + target).partition(":")[0] or "follow" for target in targets]


def gave(traps: Traps, target: str, text: str = "", *, is_named: bool = False) -> None:
    traps.gave(SITE + target, SITE + target, text or f"text of {target}", is_named=is_named)


def test_a_form_is_given_up_once_five_of_its_pages_gave_nothing_and_none_an_article():
    traps = Traps()
    for number in range(MAX_BARREN):
        assert met(traps, f"/view/{number}/page-of-it.html") == ["follow"]
        traps.gave_nothing(f"{SITE}/view/{number}/page-of-it.html")
    assert met(traps, "/view/77/another-one.html", "/view/77/another-one.html?id=1", "/news/77/one.html") == [
        *("barren", "follow", "follow"),
    ]
    assert traps.given_up(f"{SITE}/view/3/waiting.html").startswith("barren: 5 pages of its form")


def test_one_article_keeps_a_form_open_whatever_else_it_gives():
    traps = Traps()
    gave(traps, "/view/1/story.html")
    for number in range(9 * MAX_BARREN):
        traps.gave_nothing(f"{SITE}/view/{number}/story.html")
    assert met(traps, "/view/77/story.html") == ["follow"]


def test_a_form_that_gave_an_article_in_an_earlier_run_is_not_given_up():
    traps = Traps()
    traps.know(["https://news.example/2024/a-river.html"])
    for number in range(9):
        traps.gave_nothing(f"https://news.example/2025/gone-{number}.html")
    assert not traps.given_up("https://news.example/2023/a-bridge.html")
    assert not traps.by_form("https://news.example/2023/a-bridge.html")


def test_a_page_that_has_another_url_each_time_is_found_out_by_its_text():
    traps = Traps()
    for word in ("harbour", "ferry", "tide", "gauge", "weir", "granary"):
        gave(traps, f"/today/{word}", "the same words")
    assert met(traps, "/today/lighthouse", "/other/lighthouse") == ["copies", "follow"]


def test_the_same_article_on_two_hosts_and_two_visits_of_one_url_are_no_copies():
    traps = Traps()
    for number in range(3 * MAX_BARREN):
        traps.gave(f"https://h{number}.example/today/x", f"https://h{number}.example/today/x", "of an agency")
        gave(traps, "/today/story", "words")
    assert met(traps, "/today/lighthouse") == ["follow"]


def test_a_random_token_in_a_path_is_on_trial_until_two_have_given_articles_of_their_own():
    traps = Traps()
    links = [f"/r/{token}/story" for token in TOKENS]
    assert met(traps, *links[:9]) == ["follow"] * MAX_STRANGE + ["token"] * (9 - MAX_STRANGE)
    gave(traps, links[0], "the same")
    gave(traps, links[1], "the same")
    assert met(traps, links[9]) == ["token"]
    real = Traps()
    assert met(real, *links[:2]) == ["follow"] * 2
    gave(real, links[0])
    gave(real, links[1])
    assert met(real, *links[2:9]) == ["follow"] * 2 + ["token"] * 5


def test_a_site_whose_articles_have_tokens_is_followed_where_one_of_them_was_named():
    traps = Traps()
    gave(traps, f"/news/articles/{TOKENS[0]}", is_named=True)
    assert set(met(traps, *(f"/news/articles/{token}" for token in TOKENS))) == {"follow"}


def test_of_random_values_in_a_query_the_first_is_followed_and_none_where_the_page_is_known():
    traps = Traps()
    gave(traps, "/a-story-of-three-words.html")
    assert met(traps, f"/a-story-of-three-words.html?q={TOKENS[1]}") == ["token"]
    assert met(traps, *(f"/another-story.html?q={token}" for token in TOKENS[:3])) == ["follow", "token", "token"]
    assert met(traps, *(f"/view.html?id={token}" for token in TOKENS[:3])) == ["follow"] * 3


def test_words_numbers_and_slugs_are_no_tokens():
    traps = Traps()
    targets = [f"/2024/07/{n}/a-slug-of-year-{n}_{n * 77777}.html" for n in range(30)]
    targets += [f"/en/w45441{n}-covid-19-in-g7-states-b2b" for n in range(10)]
    targets += [f"/新闻/关于{n}个2019年的a股" for n in range(10)]
    assert set(met(traps, *targets)) == {"follow"}


@given(st.lists(st.text(max_size=40) | st.text(max_size=30).map("https://a.example/{}".format), max_size=30))
def test_any_text_is_followed_or_not(urls):
    traps = Traps()
    for url in urls:
        traps.by_url(url)
        traps.by_form(url)
        traps.gave(url, url, url)
        traps.gave_nothing(url)
        traps.given_up(url)
