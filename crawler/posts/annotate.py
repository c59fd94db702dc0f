"""Fields added to a post that somebody else wrote: no byte beside their lines changes.

Lines are put in, or replaced, as text; then the file is read again. Only where it says just what it said before, and
the new fields, is it taken: an unusual layout (one flow mapping, a value of several lines) is left alone, not mended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.posts.compose import added
from crawler.posts.front_matter import NoFrontMatter, parts
from crawler.posts.scalar import storable
from crawler.posts.strict import NotYaml, strict
from crawler.posts.write import line

if TYPE_CHECKING:
    from crawler.core.model import FrontValue
    from crawler.posts.compose import Additions
    from crawler.posts.front_matter import Parts

    Values = tuple[tuple[str, FrontValue], ...]


@dataclass(frozen=True, slots=True)
class NotAnnotated:
    """The post is better left alone; the reason says why."""

    reason: str


def annotated(source: bytes, additions: Additions) -> bytes | NotAnnotated:
    """The post with the additions' fields: in the place of those that stand there, else before the closing line.

    Their line ends are the front matter's own.
    Raises: Nothing.
    """
    cut = parts(source)
    if isinstance(cut, NoFrontMatter):
        return NotAnnotated(cut.reason)
    read = _clean(cut)
    if isinstance(read, NotAnnotated):
        return read
    wanted = dict(added(additions))
    start = source.index(cut.fields, source.index(b"\n") + 1)
    made = _with(cut.fields, wanted)
    data = source[:start] + made + source[start + len(cut.fields) :]
    if not _says(data, cut, _merged(read, wanted)):
        return NotAnnotated("its front matter is laid out so that no line can be added to it alone")
    return data


def _clean(cut: Parts) -> Values | NotAnnotated:
    """The fields of front matter that nothing had to be mended in."""
    if cut.is_marked:
        return NotAnnotated("it begins with a byte order mark; save it without")
    if not cut.is_closed:
        return NotAnnotated("its front matter is not closed by a line `---`; close it")
    try:
        read = strict(cut.fields.decode())
    except UnicodeDecodeError:
        return NotAnnotated("its front matter is not UTF-8; save it as UTF-8")
    if isinstance(read, NotYaml):
        return NotAnnotated(f"its front matter is not YAML ({read.reason}); mend it")
    if len(dict(read.values)) < len(read.values):
        return NotAnnotated("a field of its front matter stands twice; keep one")
    return read.values


def _with(front: bytes, wanted: dict[str, FrontValue]) -> bytes:
    end = b"\r\n" if front.endswith(b"\r\n") else b"\n"
    for name, value in wanted.items():
        new = storable(line(name, value)).encode()
        standing = re.compile(rb"^%b:(?:[ \t][^\r\n]*)?(?=\r?\n)" % re.escape(name.encode()), re.MULTILINE)
        found = standing.search(front)
        front = front[: found.start()] + new + front[found.end() :] if found else front + new + end
    return front


def _merged(there: Values, wanted: dict[str, FrontValue]) -> Values:
    return tuple((dict(there) | wanted).items())  # those that stand there keep their place


def _says(data: bytes, before: Parts, expected: Values) -> bool:
    cut = parts(data)
    return not isinstance(cut, NoFrontMatter) and cut.body == before.body and _clean(cut) == expected
