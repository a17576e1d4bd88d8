"""The verbs of `fingerpost audit`, one module each."""
