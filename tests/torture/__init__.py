"""What must not break the engine: kills at any moment, a disk that is full, several runs at once, a database that is gone.

``site`` serves a table of replies from a process of its own and remembers every request; ``plan`` and ``words`` make a
news site of our own words from a seed, and say how each of its addresses must end; ``posts`` writes the posts that point
there; ``crawl`` starts, kills and restarts the command; ``judge`` reads every artefact back with readers that are not
ours. ``python -m tests.torture.kill`` joins them: ``make torture``.
"""
