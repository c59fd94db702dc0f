"""``Article`` → ``Post`` → file, and back: front-matter Markdown, both ways."""

from crawler.core.fields import publication
from crawler.posts.annotate import NotAnnotated, annotated
from crawler.posts.compose import Additions, PostFields, added, compose, fields_of
from crawler.posts.content import Unreadable
from crawler.posts.folder import among, files, index
from crawler.posts.names import file_name
from crawler.posts.read import read_post, read_posts
from crawler.posts.sanitise import sanitise
from crawler.posts.write import render, rewrite, sweep, write_post

__all__ = [
    "Additions",
    "NotAnnotated",
    "PostFields",
    "Unreadable",
    "added",
    "among",
    "annotated",
    "compose",
    "fields_of",
    "file_name",
    "files",
    "index",
    "publication",
    "read_post",
    "read_posts",
    "render",
    "rewrite",
    "sanitise",
    "sweep",
    "write_post",
]
