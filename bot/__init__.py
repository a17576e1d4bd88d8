"""What runs inside Rasa: NLU components, channels, the page and the launcher."""
