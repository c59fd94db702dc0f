"""When a page was published and last changed."""
