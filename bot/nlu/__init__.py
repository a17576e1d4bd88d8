"""Rasa graph components: thin wraps of `understanding`."""
