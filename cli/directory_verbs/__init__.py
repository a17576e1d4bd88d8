"""The verbs of ``fingerpost directory``, one module each."""
