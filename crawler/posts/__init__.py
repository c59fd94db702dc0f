"""``Article`` → ``Post`` → file, and back: front-matter Markdown, both ways."""

from crawler.core.fields import publication
from crawler.posts.compose import Additions, PostFields, compose, fields_of
from crawler.posts.content import Unreadable
from crawler.posts.folder import index
from crawler.posts.names import file_name
from crawler.posts.read import read_post, read_posts
from crawler.posts.sanitise import sanitise
from crawler.posts.write import render, write_post

__all__ = [
    "Additions",
    "PostFields",
    "Unreadable",
    "compose",
    "fields_of",
    "file_name",
    "index",
    "publication",
    "read_post",
    "read_posts",
    "render",
    "sanitise",
    "write_post",
]
