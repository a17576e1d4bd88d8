"""What changed in the tables, each change once, in ``versions``; run by ``referrals.records.engine``."""
