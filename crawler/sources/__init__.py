"""What points at articles → ``Seed``."""
