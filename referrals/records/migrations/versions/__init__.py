"""The changes, oldest first. Each names the one before it."""
