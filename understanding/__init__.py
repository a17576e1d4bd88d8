"""Reads what a clinician wrote: mentions, assertion, durations, places, safety. Never Rasa."""
