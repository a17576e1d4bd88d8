"""The verbs of `fingerpost referrals`, one module each."""
