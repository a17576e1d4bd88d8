"""``fingerpost referrals``: the verbs of whoever follows referrals up or keeps their record."""

from __future__ import annotations

from cli.verb_group import VerbGroup

# verb: (module, help).
VERBS: dict[str, tuple[str, str]] = {
    "list": ("listing", "the practice's referrals: state, days, who has to act; no patients"),
    "show": ("show", "one referral with its history"),
    "send": ("send", "go through what is missing, then send it or record that you did"),
    "deliver": ("deliver", "deliver what waits, and say what could not be delivered"),
    "test-address": ("test_address", "test a service's address without a patient, or list them"),
    "tasks": ("tasks", "what is to be done: declined, failed, silent"),
    "withdraw": ("withdraw", "stop a referral"),
    "purge": ("purge", "delete what has had its time, or one referral at once"),
    "export": ("export", "all referrals with the times of their states; no patients"),
    "migrate": ("migrate", "bring the tables up to date; every start does it too"),
    "rotate-key": ("rotate_key", "seal everything with the newest key, or print a new one"),
}
GROUP = VerbGroup("referrals", "cli.referral_verbs", VERBS)
usage, add_arguments, run = GROUP.usage, GROUP.add_arguments, GROUP.run
