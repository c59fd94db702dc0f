"""What the words beside a date say of it: published, or updated since."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

_LABEL = re.compile(
    r"(?P<published>publi(?:sh(?!er)|cad[oa]|é|cat[oa]|ziert|kov|kow|cer|ser)|pubblicat|posted|post time|veröffentlicht"
    r"|erstellt|erschienen|gepubliceerd|geplaatst|julkaistu|közzétéve|megjelent|zveřejněn|objavljen|yayın|đăng"
    r"|mise? en ligne|created|issued|опубликован|опубліков|публикув|δημοσιε|نشر|פורסם|发布|發布|發佈|发表|發表|發文"
    r"|刊登|刊發|掲載|投稿|公開|配信|등록|입력|게시|작성)"
    r"|(?P<updated>updated?|modifi|revised|reviewed|edited|last edit|aktualisi|geändert|bearbeitet|mise? à jour"
    r"|actualizad|atualizad|aggiornat|bijgewerkt|gewijzigd|oppdatert|opdateret|uppdaterad|päivitetty|frissítve"
    r"|zaktualizowan|aktualizov|ažurir|güncelle|cập nhật|обновлен|изменен|оновлен|ενημερώ|تحديث|עודכן|更新|修改|修訂"
    r"|최종|수정)"
    r"|(?P<other>\b(?:joined|member since|regist(?:ered|riert|rado|rato)|mitglied seit|inscrit|accessed|expire[sd]?"
    r"|deadline|valid until|gültig bis|current time|aktuelle zeit)|注册|註冊|加入|截止|有效期|登録日|가입|마감)"
    r"(?(other)(?=\W{0,4}(?:[^\W\d]{1,12}\W{1,2})?\d))"  # a headline may have the word too
)
_SAYS_DATE = re.compile(
    r"(?:时间|時間|日期|日時|date|datum|fecha|data|am|on|vom|le|den|дата)\b|(?:时间|時間|日期|日時)[:：]", re.IGNORECASE
)


def says_date(text: str) -> bool:
    """Whether a text begins as dates in sight do: `am 5. Mai`, `时间：`."""
    return bool(_SAYS_DATE.match(text))


def label_before(text: str) -> str | None:
    """The label that holds for what follows a text: `published`, `updated`, `other` for a date of something else."""
    found = list(_LABEL.finditer(f"{_lower(text)} 0"))  # where a date begins
    while found and found[-1].lastgroup == "other" and any(map(str.isdigit, text[found[-1].end() :])):
        found.pop()  # it had its own
    return found[-1].lastgroup if found else None


def readings(text: str, label: str | None, read: Callable[[str], datetime | None]) -> dict[str | None, datetime]:
    """The first time in a text under each label; under None, where there is none. `label` holds for its beginning."""
    return {kind: when for kind, part in reversed(list(parts(text, label))) if (when := read(part)) is not None}


def parts(text: str, label: str | None) -> Iterator[tuple[str | None, str]]:
    """What a text says under each label; `label` holds for its beginning."""
    start = 0
    for found in _LABEL.finditer(_lower(text)):
        is_behind = found.lastgroup == "updated" and not any(map(str.isdigit, text[found.end() :]))
        yield "updated" if is_behind else label, text[start : found.start()]
        label, start = found.lastgroup, found.end()
    yield label, text[start:]


def _lower(text: str) -> str:
    """In lower case, where each character keeps its place: to ignore case costs an expression its speed."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text
