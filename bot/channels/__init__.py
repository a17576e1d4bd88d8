"""The ways in: each channel drops identifiers before Rasa sees a message."""
