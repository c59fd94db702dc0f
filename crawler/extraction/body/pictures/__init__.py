"""The pictures of an article, and what is said of them."""
