"""What a page's address says that it is: a home page, a list, a page for accounts."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlsplit

MAX_SEGMENT = 40  # characters of a part of a URL that names an account's page
_SEGMENTS = 3  # the last of a path
_HOME = re.compile(r"/?(?:(?:index|home|default|main)(?:\.\w{3,5})?)?/?", re.IGNORECASE)
_SEPARATORS = re.compile(r"[-_.\s]+")
_SCRIPT = re.compile(r"\.\w{2,5}$")
# What stands before a list's own name, as in `/tag/rivers`; an article may stand in a blog, and in archives.
_NAMED = (
    r"tags?|categor(?:y|ies|ie|ias)|cat|topics?|search|page|labels?|themen?|thema|rubri(?:k|ken|que|ques)|kategorien?"
    r"|sektion|sections?|etiquetas?|mots?-cles?|fenlei|biaoqian|authors?|autor(?:en)?|auteurs?"
)
_BEFORE_NAME = re.compile(_NAMED)
_LIST = re.compile(rf"(?:{_NAMED}|archives?|blogs?|news|posts?|list|index|channel)(?:\.\w{{2,5}})?")
_ASKED = re.compile(r"(?:^|&)(?:s|q|query|search|keywords?|tag|cat|category|author|paged)=")
_DOES = (
    r"log[io]n|sign(?:in|on|up)|regist(?:er|ration|er?ieren|rieren|rierung|ro|rati)|passwor[dt]|passwd|pwd|auth(?:entic?ation"
    r"|entification)?|account|join|anmeld(?:en|ung)|connexion|inscription|identificacion|identification|motdepasse"
    r"|iniciarsesion|contrasena|cadastro|senha|zaloguj|logowanie|rejestracja|haslo|prihlaseni|registrace|heslo"
    r"|belepes|regisztracio|jelszo|giris|kayit|sifre|vhod|registratsiya|inloggen|registreren|wachtwoord|daftar|masuk"
    r"|dangnhap|dangky|denglu|zhuce"
)
_WITH = (
    r"my|your|user|member|customer|admin|secure|new|create|free|lost|forgot(?:ten)?|reset|recover(?:y)?|change|remind(?:er)?"
    r"|request|s|wp|form|page|index|oubliee?|perdu|vergessen|olvidada|me|re"
)
_DOING = frozenset(
    ["action", "act", "mode", "do", "op", "cmd", "task", "view", "page", "section", "route", "r", "fa", ":action"]
)
_ACCOUNT = re.compile(rf"(?:{_WITH}){{0,3}}(?:{_DOES})(?:{_WITH}|{_DOES}){{0,3}}")


def is_home(url: str) -> bool:
    """Whether it is the root of a host."""
    parts = _split(url)
    return bool(parts.netloc) and not parts.query and bool(_HOME.fullmatch(parts.path))


def is_list(url: str) -> bool:
    """Whether one of its last parts names a list (tags, archives, a blog), or its query asks for one or for words."""
    parts = _split(url.lower())
    segments = [segment for segment in parts.path.split("/") if segment]
    if any(map(_LIST.fullmatch, segments[-1:])) or any(map(_BEFORE_NAME.fullmatch, segments[-_SEGMENTS:-1])):
        return True
    return bool(_ASKED.search(parts.query))


def is_account(url: str) -> bool:
    """Whether its last part, or that and the one before, names a page for accounts; or what a parameter asks to do."""
    parts = _split(url.lower())
    segments = parts.path.rstrip("/").split("/")
    asked = (value for name, value in parse_qsl(parts.query) if name in _DOING)
    return any(map(_names_account, (segments[-1], "".join(segments[-2:]), *asked)))


def _names_account(segment: str) -> bool:
    return len(segment) <= MAX_SEGMENT and bool(_ACCOUNT.fullmatch(_SEPARATORS.sub("", _SCRIPT.sub("", segment))))


def _split(url: str) -> SplitResult:
    """The parts of a URL; all empty of what is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
