"""What points at articles → ``Seed``: bytes of strangers, and files that people keep.

- ``posts``    front-matter posts, by their `from`
- ``feed``     RSS, Atom, JSON Feed: ``read_feed``; ``sitemap``: ``read_sitemap``
- ``listed``   a URL a line, or bookmarks: ``read_list``
- ``opml``     and ``subs``: lists of feeds → ``Subscription``
- ``seen``     URLs that were taken elsewhere → keys

Under them, on the road of one feed: ``inflated`` → ``decoded`` → ``markup`` → ``xml_feed`` or ``json_feed`` →
``entry``, with ``dates``, ``plain`` text, ``pointing`` and the ``problems`` that are told; ``discovery`` where there is
but a page.
"""
