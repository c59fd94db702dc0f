"""What a page is about, in the words of its site."""
