"""The words by which pages call their parts. They are trafilatura's (Apache-2.0), but for what a comment names."""

from __future__ import annotations

from crawler.extraction.body.text.words import Words

_END = r"(?:$|[\s_-])"
_ARTICLE = {
    "con": r"(?:entry|article|art)-content|article__content",
    "bod": r"article(?:-|__)?body|articleBody|body-text",
}
_NOTICE = r"s?[-_]?(?:banner|notice|law|bar|pop|modal|wall|overlay|dialog|message|settings|preferences)"
# A dialog about cookies may say more than half of the page does, where "onetrust" alone is taken for a wrapper's name:
# F1c .944 with it, .941 without (3 of 390 pages of one half of the sites, 2026-11-26).
_FOREIGN = {
    "add": r"mvp-post-add-(?:box|wrap)",
    "nit": r"infinite-?scroll",
    "etr": r"(?i:onetrust)",
    "did": r"(?i:didomi)",
    "erc": r"(?i:usercentrics)",
    "p_m": r"(?i:sp_message)",
    "ook": rf"(?i:cookie(?:bot|{_NOTICE}))",
    "nse": rf"(?i:consent{_NOTICE})",
    "gdp": rf"(?i:gdpr{_NOTICE})",
}
_EITHER = {
    "oci": r"social",
    "vir": r"viral",
    "wsl": r"newsletter",
    "ynd": r"syndication",
    # What has a sidebar, or is its container, is none: one of 1,464 pages lost its opening, .942 to .989 (2026-11-27).
    "deb": r"(?<!has-)(?<!with-)(?<!no-)(?<!container-)sidebar",
    "rum": r"bread-?crumb",
    "utt": r"button",
    "uth": r"author",
    "ge-": r"message-container",
    # In the names of CSS modules too: three pages read better by .03 to .05, two worse, fundeval .9729 to .9738 (784
    # pages, 2026-11-26).
    "apt": r"[Cc]aption",
    # From here on ours: F1c .946, .945 without, bad 7.6 %, 8.1 % on 434 pages of half of the sites (2026-11-25).
    "etr": r"onetrust",
    "ot-": r"(?:^| )ot-",
    "omm": rf"(?:^|[\s_-])comments?{_END}|recommend",
    "t-n": r"hot-news",
    "ost": r"most-?read",
    "ndi": r"trending",
    "nfo": r"info-?box",
    "ctb": r"factbox",
    "ct-": r"fact-box",
    "scl": r"disclaimer",
    "gna": r"signature",
    "bsc": r"subscri",
    "gnu": r"signup",
    "gn-": r"sign-up",
    "omo": r"promo",
    "bio": rf"bio{_END}",
    "ayw": r"paywall",
    "don": r"donate",
}

CLASSES = Words(
    {
        "comments": {"omm": r"^[Cc]omment(?!ary)|(?:article|post)-comments"},
        "foreign": _FOREIGN,
        "out": _EITHER
        | {
            "sha": r"^shar|share-",
            "tag": r"tags|tag-list",
            "nav": r"^(?:nav|post-nav)|subnav|navbar|navbox",
            "vig": r"avigation",
            "enu": rf"menu{_END}",
            "bar": rf"(?<!side)bar{_END}",
            "dfp": r"dfp[Aa]d",
            "tbr": r"outbrain",
            "ool": r"taboola",
            "teo": r"criteo",
            "aid": r"paid-?content",
            "oot": r"[Ff]ooter",
            "yli": r"[Bb]yline",
            "cia": r"sociable",
            "nse": r"consent",
            "ssi": r"permission",
            "ela": r"elated",
            "xt-": r"next-",
            "-st": r"-stories",
            "-po": r"most-popular",
            "e-o": r"more-on",
            "eta": r"meta",
            "rat": r"rating",
            "dge": r"(?<!elementor-)widget",
            "tam": r"timestamp",
            "r-i": r"user-info",
            "r-p": r"user-profile",
            "e-i": r"article-infos",
            "bfu": r"obfuscated",
            "lur": r"blurred",
        },
        # What parts of an article are called too: a list of items that slide, a box among advertisements.
        "loose": {
            "ann": r"banner",
            "eas": r"[Tt]easer",
            "e-c": rf"article-card{_END}",  # F1c .967 to 1 of one page, no other differs (2026-11-27)
            "cta": rf"(?:^|[\s_-])cta{_END}",
            " ad": r"^ ad$",  # the last word too: one of 1,464 pages differs, aeb F1 .9839 to .9847 (2026-11-27)
            "-ad": r"-ad-",
            "ad-": r"(?:^| )ad-",
            "mbe": r"embed",
            "tac": r"attachment",
            "-ic": r"-icon",
            "lid": r"slide",
            "wpo": r"viewport",
            "rla": r"overlay",
            "pti": r"options",
            "xpa": r"expand",
            "l-c": r"modal-content",
        },
        "hidden": {
            "hid": r"^hide-|-hide-|hide-print|(?:^| )hid(?:e|den)(?![-\w])",
            "omm": r"comments-title|nocomments",
            "-re": r"-reply-",
            "sag": r"message",
            "aki": r"akismet",
            "ugg": r"suggest-links",
            "opr": r"noprint",
            "tlo": r"notloaded",
        },
        "content": {
            "con": _ARTICLE["con"]
            + r"|(?:page|text)-content|post[-_]?content|postContent|ArticleContent|article__container",
            "bod": _ARTICLE["bod"] + "|post-body",
            "tex": r"post[-_]text|article-?text|articleText",
            "ost": r"post-?entry|post_inner_wrapper",
        },
        "story": {
            "llt": r"(?i:fulltext)",
            "con": r"story-?content|(?:theme|blog|section|single)-content",
            "bod": r"post-bodycopy|story-body|field-body",
            "-po": r"single-post",
            "olu": r"main-column|wpb_text_column",
        },
        "main": {"con": r"content[-_]main|content(?:-|__)body|[Mm]ain-[Cc]ontent|[Pp]age-[Cc]ontent"},
    }
)
IDS = Words(
    {
        "comments": {"omm": r"^(?:[Cc]omment(?!ary)|dsq-comments)", "omo": r"^comol", "thr": r"^disqus_thread"},
        "foreign": _FOREIGN,
        "out": _EITHER
        | {
            "sha": r"^shar|[Ss]hare",
            "tag": r"tags",
            "jp-": r"^jp-",
            "sp-": r"^dpsp-content",
            "oot": r"[Ff]ooter",
            "nav": r"[Nn]av",
            "enu": r"menu",
            "ela": r"related",
            "rem": r"premium",
            "dde": r"hidden",
            "r-c": r"reader-comments",
            "aki": r"akismet",
        },
        "loose": {"ann": r"banner", "eas": r"[Tt]easer", "cta": rf"(?:^|[\s_-])cta{_END}", "ad-": r"^ad-"},
        "content": _ARTICLE,
        "story": {"rim": r"^primary(?!.*(?:[Hh]ead|[Nn]av|[Mm]enu))", "bod": r"story-body"},
        "main": {"con": r"content-main|content-body|contentBody|[Mm]ain-[Cc]ontent"},
    }
)
