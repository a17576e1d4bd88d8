"""Stands here so that the folders below find the cases of this one: pytest puts this folder on the path."""
