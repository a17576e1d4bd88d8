"""The directory in other people's formats: pure functions from entries to data and back, one module a format.

Each format has its own idea of a service. What it has a place for goes there; the rest travels beside it
under names that begin with ``fingerpost_``, so that nobody mistakes ours for the standard's. What comes
in from elsewhere becomes a draft: status unverified, never verified.
"""
