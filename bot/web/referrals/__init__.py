"""The pages of the referrals room: a consultation's referrals, the practice's list, the receivers' links.

Made on the server, and of use without a script. What names a patient is typed and shown here and nowhere
else; no address, title or log line holds any of it.
"""
