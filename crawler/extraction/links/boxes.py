"""Boxes of related articles anywhere on a page: by what the page calls them, or by the line above their links."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from crawler.extraction.tree import MAX_NAMES, names, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MAX_BOXES = 20  # a page of thousands is a list
MAX_HEADINGS = 200  # that are looked at
MAX_HEADING_CHARACTERS = 40
MAX_BESIDE = 12  # elements under a heading: it may stand over paragraphs of one link each
MAX_UP = 4  # elements that hold a heading alone
MAX_COUNTED, MAX_COUNTED_CHARACTERS = 200, 10_000  # links of a box, and what stands in it
MIN_LINKED = 0.25  # of a box's characters: teasers have a summary, a date and an author
_BOXES = frozenset({"div", "section", "aside", "ul", "ol", "nav"})
_HEADINGS = frozenset(
    {"h2", "h3", "h4", "h5", "h6", "strong", "b", "p", "div", "span", "header", "legend", "dt", "summary"}
)
_NAMED = re.compile(
    r"re(?:lated|ad-?(?:more|also|next)|circ|lacionad)|see-?also|also-?(?:read|like|on)|further-?reading|siblings"
    r"|m(?:ore-?(?:on|news|stories)|ehr-?zum)|l(?:ire-?aussi|ees-?ook)|correlat|terkait|baca-?juga|xiangguan|yanshen"
    r"|相关|延伸阅读|関連"
)
_NOT_NAMED = re.compile(r"(?:un|inter)related|related-?(?:tag|topic|keyword|product|video)|comment")
_WORDS = (
    r"related\b|read (?:more|also|next)|also (?:read|on|in)\b|see also|further reading|keep reading",
    r"more (?:on|from|about|like|in|stories|news|articles|reading)|recommended\b|explore more|up next",
    r"you (?:may|might) (?:also )?(?:like|be)|what to read next|similar (?:posts|articles|stories|news)",
    r"(?:next|previous) (?:article|post|story)",
    r"lesen sie (?:auch|mehr)|mehr zu(?:m| diesem) thema|mehr dazu|zum thema|weitere artikel|verwandte|das könnte sie",
    r"ähnliche|auch interessant|passend dazu|empfohlen",
    r"(?:à )?lire (?:aussi|plus)|(?:sur le même|dans le même) (?:sujet|thème)|dans la même rubrique",
    r"articles? (?:liés|similaires)|voir aussi|pour aller plus loin|vous aimerez|recommandé pour vous",
    r"lees (?:ook|meer)|gerelateerd|meer over|aanbevolen",
    r"le(?:a|er|e) (?:también|aquí)|lea(?: más)?:|(?:también )?(?:te|le) (?:puede|podría) interesar",
    r"(?:noticias|artículos) relacionad|relacionad[oa]s|más sobre",
    r"le recomendamos|llegeix també|notícies relacionades",
    r"leggi anche|vedi anche|articoli correlati|altri articoli|(?:ti )?potrebbe(?:ro)? (?:anche )?interessar",
    r"(?:leia|veja) (?:também|mais)|saiba mais|(?:notícias|artigos) relacionad|você (?:também )?pode gostar",
    r"(?:prze)?czytaj (?:także|też|więcej)|zobacz (?:też|także)|polecamy|powiązane",
    r"[iİ]̇?lgili haberler|benzer haberler|bunlar da ilginizi|läs (?:också|mer)|relater(?:ade|ede)\b|relaterte\b",
    r"les også|читайте также|читать также|(?:ещё )?по теме|похожие|материалы по теме|вам может быть|рекомендуем",
    r"baca juga|simak juga|(?:berita|artikel) (?:terkait|berkaitan)|tin liên quan|bài viết liên quan|xem thêm|đọc thêm",
    r"có thể bạn quan tâm|čtěte také|čítajte aj|súvisiace|související|mohlo by vás|kapcsolódó|olvassa el",
    r"citește și|articole similare|lue myös|aiheeseen liittyvää|lisää aiheesta|læs (?:også|mere)|les mer",
    r"διαβάστε επίσης|σχετικά άρθρα|още по темата|свързани|pročitajte (?:i|još)|povezan[ie]\b|preberite tudi",
    r"читайте також|схожі новини|за темою|loe ka\b|lasi arī|taip pat skaitykite|basahin din|soma pia",
    r"اقرأ أيض|(?:مواضيع|أخبار) ذات صلة|قد يعجبك|(?:مطالب|اخبار) مرتبط|بیشتر بخوانید|مزید پڑھیں",
    r"כתבות נוספות|אולי יעניין|קראו עוד|संबंधित|ये भी पढ़ें|और पढ़ें|আরও পড়ুন|தொடர்புடைய|ข่าวที่เกี่ยวข้อง|อ่านเพิ่มเติม",
    r"相关|相關|延伸|更多|看更多|推荐阅读|推薦閱讀|为你推荐|為你推薦|(?:您|你)可能|猜你喜欢|猜你喜歡|(?:上|下)一篇",
    r"関連|あわせて読|こちらもおすすめ|おすすめ記事|次に読む|この記事を読んだ人|관련|함께 보면|이 기사를 본|추천 기사",
)
_HEADING = re.compile("|".join(_WORDS), re.IGNORECASE)
# Two letters that one of them begins with: of ten short lines seven do not, and the words cost ten times as much.
_LETTERS = (
    "re|al|se|fu|ke|mo|yo|le|me|zu|we|ve|da|li|à |su|ar|ge|te|no|má|ma|cz|zo|il|lä|чи|ещ|по|ма|ba|be|ti|xe|čt|so"
    "|ka|ci|lu|læ|δι|اق|مو|相关|相關|延伸|更多|推荐|推薦|您可|你可|関連|あわ|관련|ex|up|wh|si|ne|pr|äh|au|pa|em"
    "|vo|aa|ta|ll|po|sa|i̇|i̇l|sú|bu|ва|ре|bà|đọ|có|čí|ol|ai|σχ|ощ|св|сх|за|lo|la|أخ|قد|مط|اخ|بی|مز|כת|או|קר|सं|ये"
    "|और|আর|தொ|ข่|อ่|看更|为你|為你|猜你|上一|下一|こち|おす|次に|この|함께|이 |추천"
)
_BEGINNINGS = frozenset(_LETTERS.split("|"))


def boxes(page: _Element) -> list[_Element]:
    """The outermost of them, in the page's order; none in navigation, head or foot of the page."""
    found: dict[_Element, None] = {}
    named, headings = _picked(page)
    for box in chain(named, chain.from_iterable(map(_under, headings))):
        above = list(box.iterancestors())
        # The text last: boxes stand in boxes of the same name, and each look at it costs what stands in it.
        if not any(up in found for up in above) and not _is_outside(above) and _leads(box):
            found.setdefault(box)
        if len(found) == MAX_BOXES:
            break
    return list(found)


