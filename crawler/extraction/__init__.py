"""HTML → ``Article | NoArticle``, and related links. The only user of trafilatura."""
