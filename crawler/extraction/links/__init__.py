"""Which links of a page lead to articles."""
