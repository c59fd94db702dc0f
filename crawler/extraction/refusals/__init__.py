"""What a page with text is instead of an article."""
