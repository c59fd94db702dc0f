"""The spiders: ``archive``."""
