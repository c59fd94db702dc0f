"""``Exchange`` → record → ``Capture``, and back. The only user of warcio."""
