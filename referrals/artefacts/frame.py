"""What stands around an artefact: head, form, what is missing, agreement, facts on the service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from referrals.filling import FilledField
from referrals.model import Consent
from referrals.page import Page
from referrals.rendering.model import (
    NOT_SAID,
    Cut,
    DocumentModel,
    Entries,
    Entry,
    Lines,
    Paragraph,
    Section,
    section,
    some,
)
from referrals.service_words import CHECK_FIRST, facts_lines, must_check, where_it_goes
from services_directory.practice import TRAINING_BANNER, Person, PracticeSettings
from services_directory.reasons import day_of

NOTHING_SENT = "Nothing has been sent."
WHO_AGREED = {
    "patient": "the patient agreed",
    "attorney": "the patient's attorney agreed",
    "best_interests": "decided in the patient's best interests",
}
HOW_AGREED = {"verbal": " aloud", "written": " in writing", "video_or_phone": " by video or phone"}
# Asked once and on every form that goes out, whatever the receiver's own form has.
REACHING = (
    Entry("Language, interpreter", name="language", identifier=True),
    Entry("Communication need", name="communication_need", identifier=True),
    Entry("Safe to ring, leave a message, text", name="safe_contact", identifier=True),
)


def sheet(
    kind: str,
    title: str,
    practice: PracticeSettings,
    today: date,
    reference: str,
    sections: Iterable[Section | None],
) -> DocumentModel:
    """Return a document of the practice: banner in training mode, sender, date, reference, ``sections``."""
    code = f" ({practice.ods_code})" if practice.ods_code else ""
    return DocumentModel(
        kind=kind,
        title=title,
        banner=TRAINING_BANNER if practice.training_mode else "",
        sender=(f"{practice.name}{code}", *lines_of(practice.address)),
        date=day_of(today),
        reference=reference,
        sections=tuple(part for part in sections if part is not None),
    )


def of_page(page: Page, title: str, *sections: Section | None) -> DocumentModel:
    """Return the document of ``page`` with ``sections``; those that are ``None`` are dropped."""
    return sheet(page.kind, title, page.practice, page.today, page.reference, sections)


def lines_of(text: str) -> list[str]:
    """Return a setting of several lines as lines without the blank ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def reached_at(person: Person) -> str:
    """Return a colleague as role and contact."""
    return f"{person.role}, {person.contact}" if person.contact else person.role


def lines(title: str, told: Iterable[str]) -> Section | None:
    """Return a titled section of lines; ``None`` where none is left."""
    return section(title, Lines(some(told)))


def words(*told: str) -> Section | None:
    """Return paragraphs without a heading."""
    return section("", *(Paragraph(text) for text in told))


def entries(fields: Sequence[FilledField]) -> Entries:
    """Return the form, with room to write wherever something is missing that is needed."""
    return Entries(tuple(_entry(field) for field in fields))


def _entry(field: FilledField) -> Entry:
    otherwise = "" if field.identifier or field.required else NOT_SAID
    return Entry(field.label, field.value, field.name, field.identifier, otherwise)


def missing_lines(fields: Sequence[FilledField]) -> list[str]:
    """Return what is still to be filled in, identifiers first."""
    named = [field.label for field in fields if field.missing and field.identifier]
    needed = [f.label for f in fields if f.missing and f.required and not f.identifier]
    told = []
    if named:
        told.append(f"To be added when you send it (not held here): {', '.join(named)}.")
    if needed:
        told.append(f"Required by the receiver and not known yet: {', '.join(needed)}.")
    return told or ["Nothing."]


def reaching() -> Section | None:
    """Return how the patient is to be reached and spoken to: blanks, until the patient is named."""
    return section("Reaching the patient", Entries(REACHING))


def answer(practice: PracticeSettings) -> Section | None:
    """Return where an answer should go."""
    return lines("Reply", [f"Please reply to: {practice.reply_address or practice.name}"])


def unsent(page: Page, then: str) -> Section | None:
    """Return the sentence that nothing has been sent, with what has to happen; none once it is settled."""
    warned = CHECK_FIRST if must_check(page.service, page.today) else ""
    if page.settled:
        return words(warned) if warned else None
    return words(*some([f"{NOTHING_SENT} {then}".strip(), warned]))


def signing(page: Page) -> Section | None:
    """Return the agreement and the signature, with room for what is still to come."""
    first = () if page.signed_by or not page.to_sign else (f"Prepared for {page.to_sign} to sign.",)
    agreed = agreement_words(page.agreement) if page.agreement else ""
    return section(
        "Agreement and signature",
        Lines(first),
        Entries(
            (
                Entry("The patient agreed to this referral, on", agreed)
                if not agreed
                else Entry("Agreement", agreed),
                Entry("Signed (name and role)", page.signed_by),
            )
        ),
    )


def agreement_words(agreement: Consent) -> str:
    """Return an agreement in one line: who, in which way, on which day."""
    who = WHO_AGREED.get(agreement.who_agreed, WHO_AGREED["patient"])
    how = "" if agreement.who_agreed == "best_interests" else HOW_AGREED.get(agreement.how, "")
    told = f"{who}{how} on {day_of(agreement.at.date())}"
    return told[0].upper() + told[1:]


def for_the_practice(page: Page, way: str) -> list[Section | None]:
    """Return what the sender needs and the receiver does not: what is missing, the way, the age of the facts.

    Empty once the document is settled: then it goes as it is.
    """
    if page.settled:
        return []
    return [
        cut("for the practice, not for the receiver"),
        lines("Still missing", missing_lines(page.fields)),
        lines(way, where_it_goes(page.route)) if way else None,
        lines("About the service", facts_lines(page.service, page.today, page.internal)),
    ]


def cut(text: str) -> Section | None:
    """Return a line to cut along."""
    return section("", Cut(text))
