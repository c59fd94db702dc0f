"""What traps look like: paths and parameters in lower case, escapes undone, and what is said of each."""

from __future__ import annotations

import re

ADDRESS = "address: a URL within the path"
CALENDAR = "calendar: a day, a month or a year, no article"
COMMENT = "comment: a comment or a reply, not the article"
FACETS = "facets: a list, sorted or filtered"
PAGINATION = "pagination: a further page of a list"
SESSION = "session: its number is in the URL"
TOKEN = "token: the same page under another URL each time"  # noqa: S105 - no password
VARIANT = "variant: another form of a page, or a form to be filled in"

_MONTH = r"(?:19|20)\d\d[-/_.](?:0?[1-9]|1[0-2])(?:[-/_.](?:0?[1-9]|[12]\d|3[01]))?"
_CALENDAR_WORD = (
    r"(?:calendars?|kalender|calendrier|calendario|events?|agenda|termine|schedule|day|month|week|date|日历)"
)

PATHS = tuple(
    (reason, re.compile(pattern))
    for reason, pattern in (
        # not the Wayback Machine's pages, which hold the article's own URL
        (ADDRESS, r"^(?!/web/\d{4}).*/(?:https?:/|www\.[a-z0-9-]+\.[a-z])"),
        (SESSION, r"[;/](?:php|j|asp)?sess(?:ion)?(?:[-_]?id)?[-_=/:.](?=[a-z]*\d)[0-9a-z]{6,}"),
        (SESSION, r"[;/]sid[-_=/:](?=[a-f]*\d)[0-9a-f]{8,}|/\(s\([0-9a-z]+\)\)/"),
        # with more behind it: `/s/…` at the end is an article of WeChat, 32 hex after a date one of Xinhua
        (SESSION, r"/s[-_=/](?=[a-f]*\d)[0-9a-f]{16,}/.|^/(?=[a-f]*\d)[0-9a-f]{32}/."),
        (COMMENT, r"/(?:comment-page-\d+|comments?/(?:\d+|feed|page|reply|new|add)|@@comments?)(?:[/.]|$)"),
        (COMMENT, r"/repl(?:y|ies)/(?:to/)?\d+(?:[/.]|$)|/(?:comments|replies|reply|trackback)/?$"),
        (PAGINATION, r"/(?:page|seite|pagina|paged)[-_/]?\d+/?$|/(?:index|list|default)[-_]\d+\.[sp]?html?$"),
        (FACETS, r"/(?:filters?|sort|sort-?by|order-?by|facets?|refine)/[^/]+/[^/]"),
        (VARIANT, r"/(?:print(?:able|view|pdf)?|share|log-?in|sign-?in|edit|emailthis|email-friend)/?$"),
        (VARIANT, r"^/(?:print|printpdf|log-?in|sign-?in|share|node/add)/|/wp-login\.php$"),
        (CALENDAR, rf"^/(?:(?:19|20)\d\d|{_MONTH})/?$|/archives?/(?:[a-z]+/)?{_MONTH}/?$"),
        (CALENDAR, rf"/{_CALENDAR_WORD}/(?:[a-z]+/)?(?:{_MONTH}|(?:19|20)\d{{2,6}})/?$"),
    )
)

_NAMED = {
    COMMENT: "replytocom showcomment comment commentid comment_id replyto cpage comment_page",
    CALENDAR: "month day week date cal calendar caldate tribe-bar-date ical eventdate",
    PAGINATION: "page paged pg pageno pagenum page_num pagenumber currentpage pageindex pn start startat offset skip "
    "cursor after before",
    TOKEN: "rnd rand random nonce cb cachebust cachebuster nocache _ token csrf csrf_token",
    VARIANT: "print printable printview share redirect_to returnurl return_to",
}
NAMES = {name: reason for reason, names in _NAMED.items() for name in names.split()}
"""Parameters that say it by their name alone."""

VALUES = (
    (SESSION, re.compile(r"(?:s|sid|sess|session|session_?key)=(?=[a-z_-]*\d)[0-9a-z_-]{16,}")),
    (SESSION, re.compile(r"(?:(?:php|j|asp|asp\.net_)?sess(?:ion)?_?id[a-z]{0,12}|cfid|cftoken|oscsid|zenid)=.*")),
    (CALENDAR, re.compile(r"m=(?:19|20)\d{4}(?:\d\d)?")),
    (VARIANT, re.compile(r"(?:action|do|op)=(?:edit|print|history|raw|log(?:in|out)|share|email|diff|register|reply)")),
    (FACETS, re.compile(r"(?:sort|order|filter|facet|refine)s?(?:[-_]?(?:by|dir|order))?(?:\[.*)?=.*")),
    (FACETS, re.compile(r"(?:f\[|filter[-_.]|facet[-_.]).*")),
)
"""Parameters that say it by name and value, `name=value`."""

FURTHER = re.compile(r"(?![01]$)\d+|(?=.*\d)[\w=-]{12,}")  # not the first page, nor `?page=about` or `?currentPage=all`
SCRIPT = re.compile(r"\.(?:php\d?|phtml|jsp|aspx?|do|cgi|pl|cfm|action|nsf)$")
_PERHAPS = (
    "view dir direction display layout mode limit per_page perpage pagesize size color colour brand price min max "
    "rating type category cat tag topic format region section year author show items style"
)
RANDOM = re.compile(
    r"(?:[trxzvhk_]|_?ts?|time|timestamp|uuid|hash|seed|uniq(?:ue)?|u?rand\w*)=(?=[a-z_-]*\d)[0-9a-z_.-]{8,}"
)
READS_SO = re.compile(r"\d{4}|[-_][^\W_]+[-_]")  # a segment by which an article is told without a query
PERHAPS_FACETS = frozenset(_PERHAPS.split())
ID = re.compile(r"\w*id|p|article|story|doc|artnr|sn")  # where one is named it is one page, however it is shown
PATH_SESSION = re.compile(r";(?:php|j|asp)?sess(?:ion)?_?id=[^/?#;]*|/\(S\([0-9a-z]+\)\)(?=/)", re.IGNORECASE)
