"""Custom actions for the Rasa SDK: tracker in, typed messages out."""
