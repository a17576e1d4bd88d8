"""What names the patient: its shape, how a pasted line is taken apart, and what stops a referral.

It is typed on the referrals room's own page, never in the conversation, and is sealed field by field.
"""

from referrals.identity.checks import Problem, at_odds, problems
from referrals.identity.model import IDENTITY_FIELDS, Identity, from_values, to_values
from referrals.identity.taking_apart import Doubt, take_apart

__all__ = [
    "IDENTITY_FIELDS",
    "Doubt",
    "Identity",
    "Problem",
    "at_odds",
    "from_values",
    "problems",
    "take_apart",
    "to_values",
]
