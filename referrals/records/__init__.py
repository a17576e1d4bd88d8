"""The record of referrals: its tables, their changes over time, and rows read as what they mean.

``tables`` and ``delivery_tables`` name every table of the room, ``engine`` opens the database and brings
it up to date, and one module a subject reads and writes rows. Everything about the patient goes through
``referrals.sealing``.
"""

# Imported here, so that whoever uses the record knows all its tables.
from referrals.records import delivery_tables

__all__ = ["delivery_tables"]
