"""Text to paste into the GP record: the coded work status, what was said, what was prepared or suggested.

A record says what happened: what the assistant merely listed was suggested by a directory, offered by nobody.

What patients may not want seen by whoever has their phone stands apart, under its own heading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from referrals.artefacts.frame import NOTHING_SENT, lines, sheet, words
from referrals.own_words import conditions_in_words
from referrals.rendering.model import Bullets, DocumentModel, section
from referrals.rendering.text import as_text
from referrals.service_words import is_about_work, name_of
from referrals.shareable import confirmed, discloses, sensitive_facts, withheld, without_ids
from referrals.wording import WORK_KEYS, in_words, work
from services_directory.case import Case
from services_directory.model import Service
from services_directory.practice import PracticeSettings
from services_directory.reasons import age_of_facts, day_of
from services_directory.sentences import sentence_case
from services_directory.vocabulary import vocabulary

KIND = "record_text"
HIDE = "Consider hiding from online access"
SAFETY = {
    "suicide_self_harm": "Thoughts of suicide or self-harm were mentioned; the safety contacts were shown.",
    "abuse": "Abuse was mentioned; the safety contacts were shown.",
    "safeguarding": "A safeguarding concern was mentioned; the safety contacts were shown.",
    "emergency": "An emergency was mentioned; the safety contacts were shown.",
}
# NHS Data Dictionary, EMPLOYMENT STATUS, where one code fits; the other statuses would need a benefit or a
# wish to tell them apart. Codes as listed at renalreg.github.io (Types/Occupation), read November 2026.
EMPLOYMENT_STATUS = {
    "in_work": "01, employed",
    "in_work_struggling": "01, employed",
    "off_sick": "01, employed",
    "unemployed": "02, unemployed and seeking work",
    "student": "03, student",
    "retired": "08, retired",
}
# Groups of conditions that are managed by a care plan.
LONG_TERM = frozenset({"long_term_physical", "severe_mental_illness", "musculoskeletal"})
TOPICS = (
    ("goal", "Wants to"),
    ("conditions", "Health"),
    ("barriers", "What makes work or life hard"),
    ("benefits", "Benefits"),
    ("benefit_issues", "Benefit problems"),
)


@dataclass(frozen=True)
class Choice:
    """One service and what became of it. ``reference`` is that of its referral, where there is one.

    ``suggested``: it stood among the first on the list that was shown, and nothing came of it.
    """

    service: Service
    outcome: Literal["suggested", "chosen", "declined"]
    reference: str = ""
    sent: bool = False


def record_text(
    case: Case,
    choices: Sequence[Choice],
    practice: PracticeSettings,
    today: date,
    safety: Sequence[str] = (),
    reasons: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
) -> str:
    """Return ``record_document`` as text."""
    return as_text(record_document(case, choices, practice, today, safety, reasons, said))


def record_document(
    case: Case,
    choices: Sequence[Choice],
    practice: PracticeSettings,
    today: date,
    safety: Sequence[str] = (),
    reasons: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
) -> DocumentModel:
    """Return what goes into the record.

    ``safety`` holds the categories raised (contract, section 6); ``reasons`` maps service ids to why
    they were declined; ``said`` holds the clinician's words by ``key:value``. Uncertain facts are counted
    and not named.
    """
    sure = confirmed(case)
    hidden = sensitive_facts(sure)
    shown = without_ids(sure, hidden)
    open_choices = [c for c in choices if not discloses(c.service)]
    private = [c for c in choices if discloses(c.service)]
    left_out = withheld(case)
    return sheet(
        KIND,
        "Health and work: text for the GP record",
        practice,
        today,
        "",
        [
            lines("Work status", _status(case, sure, today)),
            lines("Said", _said(shown, said or {})),
            lines("For the care plan", _care_plan(shown, open_choices)),
            lines("Services", _services(open_choices, reasons or {})),
            section("Sources", Bullets(_ages(open_choices, today))),
            lines("Left out until confirmed", [_count(len(left_out.unconfirmed))]),
            section(HIDE, Bullets(_private(hidden, private, safety, reasons or {}, today))),
            words(_not_sent(choices)),
        ],
    )


def _status(case: Case, sure: Case, today: date) -> list[str]:
    if sure.work_status is not None:
        label = sentence_case(vocabulary().label("work_status", sure.work_status))
        coded = f"Code: {sure.work_status}{_data_dictionary(sure.work_status)}"
        told = [f"{label}, recorded {day_of(today)}", coded]
        # The label stands above: said again after the job it would be said twice.
        detail = "; ".join(
            part
            for part in work(sure, WORK_KEYS).split("; ")
            if part.casefold() != label.casefold()
        )
        return [*told, sentence_case(detail)] if detail else told
    if case.work_status is not None:
        return [f"not confirmed on {day_of(today)}"]
    if case.work_status_outcome == "declined" or case.answered.get("work_status") == "declined":
        return [f"declined: asked on {day_of(today)}, the patient preferred not to say"]
    if case.answered.get("work_status") == "dont_know":
        return [f"not known: asked on {day_of(today)}"]
    return [f"not asked on {day_of(today)}"]


def _data_dictionary(work_status: str) -> str:
    code = EMPLOYMENT_STATUS.get(work_status)
    if code is None:
        return ""
    off = "; there is no code for being off sick" if work_status == "off_sick" else ""
    return f" (NHS Data Dictionary employment status {code}{off})"


def _said(shown: Case, said: Mapping[str, str]) -> list[str]:
    told_lines = []
    for key, label in TOPICS:
        told = in_words(shown, key)
        if key == "conditions":
            told = conditions_in_words(shown.conditions, said)
        if key == "goal" and shown.goal == "not_now":
            # Of somebody who has retired it goes without saying.
            told = "" if shown.work_status == "retired" else "does not want help with work now"
            label = "Wish"
        if told:
            told_lines.append(f"{label}: {told}")
    return told_lines


def _care_plan(shown: Case, choices: Sequence[Choice]) -> list[str]:
    """Return the work goal as a care plan wants it, for a long-term condition (seeds-digest, R43)."""
    groups = {vocabulary().terms["conditions"][i].group for i in shown.conditions}
    if shown.goal in (None, "not_now") or not groups & LONG_TERM:
        return []
    for_work = (c for c in choices if c.outcome == "chosen" and is_about_work(c.service))
    first = next(for_work, None)
    action = name_of(first.service) if first else "____________"
    return [
        f"Work goal: {in_words(shown, 'goal')}",
        f"Next action: {action}",
        "Review of the work goal on: ____________",
    ]


def _services(choices: Sequence[Choice], reasons: Mapping[str, str]) -> list[str]:
    groups = (
        ("Referred to", [c for c in choices if c.outcome == "chosen" and c.sent]),
        ("Prepared", [c for c in choices if c.outcome == "chosen" and not c.sent]),
        ("Declined", [c for c in choices if c.outcome == "declined"]),
        ("Suggested by the directory", [c for c in choices if c.outcome == "suggested"]),
    )
    return [
        f"{label}: {'; '.join(_named(c, reasons) for c in group)}"
        for label, group in groups
        if group
    ]


def _named(choice: Choice, reasons: Mapping[str, str]) -> str:
    extra = []
    if choice.reference:
        extra.append(
            f"referral {choice.reference}, sent"
            if choice.sent
            else f"draft {choice.reference}, not sent"
        )
    if choice.outcome == "declined" and reasons.get(choice.service.id):
        extra.append(reasons[choice.service.id].replace("_", " "))
    return name_of(choice.service) + (f" ({', '.join(extra)})" if extra else "")


def _ages(choices: Sequence[Choice], today: date) -> tuple[str, ...]:
    """Return how old what is said of each service is; pages of one age on one line.

    The pages themselves stand on the service's paper: a record has no use for web addresses.
    """
    by_age: dict[str, list[str]] = {}
    for service in {c.service.id: c.service for c in choices}.values():
        by_age.setdefault(age_of_facts(service, today), []).append(name_of(service))
    return tuple(f"{'; '.join(names)}: {age}" for age, names in by_age.items())


def _not_sent(choices: Sequence[Choice]) -> str:
    if any(choice.sent for choice in choices):
        return ""
    if any(choice.reference for choice in choices):
        return f"{NOTHING_SENT} A draft is not a referral until somebody sends it."
    return NOTHING_SENT


def _count(left_out: int) -> str:
    if not left_out:
        return ""
    return "1 point" if left_out == 1 else f"{left_out} points"


def _private(
    hidden: Sequence[tuple[str, str]],
    choices: Sequence[Choice],
    safety: Sequence[str],
    reasons: Mapping[str, str],
    today: date,
) -> tuple[str, ...]:
    facts = [sentence_case(vocabulary().label(key, value)) for key, value in hidden]
    cues = [SAFETY[category] for category in safety if category in SAFETY]
    return (*facts, *cues, *_services(choices, reasons), *_ages(choices, today))
