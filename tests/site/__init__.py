"""A small news site of our own words, served on loopback: what the demo archives and the end-to-end tests read.

``routes`` is the table of what the site answers and how each visit of it should end; ``pages/`` holds the pages as
UTF-8 files; ``pictures`` draws the images; ``server`` serves any such table; ``posts`` point at it; ``trapped`` are sites with a trap each. ``python -m
tests.site`` serves it for a person, ``python -m tests.site.demo`` follows the posts and shows the result.
"""
