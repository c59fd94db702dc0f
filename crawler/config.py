"""Defaults < crawl.yaml < flags → ``Config``. An error names file, line and key, and says what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from yaml.constructor import ConstructorError

from crawler.core.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Hashable

MAX_CONFIG_BYTES = 1_000_000  # ten thousand sources; a larger file is some other file


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Operator(_Strict):
    """Who runs this: goes into the user agent and the warcinfo record."""

    name: str = ""
    contact: str = ""  # a URL or mail address where a site's owner can complain

    def __str__(self) -> str:
        return " ".join(part for part in (self.name, self.contact) if part)


class Politeness(_Strict):
    """How gently hosts are visited."""

    per_host: Annotated[int, Field(ge=1, le=16)] = 1  # connections at once
    delay: Annotated[float, Field(ge=0, le=3600)] = 1.0  # seconds between two requests to a host
    robots: bool = True


class Follow(_Strict):
    """How far links of visited pages are followed."""

    related: bool = True  # whether at all
    depth: Annotated[int, Field(ge=0, le=10)] = 1  # steps from what a person or a source named
    per_article: Annotated[int, Field(ge=0, le=200)] = 20  # of one page's links the first so many
    same_site: bool = True  # only those of the page's registered domain


class Config(_Strict):
    """Everything that decides how a command works. Paths in crawl.yaml are relative to its folder."""

    output: Path = Path("output")
    posts_dir: Path | None = None  # None: output/_posts
    archive_dir: Path | None = None  # None: output/archive
    operator: Operator = Operator()
    politeness: Politeness = Politeness()
    follow: Follow = Follow()
    allow_private: bool = False

    @property
    def posts(self) -> Path:
        """The folder of the posts."""
        return self.posts_dir or self.output / "_posts"

    @property
    def archive(self) -> Path:
        """The folder of the WARC files."""
        return self.archive_dir or self.output / "archive"

    @property
    def state(self) -> Path:
        """The folder of the ledger and of the reports."""
        return self.output / "state"


def load(path: Path | None, flags: Mapping[str, object]) -> Config:
    """The configuration from a file and the flags over it.

    `path`: crawl.yaml, or None for the defaults alone. `flags`: names of `Config` fields, a mapping where the field is
    a section; None values do not count.
    Raises: ConfigError.
    """
    if path is None:
        return Config.model_validate(_over({}, flags))
    text = _text(path)
    written = _read(path, text)
    if not isinstance(written, dict):
        raise ConfigError(f"{path}: expected keys such as `politeness:`, found {type(written).__name__}")
    try:
        return Config.model_validate(_over(written | _anchored(written, path.parent), flags))
    except ValidationError as err:
        raise ConfigError(_explained(err, path, text)) from err


def _over(written: Mapping[str, object], flags: Mapping[str, object]) -> dict[str, object]:
    """What is written, and the flags over it; a section that is written as something else stays, for its error."""
    merged = dict(written)
    for name, value in flags.items():
        below = merged.get(name, {})
        if not isinstance(value, Mapping):
            merged |= {} if value is None else {name: value}
        elif isinstance(below, Mapping):
            merged[name] = _over(below, value)
    return merged


class _Loader(yaml.SafeLoader):
    """YAML's own, but for a doubled key, of which it keeps the last without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise ConstructorError(problem=f"{key.value} is there twice; keep one", problem_mark=key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def _read(path: Path, text: str) -> object:
    try:
        return yaml.load(text, Loader=_Loader) or {}  # noqa: S506 - a SafeLoader
    except ConstructorError as err:
        line = err.problem_mark.line + 1 if err.problem_mark else 1
        raise ConfigError(f"{path}:{line}: not YAML as it is read here: {err.problem}") from err
    except yaml.YAMLError as err:
        raise ConfigError(f"{path}: not YAML: {' '.join(str(err).split())}") from err
    except ValueError as err:  # PyYAML's own of `!!int x` and `2020-99-99`
        raise ConfigError(f"{path}: not YAML: {err}; put quotes around such a value") from err
    except RecursionError as err:
        raise ConfigError(f"{path}: nested too deeply; this is no crawl.yaml") from err


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_CONFIG_BYTES + 1)
    except OSError as err:
        raise ConfigError(f"{path}: {err.strerror}; name an existing crawl.yaml with --config") from err
    if len(raw) > MAX_CONFIG_BYTES:
        raise ConfigError(f"{path}: larger than {MAX_CONFIG_BYTES} bytes; this is no crawl.yaml")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise ConfigError(f"{path}: not UTF-8 at byte {err.start}; save it as UTF-8") from err


def _anchored(written: dict[str, object], folder: Path) -> dict[str, object]:
    return {
        name: folder / value
        for name in ("output", "posts_dir", "archive_dir")
        if isinstance(value := written.get(name), str)
    }


def _explained(err: ValidationError, path: Path, text: str) -> str:
    return "\n".join(
        f"{path}:{_line(text, error['loc'])}: {'.'.join(map(str, error['loc']))}: {_fix(error['type'], error['msg'])}"
        for error in err.errors()
    )


def _fix(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "unknown key; remove it or correct its spelling"
    return message[:1].lower() + message[1:]


def _line(text: str, location: tuple[int | str, ...]) -> int:
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line
