"""Who wrote a page: names that data gives, bylines, signatures, biographies."""
