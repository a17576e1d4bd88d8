"""``fingerpost audit``: the verbs of whoever audits."""

from __future__ import annotations

from cli.verb_group import VerbGroup

# verb: (module, help).
VERBS: dict[str, tuple[str, str]] = {
    "verify": ("verify", "go through the whole audit trail and say whether it is whole"),
}
GROUP = VerbGroup("audit", "cli.audit_verbs", VERBS)
usage, add_arguments, run = GROUP.usage, GROUP.add_arguments, GROUP.run
