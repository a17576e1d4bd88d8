"""The record of referrals: its tables, their changes over time, and rows read as what they mean.

``tables`` names every table of the room, ``engine`` opens the database and brings it up to date, and one
module a subject reads and writes rows. Everything about the patient goes through ``referrals.sealing``.
"""
