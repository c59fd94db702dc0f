"""What the program that made a page says that it is: by the classes of the body, which themes ask about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# Of 1,464 real articles' pages none has one of these, 430 are called `single` (2026-11-27).
MAX_CLASSES = 2_000  # characters
_LISTS = frozenset(
    [
        *("search-results", "search-no-results", "error404"),  # WordPress
        *("path-frontpage", "path-search", "path-user", "page-search", "page-user-login"),  # Drupal
        *("view-category", "view-categories", "view-featured", "view-login", "view-registration"),  # Joomla
        *("pg_forumdisplay", "pg_index", "pg_list", "pg_logging", "pg_register", "pg_search"),  # Discuz
        *("home-view", "archive-view", "label-view", "search-view", "feed-view"),  # Blogger
        *("template-collection", "template-search", "template-list-collections"),  # Shopify
        *("section-index", "section-viewforum", "section-ucp", "section-search"),  # phpBB
    ]
)
_ARTICLES = frozenset({"single", "singular", "single-post", "page-template", "post-template", "item-view"})
_HOMES = frozenset({"home", "blog"})  # both, WordPress: its front page where that shows posts
_ARCHIVE = "archive"  # of which kind WordPress says too; alone it may be an old article
_OF = frozenset({"category", "tag", "author", "date", "post-type-archive"})


def program_says(page: _Element) -> str:
    """The class by which a page is called a list, a search, a log-in; empty: it may be an article."""
    body = page.find("body")
    called = set(body.get("class", "")[:MAX_CLASSES].lower().split()) if body is not None else set()
    if not _ARTICLES.isdisjoint(called):
        return ""
    if called >= _HOMES:
        return "home blog"
    if _ARCHIVE in called and (not _OF.isdisjoint(called) or any(one.startswith("tax-") for one in called)):
        return _ARCHIVE
    return min(_LISTS & called, default="")
