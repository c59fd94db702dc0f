"""A set of pages of our own making that show what real sites show, and the figures below which reading must not fall.

`pages/` holds the pages, `case` fills in their texts, `score` says how much came out. The figures reached are kept in
tests/extraction_floor.yaml; `python -m tests.extraction.floor --raise` raises them and never lowers one. A page that
the extractor does not read yet comes together with what reads it, or where the mean stays above the floor.
"""