def _is_outside(above: list[_Element]) -> bool:
    """Whether something stands in navigation, or in head or foot of the page; an article may have a foot of its own."""
    tags = [up.tag for up in above]
    if "nav" in tags:
        return True
    edge = max((place for place, tag in enumerate(tags) if tag in {"header", "footer"}), default=-1)
    return edge >= 0 and not {"article", "main"}.intersection(tags[edge:])


def _picked(page: _Element) -> tuple[list[_Element], list[_Element]]:
    """The boxes that are called so and the headings that say so, in one walk: most of what each costs is the way."""
    named: list[_Element] = []
    headings: list[_Element] = []
    for one in page.iter(*_BOXES, *_HEADINGS):
        tag = one.tag
        if tag in _BOXES and _is_named(one):
            named.append(one)
        if tag in _HEADINGS and len(headings) < MAX_HEADINGS and _is_heading(one):
            headings.append(one)
    return named, headings


def _is_named(box: _Element) -> bool:
    class_, id_ = box.get(b"class"), box.get(b"id")  # as `names` does
    is_one = (class_ and _says_so(class_[:MAX_NAMES])) or (id_ and _says_so(id_[:MAX_NAMES]))
    return bool(is_one) and not _NOT_NAMED.search(names(box))


def _is_heading(one: _Element) -> bool:
    text = one.text  # of half of them there is none, and most others only indent what stands in them
    return text is not None and 0 < len(said := text.strip()) <= MAX_HEADING_CHARACTERS and says_more(said)


@lru_cache(maxsize=4096)  # asked of each alone: elements share classes
def _says_so(name: str) -> bool:
    return bool(_NAMED.search(name.lower()))


def says_more(line: str) -> bool:
    """Whether a line begins as those over links to further articles do."""
    return line[:2].lower() in _BEGINNINGS and _begins(line)


@lru_cache(maxsize=1024)  # a list says "Read more" many times
def _begins(line: str) -> bool:
    return bool(_HEADING.match(line))


def _under(heading: _Element) -> Iterator[_Element]:
    """What a heading stands over: the links that follow in its own line, or the elements after it that hold links."""
    if heading.find(".//a[@href]") is not None:
        if _leads(heading):
            yield heading
        return
    above: _Element | None = heading
    for _ in range(MAX_UP):
        if above is None or above.getnext() is not None or (above.tail or "").strip():
            break
        above = above.getparent()
    for _, beside in zip(range(MAX_BESIDE), () if above is None else above.itersiblings(), strict=False):
        if not _leads(beside):
            return
        yield beside


def _leads(box: _Element) -> bool:
    """Whether much of what stands in an element are links; of more than `MAX_COUNTED`, the first count."""
    links = [len(text_of(link)) for link in islice(box.iter("a"), MAX_COUNTED) if link.get("href")]
    return bool(links) and sum(links) >= MIN_LINKED * min(len(text_of(box)), MAX_COUNTED_CHARACTERS)
