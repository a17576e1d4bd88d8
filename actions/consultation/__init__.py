"""The consultation: pure functions from (state, what was understood) to (new state, messages)."""
