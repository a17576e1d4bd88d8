"""What is said before a patient agrees, and which agreement counts. Pure.

One sentence to read aloud, from the service's entry or made from what would leave; under it whether it is
voluntary, whether the DWP is told, and what it may mean for benefits. What is not known is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from referrals.model import Consent, Field
from referrals.service_words import TELLS_DWP, VOLUNTARY, WELFARE_RIGHTS, name_of
from services_directory.model import Service
from services_directory.vocabulary import Vocabulary, vocabulary

HOW = ("verbal", "written", "video_or_phone")
WHO_AGREED = ("patient", "attorney", "best_interests")
BENEFITS_NOT_KNOWN = "What taking part means for benefits is not known: ask first."
LONGEST_REASON = 500


class NotAnAgreement(ValueError):
    """What was recorded is no agreement. ``str()`` says what is missing."""


@dataclass(frozen=True)
class ConsentWords:
    """What is read aloud (``says``) and what stands under it (``lines``).

    ``what`` goes ``to`` whom and ``why``: the parts of the sentence, kept with the agreement.
    """

    says: str
    lines: tuple[str, ...]
    what: str
    to: str
    why: str


def consent_words(
    service: Service, fields: Iterable[Field], words: Vocabulary | None = None
) -> ConsentWords:
    """Return what to say before ``fields`` go to ``service``."""
    words = words or vocabulary()
    to = name_of(service)
    labels = [_lower_first(f.label) for f in fields if f.identifier or f.value]
    what = _joined(labels) or "what this paper says"
    needs = [words.label("needs", need) for need in service.needs]
    why = f"they can help you with {_joined(needs)}" if needs else "they can help you"
    own = service.consent.says.strip() if service.consent else ""
    says = own or (
        f"I will send {to} this about you: {what}; so that {why}. "
        "You can say no, and you can stop it at any time."
    )
    benefits = service.consent.benefits.strip() if service.consent else ""
    lines = (
        VOLUNTARY[service.voluntary],
        TELLS_DWP[service.tells_dwp],
        benefits or BENEFITS_NOT_KNOWN,
        WELFARE_RIGHTS,
    )
    return ConsentWords(says, lines, what, to, why)


def check_agreement(consent: Consent) -> None:
    """Raise ``NotAnAgreement`` for what cannot count as one."""
    if consent.how not in HOW:
        raise NotAnAgreement(f"Say how it was agreed: {_joined(HOW, 'or')}.")
    if consent.who_agreed not in WHO_AGREED:
        raise NotAnAgreement(f"Say who agreed: {_joined(WHO_AGREED, 'or')}.")
    if consent.who_agreed != "patient" and not consent.reason.strip():
        raise NotAnAgreement("Somebody else agreed for the patient: write why, in a sentence.")
    if len(consent.reason) > LONGEST_REASON:
        raise NotAnAgreement(f"Keep the reason under {LONGEST_REASON} letters.")
    if not consent.says.strip():
        raise NotAnAgreement("What was read aloud is missing.")


def standing(consents: Iterable[Consent]) -> Consent | None:
    """Return the latest agreement that was not withdrawn, if there is one."""
    return next((c for c in reversed(tuple(consents)) if c.stands), None)


def _lower_first(label: str) -> str:
    first = label.split(" ")[0]
    # Not of "NHS number".
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]


def _joined(words: Iterable[str], last: str = "and") -> str:
    found = [word.replace("_", " ") for word in words]
    return f" {last} ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))
