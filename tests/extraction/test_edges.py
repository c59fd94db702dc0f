"""What stands around the prose is left out, unless that would leave much of the text out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.lines import LONG, TEXT, chosen
from tests.extraction.pages import PROSE


@pytest.mark.parametrize(
    "phrase",
    [
        "Read more",
        "ADVERTISEMENT",
        "4 min read",
        "May 6, 2024",
        "Monday, 6 May 2024 10:30 CET",
        "2024年5月6日 10:30",
        "04. Dezember 2022",
        "Montag, 6. Mai 2024, 10:30 Uhr",
        "Published on: May 6, 2024",
        "Aktualisiert am 6. Mai 2024",
        "Tempo de leitura: 2 minutos",
        "Table of Contents",
        "Contents",
        "目录",
        "Auch interessant",
        "分享让更多人看到",
        "ZOBACZ WIDEO: Rzeka jest czysta. Co za dzień",
        "sexta-feira, 22 de outubro de 2010 às 20:13",
        "Related news",
        "[Related: The ducks are back in the pond]",
        "VEA TAMBIÉN: El río está limpio",
        'Lea aquí: <a href="/rio">El río está limpio</a>',
        'Lea más: <a href="/rio">El río está limpio</a>',
        'Le puede interesar: <a href="/rio">El río está limpio</a>',
        "Siehe auch: Der Fluss ist klar",
        "相关阅读：河水又清了",
        "打开新闻APP",
    ],
)
def test_stock_phrases_are_left_out_wherever_they_stand(phrase: str) -> None:
    for body in (f"<p>{phrase}</p>{TEXT}", TEXT.replace("</p>", f"</p><p>{phrase}</p>", 1), f"{TEXT}<p>{phrase}</p>"):
        assert chosen(f"<article>{body}</article>") == list(LONG)


@pytest.mark.parametrize(
    "phrase",
    [
        "© 2024 The Example",
        "Subscribe to our letters.",
        "By Ann O'Hara",
        "Tags: river, fish",
        "来源：新闻网",
        "本文链接：https://news.example/1",
        "更新于 : 2024-05-06 14:00",
        "Tel: 123",
        "Twelve issues for ten pounds, click here for more",
        "Written by Ann O'Hara",
        "Schlagwörter zu diesem Artikel",
        "ATENÇÃO: Comentários sem nome não serão publicados",
    ],
)
def test_what_ends_a_page_is_left_out_after_the_last_prose_only(phrase: str) -> None:
    assert chosen(f"<article>{TEXT}<p>{phrase}</p></article>") == list(LONG)
    assert phrase in chosen(f"<article>{TEXT}<p>{phrase}</p><p>{LONG[0]}</p></article>")


@pytest.mark.parametrize(
    "label",
    [
        *("6/5/2024 - Publicado por: Ann O - Categoria: Rios", "Tags: river, fish", "By Ann O'Hara"),
        *("By Ann T. O'Hara, Rivers Columnist", "Von Ann O'Hara, Berlin"),
    ],
)
def test_labels_of_a_text_are_left_out_before_its_prose(label: str) -> None:
    assert chosen(f"<article><p>{label}</p>{TEXT}</article>") == list(LONG)


def test_a_line_before_the_prose_that_only_begins_as_a_byline_stays() -> None:
    for line in ("By June, the river had cleared", "By New York, the train had slowed to a crawl"):
        assert chosen(f"<article><p>{line}</p>{TEXT}</article>") == [line, *LONG]


def test_a_link_in_capitals_between_paragraphs_is_a_headline_of_others_and_a_heading_is_none() -> None:
    shouted = "DUCKS ARE BACK IN THE TOWN'S POND"
    link = f'<p><a href="/ducks">{shouted}</a></p>'
    assert chosen(f"<article>{TEXT.replace('</p>', f'</p>{link}', 1)}</article>") == list(LONG)
    for other in (link.replace("p>", "h2>"), link.replace("<a", "said: <a"), link.replace(shouted, shouted.title())):
        kept = chosen(f"<article>{TEXT.replace('</p>', f'</p>{other}', 1)}</article>")
        assert len(kept) == len(LONG) + 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Related fish came back as well.",
        "Watch the ducks!",
        "By Monday the river was clear. Nobody knew why.",
        "Phone calls were made.",
        "You might expect the following list:",
        "责编：王小明",
        "（网编：李四）",
    ],
)
def test_sentences_and_sign_offs_stay(sentence: str) -> None:
    assert sentence in chosen(f"<article>{TEXT}<p>{sentence}</p></article>")


def test_a_heading_that_begins_like_a_stock_phrase_stays() -> None:
    assert "Recommended doses" in chosen(f"<article>{TEXT}<h2>Recommended doses</h2><p>{PROSE[0]}</p></article>")


def test_headings_over_what_is_left_out_at_the_end_go_too() -> None:
    links = "<p><a href='/x'>The other bridge is old</a></p>"
    assert chosen(f"<article>{TEXT}<h2>What do you say?</h2><h3>Rate this</h3>{links}</article>") == list(LONG)


@pytest.mark.parametrize("label", ["<div>River &amp; lakes</div>", '<p><a href="/x">The other bridge is old</a></p>'])
def test_labels_and_links_after_the_last_prose_are_left_out(label: str) -> None:
    text = "".join(f"<div>{one}</div>" for one in LONG)
    assert chosen(f"<article>{text}{label}</article>") == list(LONG)
    assert len(chosen(f"<article>{text}<div>It is clear.</div></article>")) == len(LONG) + 1


def test_short_lines_outside_of_the_box_of_the_prose_are_left_out_and_paragraphs_are_not() -> None:
    lead = f"<p>{PROSE[0]}</p>"
    body = f"<article><div><ul><li>Home</li><li>World</li></ul>{lead}</div><div class='x'>{TEXT}</div></article>"
    assert chosen(body) == [PROSE[0], *LONG]


def test_a_list_in_another_column_is_left_out_though_it_is_a_sixth_of_the_text() -> None:
    most_read = "".join(f"<li>{one}: the mayor measured the river</li>" for one in range(18))
    page = f"<div class='post-content'><div>{TEXT}</div><div><ul>{most_read}</ul></div></div>"
    assert chosen(page) == list(LONG)


def test_an_item_that_says_the_same_four_times_in_a_row_is_a_label_and_a_line_of_a_song_is_none() -> None:
    copy = "<div><ul><li><button></button></li><li><span>Copy the address</span></li></ul></div>"
    kept = chosen(f"<article>{copy}{TEXT}<ul>{f'<li>{copy}</li>' * 4}</ul></article>")
    assert kept == list(LONG)
    song = "<p>And the river runs on</p>" * 4
    assert chosen(f"<article>{TEXT}{song}{TEXT}</article>").count("And the river runs on") == 4
    cells = "<table><tr><td>Yes</td><td>Yes</td><td>Yes</td><td>Yes</td></tr></table>"
    assert chosen(f"<article>{TEXT}{cells}{TEXT}</article>").count("Yes") == 4


def test_a_text_of_short_lines_is_left_alone() -> None:
    dates = [f"<p>May {day}, 2024</p>" for day in range(1, 31)]
    within, behind = f"<article>{TEXT}{''.join(dates)}<p>{LONG[0]} So it was.</p></article>", "".join(dates * 3)
    assert len(chosen(within)) == len(LONG) + 30 + 1
    assert len(chosen(f"<article>{TEXT}{behind}</article>")) == len(LONG) + 90


def test_phrases_behind_the_prose_are_left_out_up_to_a_fifth_of_the_text() -> None:
    phrases = "".join(f"<p>Read more: the news of May {day}</p>" for day in range(1, 11))
    assert chosen(f"<article>{TEXT}{phrases}</article>") == list(LONG)


def test_prose_that_is_a_link_is_a_teaser() -> None:
    teasers = "".join(f"<li><a href='/{one[:9]}'><div><p>{one}</p></div></a></li>" for one in LONG[:4])
    assert chosen(f"<article>{TEXT}<ul>{teasers}</ul></article>") == list(LONG)


@given(st.lists(st.text(alphabet="aB1 .,:©/年月日-\u3002By", max_size=140), max_size=12))
def test_no_text_breaks_the_rules(texts: list[str]) -> None:
    kept = chosen("<article>" + TEXT + "".join(f"<p>{one}</p>" for one in texts) + "</article>")
    assert set(LONG) <= set(kept)
