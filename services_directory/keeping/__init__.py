"""Keeping the directory true: what its maintainers do to entries, and what of it a live instance serves."""
