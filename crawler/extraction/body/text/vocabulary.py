"""The words by which pages call their parts. They are trafilatura's (Apache-2.0), but for what a comment names."""

from __future__ import annotations

from crawler.extraction.body.text.words import Words

_ARTICLE = r"(?:entry|article|art)-content|article__content|article(?:-|__)?body|articleBody|body-text"
_FOREIGN = (
    r"mvp-post-add-(?:box|wrap)|infinite-?scroll|(?i:onetrust|didomi|usercentrics|cookiebot|sp_message"
    r"|(?:cookie|consent|gdpr)s?[-_]?(?:banner|notice|law|bar|pop|modal|wall|overlay|dialog|message|settings|preferences))"
)
_FOREIGN_LETTERS = "add|nit|etr|did|erc|ook|p_m|nse|gdp"
# A caption in the names of CSS modules too: three pages read better by .03 to .05, two worse, fundeval .9729 to .9738
# (784 pages, 2026-11-26).
# From "onetrust" on ours: F1c .946, .945 without, bad 7.6 %, 8.1 % on 434 pages of half of the sites (2026-11-25).
_EITHER = (
    r"^shar|social|viral|newsletter|syndication|tags|sidebar|bread-?crumb|button|author|message-container"
    r"|[Cc]aption|onetrust|(?:^| )ot-|(?:^|[\s_-])comments?(?:[\s_-]|$)|recommend|hot-news|most-?read|trending"
    r"|info-?box|fact-?box|disclaimer|signature|subscri|sign-?up|promo|bio(?:$|[\s_-])|paywall|donate"
)
_EITHER_LETTERS = (
    "sha|oci|vir|wsl|ynd|tag|deb|rum|utt|uth|ge-|apt|etr|ot-|omm|t-n|ost|ndi|nfo|ctb|ct-|scl|gna|bsc|gnu|gn-|omo|bio|ayw"
    "|don"
)

CLASSES = Words(
    {
        "comments": (r"^[Cc]omment(?!ary)|(?:article|post)-comments", "omm"),
        # A dialog about cookies may say more than half of the page does, where "onetrust" alone is taken for a
        # wrapper's name: F1c .944 with it, .941 without (3 of 390 pages of one half of the sites, 2026-11-26).
        "foreign": (_FOREIGN, _FOREIGN_LETTERS),
        "out": (
            _EITHER + r"|^(?:nav|post-nav)|subnav|avigation|navbar|navbox|menu(?:$|[\s_-])|bar(?:$|[\s_-])"
            r"|dfp[Aa]d|outbrain|taboola|criteo|paid-?content|[Ff]ooter|[Bb]yline|share-|sociable|tag-list"
            r"|consent|permission|elated|next-|-stories|most-popular|more-on|meta|rating|(?<!elementor-)widget"
            r"|timestamp|user-info|user-profile|article-infos|obfuscated|blurred",
            _EITHER_LETTERS
            + "|nav|vig|enu|bar|dfp|tbr|ool|teo|aid|oot|yli|cia|nse|ssi|ela|xt-|-st|-po|e-o|eta|rat|dge|tam"
            "|r-i|r-p|e-i|bfu|lur",
        ),
        # What parts of an article are called too: a list of items that slide, a box among advertisements.
        "loose": (
            (
                r"banner|[Tt]easer|(?:^|[\s_-])cta(?:[\s_-]|$)| ad |-ad-|(?:^| )ad-|embed|attachment|-icon|slide"
                r"|viewport|overlay|options|expand|modal-content"
            ),
            "ann|eas|cta| ad|-ad|ad-|mbe|tac|-ic|lid|wpo|rla|pti|xpa|l-c",
        ),
        "hidden": (
            (
                r"^hide-|comments-title|nocomments|-reply-|message|akismet|suggest-links|-hide-|hide-print|noprint"
                r"|notloaded|(?:^| )hid(?:e|den)(?![-\w])"
            ),
            "hid|omm|-re|sag|aki|ugg|opr|tlo",
        ),
        "content": (
            _ARTICLE + r"|(?:page|text)-content|post[-_]text|post-body|post-?entry|post[-_]?content|postContent"
            r"|post_inner_wrapper|article-?text|articleText|ArticleContent|article__container",
            "con|bod|tex|ost",
        ),
        "story": (
            (
                r"(?i:fulltext)|^article |post-bodycopy|story-?content|(?:theme|blog|section|single)-content"
                r"|single-post|main-column|wpb_text_column|story-body|field-body"
            ),
            "llt|le |con|bod|-po|olu",
        ),
        "main": (r"content[-_]main|content(?:-|__)body|[Mm]ain-[Cc]ontent|[Pp]age-[Cc]ontent", "con"),
    }
)
IDS = Words(
    {
        "comments": (r"^(?:[Cc]omment(?!ary)|comol|disqus_thread|dsq-comments)", "omm|omo|thr"),
        "foreign": (_FOREIGN, _FOREIGN_LETTERS),
        "out": (
            _EITHER
            + r"|^(?:jp-|dpsp-content)|[Ff]ooter|[Ss]hare|[Nn]av|menu|related|premium|hidden|reader-comments|akismet",
            _EITHER_LETTERS + "|jp-|sp-|oot|nav|enu|ela|rem|dde|aki",
        ),
        "loose": (r"banner|[Tt]easer|(?:^|[\s_-])cta(?:[\s_-]|$)|^ad-", "ann|eas|cta|ad-"),
        "content": (_ARTICLE, "con|bod"),
        "story": (r"^primary(?!.*(?:[Hh]ead|[Nn]av|[Mm]enu))|story-body", "rim|bod"),
        "main": (r"content-main|content-body|contentBody|[Mm]ain-[Cc]ontent", "con"),
    }
)
