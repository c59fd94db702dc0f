"""``Article`` → ``Post`` → file, and back: front-matter Markdown, both ways."""
