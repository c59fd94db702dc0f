"""The wire: the recording download handler, the address guard, robots."""
