"""What an article is about, in the site's words: the tags it shows its readers, else the keywords of its head."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.about.parts import leading
from crawler.extraction.about.subjects.keywords import keywords
from crawler.extraction.about.subjects.no_tags import is_amid, is_within, stands_elsewhere
from crawler.extraction.about.subjects.tag_labels import labelled
from crawler.extraction.tree import names, pieces, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

# 213 pages of two sets and of two halves of the sites each (2026-11-26), micro F1 of the tags: .708 and .718, .244 and
# .616 with article:tag, JSON-LD and keywords in turn; .757 and .801, .772 and .802 with the tags in sight first, then
# JSON-LD, and article:tag last. To count the votes of sources gave .708 and .805, .729 and .798. All pages: .764 and
# .801; .797 and .808 with menus inside an article, and links that are called tags where nothing else says any (asked
# before the head's keywords: .777 and .767). Of one set alone .814 and .801; .828 and .807 with the shorter of two
# sources that agree; .831 and .813 with the last part of a path; .835 and .816 without links of the page's footer;
# .850 and .816 without keywords that name the site in three ways; .896 and .843 became .905 and .842 with dc.subject.
# .8533 became .8656 on one of four quarters of the sites with `no_tags` as it is and no numbers (2026-11-27); of 36
# pages of all sets that read otherwise, twelve lost the words of a sentence, and none a tag, where they were looked at.
MAX_TAGS = 50
MAX_CHARACTERS = 60  # of a tag; longer ones are headlines
MAX_SHOWN = 25  # in one box; more are a cloud of the whole site's
MAX_LOOSE = 15  # links to tags in no box
MAX_LINKS = 5_000  # of a page
MAX_CHOSEN = 4  # sources that may be shorter and better: article:tag is not one (.831 and .813; .825 and .796)
MIN_CHOSEN = 2  # tags of such a source
MIN_SHARED = 0.6  # of them; .5 to .8 give the same (2026-11-26)
_BOXES, _CLIMB, _ELEMENTS = 3, 6, 10
_PAGE = re.compile(
    r"/(?:tags?|topics?|themen?|keywords?|schlagw\w*|etiquetas?|temas?|hashtags?|stichwort\w*|mots?-?cles?|labels?"
    r"|dossiers?|konu|etiket(?:ler|ter|t|a|y|i)?|sujets?|argoment[io]|emner?|temaer|aiheet|aihe|avainsana"
    r"|onderwerp(?:en)?|trefwoord(?:en)?|temat|tagi|topik|tu-khoa|chu-de|kata-kunci|biaoqian"
    r"|subjects?)[/=][^/?#&\0]"
)
_ASKED = re.compile(r"tag=(?<=[?&]tag=)(?![\w-]{1,40}-2\d(?:[&#\0]|$))[^&#\0]")  # that is who sent a buyer to Amazon
_BOX = re.compile(
    r"(?:^|[\s_-])(?:post|entry|article|story|content|news|blog)?[-_]*(?:tag(?:s|ged)?|topics?|keywords?|schlagw(?:ort|orte|örter)|themen"
    r"|etiquetas|temas|hashtags?|labels|mots?[-_]?cl[eé]s|tagi|etiketler|argomenti|onderwerpen|biaoqian)(?:[-_]*(?:list|links?|container|wrapper|box|items?|cloud|block|bar|group))?"
    r"(?:$|[\s_]|-(?<!\stag-)(?<!^tag-))"  # WordPress calls the whole post `tag-rivers`
)
# One of them stands in whatever it matches; to look for them takes a quarter of its time.
_IN_BOX = ("tag", "topic", "keyword", "schlagw", "themen", "label", "eti", "temas", "mot", "argom", "onderw", "biaoq")
_NONE = frozenset(["more", "more tags", "all tags", "all topics", "see all", "show more", "zur startseite", "mehr"])
_AUTHOR = re.compile(r"/(?:authors?|autor(?:en)?|auteurs?)/[^/]")
_COUNT = re.compile(r"\(?\d{1,6}\)?")  # of what else has the tag


def tags(
    root: _Element, links: Sequence[_Element], said: Iterable[Sequence[str]], site: str, title: str, *, url: str
) -> tuple[str, ...]:
    """The tags, each once.

    `links` are those of the page, which is at `url`; `said` the keywords of each source in its head, the best first; a
    text may hold several.
    """
    links = links[:MAX_LINKS]
    marked = [link for link in links if (rel := link.get("rel")) and "tag" in rel.split() and not _is_category(link)]
    if found := _unique(map(_text, [one for one in marked if not stands_elsewhere(one)] or marked)):
        return found
    pages = [link for link in leading(links, _PAGE, _ASKED) if not (stands_elsewhere(link) or is_within(link, url))]
    said = list(said)
    if found := _boxed(pages):
        return _whole(found, said)
    if found := _head([_unique(keywords(source, site, title)) for source in said]):
        return found
    loose = _unique(map(_text, pages))
    if len(loose) <= MAX_LOOSE:  # more are the parts of a site that is called after topics
        loose = _unique(map(_text, (page for page in pages if not is_amid(page))))
    for last in (lambda: labelled(root, stands_elsewhere), lambda: _called(links)):
        if 0 < len(loose) <= MAX_LOOSE:
            break
        loose = _unique(map(_text, last()))  # these cost most
    return loose if len(loose) <= MAX_LOOSE else ()


def _whole(shown: tuple[str, ...], said: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What the head says where a page shows the first of its tags alone, as Ghost does."""
    if len(shown) > 1:
        return shown
    sources = (_unique(source) for source in said if len(source) > 1)
    first = shown[0].casefold()
    return next((source for source in sources if first in map(str.casefold, source)), shown)


