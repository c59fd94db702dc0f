"""What a new user starts from: a commented crawl.yaml, and files for systemd, cron and GitHub Actions.

The texts are in ``crawler/templates``; words between @ stand for what is known only here. Each file's own rules of
quoting: systemd.syntax(7), systemd.service(5) "Command lines", crontab(5) on `%`.
"""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING
from zlib import crc32

from crawler import __version__
from crawler.core.errors import ConfigError
from crawler.warc.disk import reported

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILES = {
    "crawl.yaml": "crawl.yaml",
    "permapress.service": "permapress.service",
    "permapress.timer": "permapress.timer",
    "permapress.crontab": "permapress.crontab",
    ".github/workflows/permapress.yml": "workflow.yml",
    ".github/permapress-push.sh": "push.sh",
    "output/.gitignore": "gitignore",
    "output/.gitattributes": "gitattributes",
}
"""Paths below the folder, and the templates of what is written there."""

_WORD = re.compile(r"@([A-Z_]+)@")
_NO_PROGRAM = re.compile(r"[\\'\"]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # a line break in a path ends the line it stands in


@dataclass(frozen=True, slots=True)
class Written:
    """One of the files."""

    path: str  # relative to the folder
    written: bool  # not: another one was there, and was kept


def written(folder: Path, program: tuple[str, ...], user: str, *, force: bool) -> Iterator[Written]:
    """Write the files, one by one; what is there is kept unless `force` is set.

    `folder`: absolute; made where it is not there. `program`: what starts `permapress`, an absolute path and its first
    arguments. `user`: whose service it is.
    Raises: ConfigError for a path that cannot stand in these files; StorageError.
    """
    words = _words(folder, program, user)
    for name, template in FILES.items():
        text = _WORD.sub(lambda found: words[found[1]], _template(template))
        yield Written(name, _put(folder / name, text, 0o755 if name.endswith(".sh") else 0o644, force=force))


def _template(name: str) -> str:
    return resources.files("crawler").joinpath("templates", name).read_text(encoding="utf-8")


def _words(folder: Path, program: tuple[str, ...], user: str) -> Mapping[str, str]:
    for text in (str(folder), *program):
        if _CONTROL.search(text):
            raise ConfigError(f"{text!r}: no service can be started from such a path; choose a folder without controls")
    config = str(folder / "crawl.yaml")
    return {
        "VERSION": __version__,
        "USER": user,
        "MINUTE": str(1 + crc32(os.fsencode(folder)) % 58),  # each output its own, and the same every time
        "UNIT_FOLDER": str(folder).replace("%", "%%"),  # a whole line, which is not unquoted
        "UNIT_WRITABLE": _unit_word(str(folder)),
        "UNIT_PROGRAM": _unit_program(program),
        "UNIT_CONFIG": _unit_argument(config),
        "CRON_FOLDER": _cron_word(str(folder)),
        "CRON_PROGRAM": " ".join(map(_cron_word, program)),
        "CRON_CONFIG": _cron_word(config),
    }


def _unit_program(program: tuple[str, ...]) -> str:
    if _NO_PROGRAM.search(program[0]):  # systemd starts none of such a name, whatever its quoting
        program = ("/usr/bin/env", *program)
    return " ".join((_unit_word(program[0]), *map(_unit_argument, program[1:])))


def _unit_word(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _unit_argument(text: str) -> str:
    return _unit_word(text).replace("$", "$$")  # variables are put in, but in the name of the program


def _cron_word(text: str) -> str:
    return shlex.quote(text).replace("%", r"\%")  # a bare one ends the command, also within quotes


def _put(path: Path, text: str, mode: int, *, force: bool) -> bool:
    with reported(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("wb" if force else "xb") as file:
                file.write(text.encode("utf-8", "surrogateescape"))
                os.fchmod(file.fileno(), mode)
        except FileExistsError:
            return False
    return True
