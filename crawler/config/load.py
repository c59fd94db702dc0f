"""crawl.yaml from the disk, with the flags over it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pydantic import ValidationError
from yaml.constructor import ConstructorError

from crawler.config.model import Config
from crawler.config.told import told
from crawler.core.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Hashable

MAX_CONFIG_BYTES = 1_000_000  # ten thousand sources; a larger file is some other file

_PLACES = ("output", "posts_dir", "archive_dir", "seen", "state_file")
_IN_SOURCES = ("posts", "list", "opml", "subs")


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
        return Config.model_validate(_over(_anchored(written, path.parent), flags))
    except ValidationError as err:
        raise ConfigError(told(err, path, text)) from err


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


def _anchored(written: Mapping[str, object], folder: Path) -> dict[str, object]:
    """What is written, its paths seen from where one stands."""
    sources = written.get("sources")
    if isinstance(sources, list):
        entries = [_placed(one, _IN_SOURCES, folder) if isinstance(one, Mapping) else one for one in sources]
        return _placed(written, _PLACES, folder) | {"sources": entries}
    return _placed(written, _PLACES, folder)


def _placed(written: Mapping[str, object], names: tuple[str, ...], folder: Path) -> dict[str, object]:
    return dict(written) | {name: _place(value, folder) for name in names if (value := written.get(name))}


def _place(value: object, folder: Path) -> object:
    if not isinstance(value, str):
        return value
    return Path.home() / value[2:] if value.startswith("~/") else folder / value
