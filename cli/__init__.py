"""The `fingerpost` command: one module a verb, each importing only the room it needs."""
