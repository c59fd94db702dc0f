"""The sources of crawl.yaml → what enters a run; those that cannot be read are told, and keep no other out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crawler.config.sources import Feed, Opml, Posts, Sitemap, Subs, UrlList
from crawler.core import urls
from crawler.core.errors import PermapressError, SourceError
from crawler.core.model import Seed
from crawler.core.visit import Entry, Intake, Kind
from crawler.posts import index
from crawler.sources.listed import read_list
from crawler.sources.opml import read_opml
from crawler.sources.seen import seen_keys
from crawler.sources.subs import read_subs
from crawler.work.follow import followed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import timedelta
    from pathlib import Path

    from crawler.config import Config
    from crawler.config.sources import Source
    from crawler.sources.subscription import Subscriptions

MAX_FILE_BYTES = 100_000_000  # a million URLs


@dataclass(slots=True)
class Local:
    """A source that is a file or a folder, and what came of it; `found` grows while its seeds are drawn."""

    name: str
    kind: str
    found: int = 0
    problems: tuple[str, ...] = ()
    failed: str | None = None


@dataclass(slots=True)
class Intakes:
    """All of a run."""

    intakes: list[Intake] = field(default_factory=list)
    locals: list[Local] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)  # name of each source that is fetched → its kind
    since: dict[str, timedelta] = field(default_factory=dict)


def intakes(config: Config) -> Intakes:
    """What the sources of a configuration give. Files are read now, posts while their seeds are drawn."""
    found = Intakes()
    for source in config.sources:
        name = source.name or str(source.where)
        try:
            _add(found, source, name, config)
        except PermapressError as err:
            found.locals.append(Local(name, source.kind, failed=str(err)))
    return found


def _add(found: Intakes, source: Source, name: str, config: Config) -> None:
    match source:
        case Feed(feed=url):
            _fetched(found, url, name, Kind.FEED, label=source.name)
        case Sitemap(sitemap=url):
            told_as = _fetched(found, url, name, Kind.SITEMAP, label=source.name)
            if source.since:
                found.since[told_as] = source.since
        case Opml(opml=path):
            _listed(found, read_opml(_bytes(path), str(path)), Local(name, source.kind), str(path))
        case Subs(subs=path):
            _listed(found, read_subs(_bytes(path), str(path)), Local(name, source.kind), str(path))
        case Posts(posts=path):
            local = Local(name, source.kind)
            seeds = _counted(followed([path], config), local)
            found.locals.append(local)
            found.intakes.append(Intake(seeds, Entry(source=name)))
        case UrlList(list=path):
            listed = read_list(_bytes(path), str(path), label=source.name)
            found.locals.append(Local(name, source.kind, len(listed.seeds), listed.problems))
            found.intakes.append(Intake(listed.seeds, Entry(source=name, sparing=True)))


def _listed(found: Intakes, listed: Subscriptions, local: Local, path: str) -> None:
    """The feeds of a list, each a source of its own."""
    found.locals.append(replace(local, found=len(listed.feeds), problems=listed.problems))
    for feed in listed.feeds:
        _fetched(found, feed.url, feed.name or feed.url, Kind.FEED, label=feed.name, via=path)


def _fetched(found: Intakes, url: str, name: str, kind: Kind, *, label: str | None, via: str | None = None) -> str:
    """A source that is a URL; two of one name are told apart by it. The name."""
    urls.wire(url)
    if name in found.kinds:
        name = f"{name} ({urls.without_userinfo(url)})"
    found.kinds[name] = kind
    seed = Seed(urls.without_userinfo(url), urls.key(url), via=via, label=label)
    found.intakes.append(Intake([seed], Entry(kind, name)))
    return name


def _counted(seeds: Iterable[Seed], local: Local) -> Iterator[Seed]:
    for seed in seeds:
        local.found += 1
        yield seed


def taken(config: Config) -> set[str]:
    """The keys that no feed, sitemap or list may lead to: of posts that are there, and of what `seen` lists.

    Raises: SourceError where `seen` cannot be read.
    """
    posts = set(index(config.posts)) if config.posts.is_dir() else set()
    return posts | set(seen_keys(_bytes(config.seen), str(config.seen))) if config.seen else posts


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as err:
        raise SourceError(f"{path}: {err.strerror or err}; name a file that is there") from err
    if len(data) > MAX_FILE_BYTES:
        raise SourceError(f"{path}: larger than {MAX_FILE_BYTES} bytes; split it")
    return data
