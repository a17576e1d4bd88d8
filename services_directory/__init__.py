"""The directory of services: vocabulary, areas, entries, verdicts, ranking, next question. Never Rasa."""