def _head(sources: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The first source that says any; a shorter one behind it that says mostly the same is what an editor chose."""
    best = next(filter(None, sources), ())
    for other in sources[:MAX_CHOSEN]:
        if MIN_CHOSEN <= len(other) < len(best):
            both = {tag.casefold() for tag in best} & {tag.casefold() for tag in other}
            if len(both) >= MIN_SHARED * len(other):
                best = other
    return best


def _called(links: Sequence[_Element]) -> Iterator[_Element]:
    """The links that are called after tags themselves, or stand in what is, or hold what is."""
    boxes: dict[_Element | None, bool] = {None: False}
    for link in links:
        up = link.getparent()
        if up not in boxes:
            boxes[up] = up is not None and _is_box(up)
        is_called = boxes[up] or _is_box(link) or (len(link) > 0 and _is_box(link[0]))
        if is_called and not link.get("href", "#").startswith("#") and not stands_elsewhere(link):
            yield link


def _is_box(element: _Element) -> bool:
    """Whether a class or an id is one of tags."""
    return _names_tags(names(element))


@lru_cache(4096)  # a page has few classes
def _names_tags(called: str) -> bool:
    return any(map(called.__contains__, _IN_BOX)) and bool(_BOX.search(called))


def _is_category(link: _Element) -> bool:
    return "category" in link.get("rel", "") or "/categor" in link.get("href", "")


def _text(link: _Element) -> str:
    said = pieces(link, _ELEMENTS)
    if len(said) > 1 and _COUNT.fullmatch(said[-1]):
        said.pop()
    return " ".join(said).removeprefix("#").strip(" ,;·|")


def _boxed(pages: list[_Element]) -> tuple[str, ...]:
    """The links in the first box that is called after tags, and that holds hardly anything else."""
    boxes = Counter(box for link in pages if (box := _box(link)) is not None)
    for box, count in boxes.items():
        links = [one for one in islice(box.iter("a"), MAX_SHOWN + 1) if not _AUTHOR.search(one.get("href", ""))]
        if len(links) <= min(MAX_SHOWN, 2 * count) and (found := _unique(map(_text, links))):
            return found
    return ()


def _box(link: _Element) -> _Element | None:
    """The outermost box around a link that is called after tags; what holds the boxes where each link has its own."""
    called = [up for up in (link, *islice(link.iterancestors(), _BOXES)) if _is_box(up)]
    box = called[-1] if called else None
    for up in () if box is None else (box, *islice(box.iterancestors(), _CLIMB)):
        if up.tag in {"article", "main", "body"}:
            break
        box = up
        if several(up.iter("a")):
            break
    return box


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in texts:
        if 0 < len(text) <= MAX_CHARACTERS and text.casefold() not in _NONE:
            found.setdefault(text.casefold(), text)
    return tuple(found.values())[:MAX_TAGS]
