"""One job of a person from start to end: what it is, who works on it, how it is stopped."""
