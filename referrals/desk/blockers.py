"""What stands in the way of a referral: of its being ready, and of its leaving. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from referrals.artefacts.identified import VALUES
from referrals.consent import standing
from referrals.desk.errors import Code
from referrals.desk.papers import carried
from referrals.identity import Identity, at_odds, problems
from referrals.model import Consent, Referral
from services_directory.model import Route, Service
from services_directory.reasons import day_of
from services_directory.status import is_stale, status_on


@dataclass(frozen=True)
class Blocker:
    """One thing in the way. ``code`` as in ``DeskError``; ``says`` what, ``do`` what to do about it."""

    code: Code
    says: str
    do: str


def to_be_ready(
    referral: Referral, route: Route, consents: Iterable[Consent], identity: Identity, today: date
) -> tuple[Blocker, ...]:
    """Return what is missing: consent, required fields, a signature, the right patient.

    A paper that the patient carries needs none of the first three. ``today`` is the real day.
    """
    found = []
    if not carried(referral, route):
        if standing(consents) is None:
            found.append(
                Blocker(
                    "no_consent",
                    "The patient has not agreed to this referral.",
                    "Ask, and record the answer; or print the patient's own hand-out instead.",
                )
            )
        missing = [
            f.label for f in referral.fields if f.required and f.missing and not f.identifier
        ]
        if missing:
            found.append(
                Blocker("missing", f"The receiver requires: {', '.join(missing)}.", "Fill it in.")
            )
        if not referral.signed:
            signer = referral.to_sign or "a clinician who may refer"
            found.append(Blocker("unsigned", "Nobody has signed it.", f"It needs {signer}."))
    return (*found, *of_identity(referral, identity, today))


def of_identity(referral: Referral, identity: Identity, today: date) -> tuple[Blocker, ...]:
    """Return where the identity cannot be right, or contradicts the case: perhaps another patient."""
    wrong = (*problems(identity, today), *at_odds(identity, referral.about.case, today))
    return tuple(
        Blocker("at_odds", problem.says, "Correct one of the two; until then nothing is sent.")
        for problem in wrong
    )


def to_leave(
    referral: Referral, service: Service, route: Route, day: date, by_hand: bool
) -> tuple[Blocker, ...]:
    """Return what the service's entry says against sending on ``day``.

    Whoever sends ``by_hand`` sees how old the facts are and how sure the way in is, and decides; the product
    itself sends nothing on old facts or by a way that nobody confirmed.
    """
    status = status_on(service, day)
    if not status.referable:
        since = f" since {day_of(status.since)}" if status.since else ""
        return (
            Blocker(
                "not_referable",
                f"The service takes no referrals{since}.",
                "Withdraw this referral and choose another service.",
            ),
        )
    if referral.checked_at is not None or carried(referral, route):
        return ()
    if status.status == "unverified":
        says = "Nobody knows whether this service takes referrals now."
    elif by_hand:
        return ()
    elif route.way_in != "known" and not referral.about.internal:
        says = "This way in is not confirmed."
    elif is_stale(service, day):
        says = "The facts about this service are old."
    else:
        return ()
    return (Blocker("unchecked", says, "Ask the service, then record that you checked."),)


def to_be_delivered(referral: Referral, identity: Identity) -> tuple[Blocker, ...]:
    """Return what names the patient and is still missing: the receiver gets no paper with blanks."""
    missing = [
        field.label
        for field in referral.fields
        if field.identifier
        and field.required
        and not (field.name in VALUES and VALUES[field.name](identity))
    ]
    if not missing:
        return ()
    told = f"Still needed to send it: {', '.join(missing)}."
    return (Blocker("missing", told, "Type it, or paste the line from the record system."),)
