"""Publishers that are not ours, as judges of posts: Debian's Jekyll and Hugo, each with the smallest site that shows them.

Nothing of the scaffold helps the posts along: future dates stay out, Liquid stays on, errors abort the build.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from pathlib import Path

BUILD_S = 240  # Jekyll takes about 20 ms a post; a build that hangs must not hang the tests

_LAYOUT = """<!DOCTYPE html>
<html lang="{{ page.lang | default: 'und' }}">
<head><meta charset="utf-8"><title>{{ page.title | escape }}</title></head>
<body><h1>{{ page.title | escape }}</h1>
<main>
{{ content }}
</main></body></html>
"""
_JEKYLL = {
    "_config.yml": "title: judge\npermalink: /:year-:month-:day-:title.html\n",
    "_layouts/post.html": _LAYOUT,
    "posts.txt": "---\n---\n{% for post in site.posts %}{{ post.path }}\t{{ post.url }}\n{% endfor %}",
}
_HUGO = {
    # go-yaml reads the front matter, goldmark the body; without `unsafe` it drops raw HTML
    "config.toml": 'baseURL = "/"\ntitle = "judge"\ndisableKinds = ["RSS", "sitemap", "taxonomy", "term"]\n'
    "[markup.goldmark.renderer]\nunsafe = true\n",
    "layouts/_default/single.html": "<!DOCTYPE html>\n<title>{{ .Title }}</title>\n<h1>{{ .Title }}</h1>\n"
    "<main>\n{{ .Content }}\n</main>\n",
    "layouts/index.html": "{{ range site.RegularPages }}{{ .File.LogicalName }}\t{{ .RelPermalink }}\n{{ end }}",
}


class BuildError(AssertionError):
    """A publisher stopped at the posts; the message is what it said."""


def build_jekyll(posts: Path, out: Path) -> Path:
    """The folder of the site that Jekyll builds of the posts: a page each.

    `out`: an empty or absent folder to work in. `built` says which.
    Raises: BuildError.
    """
    source = _scaffold(_JEKYLL, posts, out / "source", "_posts")
    arguments = ("build", "--source", source, "--destination", out / "site", "--disable-disk-cache")
    _run("jekyll", *arguments, cwd=out, JEKYLL_NO_BUNDLER_REQUIRE="true")
    return out / "site"


def build_hugo(posts: Path, out: Path) -> Path:
    """The folder of the site that Hugo builds of the posts: a page each.

    `out`: as above. `built` says which.
    Raises: BuildError.
    """
    source = _scaffold(_HUGO, posts, out / "source", "content/posts")
    _run("hugo", "--source", source, "--destination", out / "site", "--cacheDir", out / "cache", cwd=out)
    return out / "site"


def built(site: Path) -> dict[str, Path]:
    """The posts that a site shows, as its publisher lists them: file name of the post, page that it became."""
    listing = next(path for name in ("posts.txt", "index.html") if (path := site / name).exists())
    rows = [line.split("\t") for line in listing.read_text(encoding="utf-8").splitlines() if line]
    return {post.rpartition("/")[2]: _page(site, url) for post, url in rows}


def _page(site: Path, url: str) -> Path:
    path = site / unquote(url).lstrip("/")
    return path / "index.html" if url.endswith("/") else path


def _scaffold(files: dict[str, str], posts: Path, source: Path, place: str) -> Path:
    for name, text in files.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(posts, source / place)
    return source


def _run(*command: str | Path, cwd: Path, **environment: str) -> None:
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=BUILD_S,
        check=False,
    )
    if done.returncode:
        raise BuildError(f"{command[0]} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-4000:]}")
