"""Which of a page's nodes are the article, and what they hold."""
