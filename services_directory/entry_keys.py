"""The keys of an entry, each with its kind and what it means: read by the reader and the JSON Schema.

One place for each fact: a key added here is read, checked, completed in an editor and documented.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services_directory import model

Kind = Literal[
    "text", "texts", "date", "choice", "flag", "area_ids", "need_ids", "service_ids", "case_keys",
    "case_words", "roles", "days", "block", "blocks", "case",
]  # fmt: skip


@dataclass(frozen=True)
class Key:
    """One key of a block.

    ``choices``: what a ``choice`` may be; ``block``: what a ``block`` or each of ``blocks`` holds.
    """

    name: str
    kind: Kind
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()
    block: str = ""


WAYS_IN = ("known", "unconfirmed", "not_known")

SOURCE_KEYS = (
    Key("id", "text", "A short name, by which rules and routes cite this source", required=True),
    Key("cite", "text", "The page or document, so that a person can find it", required=True),
    Key("dated", "date", "The day of the page, where it shows one"),
)
EVIDENCE_KEYS = (
    Key("figure", "text", "The figure, as the source gives it", required=True),
    Key("cohort", "text", "Whom, where and when it counts", required=True),
    Key("source", "text", "The id of one of this entry's sources", required=True),
)
CRITERION_KEYS = (
    Key("id", "text", "A short name, such as age", required=True),
    Key("says", "text", "The rule in plain words, as the assistant says it", required=True),
    Key("source", "text", "The id of one of this entry's sources", required=True),
    Key("gate", "flag", "true: must be said before the service is offered at all"),
    Key(
        "checked_by",
        "choice",
        "provider: no consultation can settle it; shown and never asked",
        choices=("provider",),
    ),
)
FORM_KEYS = (
    Key("name", "text", "A short name of the field", required=True),
    Key("label", "text", "What the form calls it", required=True),
    Key("fill", "case_keys", "The keys of the case whose words fill it, in order"),
    Key("required", "flag", "true: the receiver refuses the form without it"),
    Key("identifier", "flag", "true: it names the patient, and is never filled from the case"),
    Key("allowed", "texts", "The only values that the receiver takes, as its form has them"),
)
DELIVERY_KEYS = (
    Key(
        "channel",
        "choice",
        "by_hand: whoever refers sends it; the others are sent by the assistant",
        required=True,
        choices=model.CHANNELS,
    ),
    Key("address", "text", "Where it goes: a team's e-mail address, or one that starts https://"),
)
CONSENT_KEYS = (
    Key("says", "text", "The sentence to read aloud: what goes to whom, and what for"),
    Key("benefits", "text", "What taking part may mean for benefits, as the source says it"),
)
_REPLY = "By how many days the receiver says that it answers"
ROUTE_KEYS = (
    Key("route", "choice", "How somebody gets in", required=True, choices=model.ROUTES),
    Key("who", "roles", "Who may start it", required=True),
    Key("how", "text", "What to do, in a sentence", required=True),
    Key("way_in", "choice", "How well the way in is known", required=True, choices=WAYS_IN),
    Key("source", "text", "The id of one of this entry's sources", required=True),
    Key("web", "text", "An address that starts with https://"),
    Key("phone", "text", "A number of the service, never of a person"),
    Key("email", "text", "An address of a team, never of a person"),
    Key("form", "blocks", "The receiver's form", block="form"),
    Key("never_include", "case_words", "What must never stand in the form or letter"),
    Key(
        "may_include",
        "case_keys",
        "What this receiver may have although others of its kind do not, such as conditions",
    ),
    Key("delivery", "block", "How the assistant hands it over", block="delivery"),
    Key("reply_within_days", "days", f"{_REPLY}, where it is not the service's own"),
    Key("at_practice", "flag", "true: the patient books at the practice's own reception"),
)
PERSONA_KEYS = (
    Key(
        "name", "text", "Who it is, in a few words, such as: off sick with back pain", required=True
    ),
    Key("as_of", "date", "The day it is judged on (left out: the day of the check)"),
    Key("case", "case", "What is known of the patient: keys of the case", required=True),
    Key("verdict", "choice", "What this entry must say", required=True, choices=model.VERDICTS),
)
ENTRY_KEYS = (
    Key(
        "id",
        "text",
        "The entry's id: small letters, digits and hyphens; also its file name",
        required=True,
    ),
    Key("name", "text", "The service's name", required=True),
    Key("aliases", "texts", "What else people call it (no everyday words)"),
    Key(
        "programme",
        "text",
        "The programme whose national, regional and borough entries fold into one card",
    ),
    Key(
        "comes_with",
        "text",
        "The programme whose referral brings it along: it stands on that programme's card",
    ),
    Key("areas", "area_ids", "Where it serves; everyone inside an area is served", required=True),
    Key(
        "area_rule",
        "choice",
        "Whether the patient must live there or be registered with a practice there",
        choices=("lives_in", "registered_in", "lives_or_registered"),
    ),
    Key("provider", "text", "Who runs it"),
    Key("commissioner", "text", "Who pays for it"),
    Key("offers", "text", "What the patient gets"),
    Key("needs", "need_ids", "The needs it serves", required=True),
    Key("kind", "choice", "What it does with a patient", required=True, choices=model.KINDS),
    Key(
        "status",
        "choice",
        "What is known of it now; the dates below override it on the day",
        required=True,
        choices=model.STATUSES,
    ),
    Key("valid_from", "date", "The first day"),
    Key("referrals_close_on", "date", "The last day for new referrals"),
    Key("valid_to", "date", "The last day"),
    Key("unverified_from", "date", "From this day nobody knows whether it still runs"),
    Key("replaces", "service_ids", "Ids of the entries it followed"),
    Key("replaced_by", "service_ids", "Ids of the entries that followed it"),
    Key("source_date", "date", "The day of the newest page the facts come from"),
    Key("verified_on", "date", "Written by `fingerpost directory verify` alone"),
    Key("verified_by_role", "text", "Written by `fingerpost directory verify` alone"),
    Key(
        "confidence",
        "choice",
        "How sure the sources make it",
        required=True,
        choices=("high", "medium", "low"),
    ),
    Key(
        "voluntary",
        "choice",
        "Whether the patient may refuse without loss of benefit",
        choices=("yes", "no", "after_referral_mandatory", "not_known"),
    ),
    Key(
        "tells_dwp",
        "choice",
        "Whether it tells the DWP about the patient",
        choices=("yes", "no", "not_known"),
    ),
    Key("duration", "text", "How long it lasts"),
    Key("capacity", "text", "Places or waiting time, with the date they were seen"),
    Key("cost", "text", "What it costs the patient"),
    Key("hours", "text", "When it is open"),
    Key("languages", "text", "Languages and accessibility"),
    Key("sources", "blocks", "Where the facts come from", required=True, block="source"),
    Key("criteria", "blocks", "Who it is for: every rule must be met", block="criterion"),
    Key("routes", "blocks", "The ways in", block="route"),
    Key("evidence", "blocks", "Figures, never shown without cohort and source", block="evidence"),
    Key("cautions", "texts", "What a referrer should know"),
    Key("consent", "block", "What is said before a patient agrees", block="consent"),
    Key("reply_within_days", "days", _REPLY),
    Key("personas", "blocks", "Invented patients who show what the entry says", block="persona"),
)
BLOCKS: dict[str, tuple[Key, ...]] = {
    "source": SOURCE_KEYS,
    "evidence": EVIDENCE_KEYS,
    "criterion": CRITERION_KEYS,
    "form": FORM_KEYS,
    "delivery": DELIVERY_KEYS,
    "consent": CONSENT_KEYS,
    "route": ROUTE_KEYS,
    "persona": PERSONA_KEYS,
}
# What a number outside min and max is where no source refuses it.
BEYOND = "not_known"
COMBINATORS = ("any", "all", "not")


def names(keys: tuple[Key, ...]) -> tuple[str, ...]:
    """Return the names of ``keys``, in their order."""
    return tuple(key.name for key in keys)
