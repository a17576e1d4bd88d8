"""``fingerpost directory``: the verbs of whoever keeps the directory of services, see ``cli.verb_group``."""

from __future__ import annotations

from cli.verb_group import VerbGroup

# verb: (module, help).
VERBS: dict[str, tuple[str, str]] = {
    "check": ("check", "find what is wrong with entries, line by line"),
    "list": ("listing", "list the entries, by area, status or age of facts"),
    "show": ("show", "one entry in plain English, as the assistant reads it"),
    "new": ("new", "ask for what an entry needs, and write it"),
    "try": ("trying", "what each entry says to one patient, and why"),
    "diff": ("diff", "what changes for which sample patients since a revision"),
    "verify": ("verify", "record that the facts were confirmed with the service"),
    "stale": ("stale", "what needs checking, by keeper"),
    "links": ("links", "whether web addresses still answer"),
    "pause": ("pause", "take an entry out at once, until a day"),
    "approve": ("approve", "as a second role, let live instances serve what changed"),
    "update": ("update", "take the newest revision of the allowed branch"),
    "history": ("history", "the changes of one entry"),
    "export": ("export", "the directory for other systems: Open Referral UK, HSDS, FHIR, CSV"),
    "import": ("importing", "drafts from a table or another directory's feed"),
    "schema": ("schema", "write the JSON Schema that editors complete and check with"),
}
GROUP = VerbGroup("directory", "cli.directory_verbs", VERBS)
usage, add_arguments, run = GROUP.usage, GROUP.add_arguments, GROUP.run
