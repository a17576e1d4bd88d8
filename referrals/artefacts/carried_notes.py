"""The notes that a patient carries to a work coach, a keyworker or an employer. One table, one shape.

In the first person; the practice never sends them, and no condition is named unless the receiver's entry
allows it and the patient agreed. The part to keep stands below the cut.
"""

from __future__ import annotations

from dataclasses import dataclass

from referrals.artefacts.frame import NOTHING_SENT, cut, entries, lines, of_page, words
from referrals.page import Page
from referrals.patient_words import MONEY, how_sure, up_to_you
from referrals.rendering.model import (
    Bullets,
    DocumentModel,
    Entries,
    Entry,
    Lines,
    Section,
    Ticks,
    section,
)
from referrals.service_words import contacts, name_of


@dataclass(frozen=True)
class Wording:
    """The words of one note. ``reader`` is "my …"; ``{service}`` stands for the service's name.

    ``ticks`` and ``questions`` come with a heading each; ``shows_contacts``: how to reach the service is for
    the reader as well.
    """

    title: str
    reader: str
    asks: tuple[str, ...]
    ticks: tuple[str, tuple[str, ...]] = ("", ())
    questions: tuple[str, tuple[str, ...]] = ("", ())
    shows_contacts: bool = False


WORDINGS = {
    "work_coach_note": Wording(
        title="Note for my work coach at the Jobcentre",
        reader="my work coach",
        asks=(
            "Please tell me about this help: {service}.",
            "Please check if it is for me.",
            "If I say yes, please put me forward.",
        ),
        questions=(
            "What I would like to know before I say yes",
            (
                "Is it my choice? Can I stop?",
                "Does it change what I have to do for my benefits?",
                "Who will see what I tell them?",
            ),
        ),
    ),
    "keyworker_note": Wording(
        title="Note for my keyworker",
        reader="my keyworker",
        asks=(
            "Please can you help me get to {service}.",
            "It is reached through my programme, so my practice cannot refer me.",
            "Please tell me what happens next, and when.",
        ),
    ),
    "employer_note": Wording(
        title="Note for my employer",
        reader="my employer",
        asks=(
            "Please can we talk about {service}, and what it could do for us.",
            "Please can we set a time to talk? Some changes would help me do my job.",
        ),
        ticks=(
            "Changes that we could talk about",
            (
                "coming back in steps",
                "other hours",
                "other duties for a while",
                "changes to the place or the equipment",
            ),
        ),
        shows_contacts=True,
    ),
}


def carried_note(page: Page) -> DocumentModel:
    """Return the note of ``page.kind``."""
    wording = WORDINGS[page.kind]
    service = name_of(page.service)
    return of_page(
        page,
        wording.title,
        words(
            f"This note is mine. I decide whether to show it to {wording.reader}, and I can cross out "
            f"anything. {NOTHING_SENT} My GP practice does not send it to anyone."
        ),
        lines("What I am asking", [ask.format(service=service) for ask in wording.asks]),
        _about_me(page),
        _my_health(page, wording.reader),
        section(wording.ticks[0], Ticks(wording.ticks[1])),
        section(wording.questions[0], Bullets(wording.questions[1])),
        lines("More about it", contacts(page.route)) if wording.shows_contacts else None,
        cut("the part below is for you to keep"),
        lines("It is up to you", [f"This is about: {service}.", *up_to_you(page.service)]),
        lines("Money", MONEY),
        lines("How sure we are", how_sure(page.service, page.today)),
    )


def _about_me(page: Page) -> Section | None:
    """Return what is known; what is not is left out, so that the note invites no prying."""
    told = [field for field in page.fields if field.value or field.identifier or field.required]
    return section("About me", entries(told))


def _my_health(page: Page, reader: str) -> Section | None:
    """Return one line that health matters at work, without saying how, where it does."""
    if not page.ill or any(field.name == "conditions" and field.value for field in page.fields):
        return None
    told = (
        "My health makes some parts of work harder. "
        f"I do not have to tell {reader} what my condition is."
    )
    return section(
        "My health and work",
        Lines((told,)),
        Entries((Entry("What helps me (I can fill this in)"),)),
    )
